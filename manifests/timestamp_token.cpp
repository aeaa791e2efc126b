#include "manifests/timestamp_token.h"

#include <ctime>
#include <stdexcept>

#include <openssl/err.h>
#include <openssl/rand.h>

#include "base/digest.h"
#include "manifests/openssl_objects_handles.h"
#include "manifests/timestamp_handles.h"

namespace loccit {
namespace {

std::int64_t number(const ASN1_INTEGER* value) {
  std::int64_t out = 0;
  return value != nullptr && ASN1_INTEGER_get_int64(&out, value) == 1 ? out : 0;
}

std::string text_of(const ASN1_OBJECT* object) {
  char text[128] = "";
  OBJ_obj2txt(text, sizeof text, object, 1);
  return text;
}

std::string hex_of(const ASN1_INTEGER* value) {
  const BigNumber big(ASN1_INTEGER_to_BN(value, nullptr));
  char* hex = big ? BN_bn2hex(big.get()) : nullptr;
  std::string out = hex == nullptr ? "" : hex;
  OPENSSL_free(hex);
  return out;
}

// "20261124160000.5Z": ASN1_TIME_to_tm drops the fraction, so it is read here (RFC 3161 §2.4.2
// allows any number of digits).
Timestamp exact_moment(const ASN1_GENERALIZEDTIME* time, std::string_view text) {
  Timestamp out = moment(time);
  std::chrono::microseconds unit{100'000};
  const std::size_t dot = text.find('.');
  for (std::size_t i = dot + 1;
       dot != std::string_view::npos && i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    out += unit * (text[i] - '0');
    unit /= 10;
  }
  return out;
}

X509Store store_of(std::span<const Certificate> anchors, Timestamp at) {
  X509Store store(X509_STORE_new());
  if (!store) throw std::runtime_error("OpenSSL cannot make a store");
  for (const Certificate& anchor : anchors) {
    const X509Handle certificate = from_der<d2i_X509, i2d_X509, X509Handle>(anchor.der);
    X509_STORE_add_cert(store.get(), certificate.get());
  }
  X509_VERIFY_PARAM* parameters = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(parameters, seconds_since_epoch(at));
  X509_VERIFY_PARAM_set_depth(parameters, 16);
  return store;
}

}  // namespace

TimestampRequest make_timestamp_request(Bytes message) {
  const TimestampQuery query(TS_REQ_new());
  const Sha256 digest = sha256(message);
  std::unique_ptr<TS_MSG_IMPRINT, Freed<TS_MSG_IMPRINT_free>> imprint(TS_MSG_IMPRINT_new());
  std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>> algorithm(X509_ALGOR_new());
  X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
  std::array<unsigned char, 8> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
    throw std::runtime_error("OpenSSL has no random bytes");
  random[0] = static_cast<unsigned char>((random[0] & 0x7FU) |
                                         0x40U);  // positive, and always eight bytes long
  const BigNumber big(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
  const Asn1Integer nonce(BN_to_ASN1_INTEGER(big.get(), nullptr));
  if (TS_REQ_set_version(query.get(), 1) != 1 ||
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<unsigned char*>(digest.value.data()), 32) !=
          1 ||
      TS_REQ_set_msg_imprint(query.get(), imprint.get()) != 1 ||
      TS_REQ_set_nonce(query.get(), nonce.get()) != 1 || TS_REQ_set_cert_req(query.get(), 1) != 1) {
    throw std::runtime_error("OpenSSL cannot make a timestamp request: " + openssl_words());
  }
  return {to_der<i2d_TS_REQ>(query.get())};
}

TimestampResponse parse_timestamp(Bytes response) {
  const auto* cursor = reinterpret_cast<const unsigned char*>(response.data());
  const auto* const end = cursor + response.size();
  TimestampResponse whole(d2i_TS_RESP(nullptr, &cursor, static_cast<long>(response.size())));
  if (whole && cursor == end && TS_RESP_get_token(whole.get()) != nullptr &&
      TS_RESP_get_tst_info(whole.get()) != nullptr) {
    return whole;
  }
  // A bare token, as `openssl ts -token_out` writes it.
  cursor = reinterpret_cast<const unsigned char*>(response.data());
  Pkcs7 token(d2i_PKCS7(nullptr, &cursor, static_cast<long>(response.size())));
  TS_TST_INFO* info = token && cursor == end ? PKCS7_to_TS_TST_INFO(token.get()) : nullptr;
  ERR_clear_error();
  if (info == nullptr) return nullptr;
  TimestampResponse made(TS_RESP_new());
  TS_STATUS_INFO_set_status(TS_RESP_get_status_info(made.get()), TS_STATUS_GRANTED);
  TS_RESP_set_tst_info(made.get(), token.release(), info);
  return made;
}

Result<TimestampFacts> read_timestamp(Bytes response) {
  const TimestampResponse parsed = parse_timestamp(response);
  if (!parsed)
    return fail(FailureKind::malformed, "the bytes are no timestamp response that holds a token");
  const TS_TST_INFO* info = TS_RESP_get_tst_info(parsed.get());
  TimestampFacts facts;
  const ASN1_GENERALIZEDTIME* time = TS_TST_INFO_get_time(info);
  facts.time_text = std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                                static_cast<std::size_t>(ASN1_STRING_length(time)));
  facts.time = exact_moment(time, facts.time_text);
  if (TS_ACCURACY* accuracy = TS_TST_INFO_get_accuracy(const_cast<TS_TST_INFO*>(info))) {
    const std::int64_t seconds =
        std::min<std::int64_t>(number(TS_ACCURACY_get_seconds(accuracy)), 1'000'000'000);
    facts.accuracy = std::chrono::seconds(seconds) +
                     std::chrono::milliseconds(number(TS_ACCURACY_get_millis(accuracy)) % 1000) +
                     std::chrono::microseconds(number(TS_ACCURACY_get_micros(accuracy)) % 1000);
  }
  facts.policy = text_of(TS_TST_INFO_get_policy_id(const_cast<TS_TST_INFO*>(info)));
  facts.serial = hex_of(TS_TST_INFO_get_serial(info));
  PKCS7* token = TS_RESP_get_token(parsed.get());
  const STACK_OF(X509)* certificates = PKCS7_type_is_signed(token) ? token->d.sign->cert : nullptr;
  const std::unique_ptr<STACK_OF(X509), Freed<sk_X509_free_shell>> signers(
      PKCS7_get0_signers(token, nullptr, 0));
  const X509* signer =
      signers && sk_X509_num(signers.get()) > 0 ? sk_X509_value(signers.get(), 0) : nullptr;
  ERR_clear_error();
  for (int i = 0; certificates != nullptr && i < sk_X509_num(certificates) && i < 16; ++i) {
    X509* each = sk_X509_value(certificates, i);
    auto certificate = read_certificate(to_der<i2d_X509>(each));
    if (!certificate) return tl::unexpected(certificate.error());
    const auto place = each == signer ? facts.certificates.begin() : facts.certificates.end();
    facts.certificates.insert(place, std::move(*certificate));
  }
  return facts;
}

Result<void> check_timestamp(const TimestampResponse& response, Bytes message,
                             std::span<const Certificate> others,
                             std::span<const Certificate> anchors, Timestamp at) {
  ERR_clear_error();
  const TimestampCheck check(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(check.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_DATA);
  TS_VERIFY_CTX_set_data(
      check.get(), reading_from(message).release());  // these setters take what they are given
  TS_VERIFY_CTX_set_store(check.get(), store_of(anchors, at).release());
  X509Stack untrusted(sk_X509_new_null());
  for (const Certificate& other : others) {
    X509Handle certificate = from_der<d2i_X509, i2d_X509, X509Handle>(other.der);
    sk_X509_push(untrusted.get(), certificate.release());
  }
  TS_VERIFY_CTX_set_certs(check.get(), untrusted.release());
  if (TS_RESP_verify_response(check.get(), response.get()) == 1) return {};
  return fail(FailureKind::conflict, "the timestamp does not hold: " + openssl_words());
}

Result<void> verify_timestamp(Bytes response, Bytes message,
                              std::span<const Certificate> certificates) {
  const auto facts = read_timestamp(response);
  if (!facts) return tl::unexpected(facts.error());
  // Whoever signed is taken as an anchor: that leaves the signature, the imprint, and what the
  // certificate is for.
  std::vector<Certificate> own = facts->certificates;
  own.insert(own.end(), certificates.begin(), certificates.end());
  if (own.empty())
    return fail(FailureKind::not_found,
                "the certificate of the timestamp authority is nowhere in the bundle");
  return check_timestamp(parse_timestamp(response), message, own, own, facts->time);
}

Result<void> trust_timestamp(Bytes response, Bytes message,
                             std::span<const Certificate> certificates,
                             std::span<const Certificate> anchors) {
  const auto facts = read_timestamp(response);
  if (!facts) return tl::unexpected(facts.error());
  return check_timestamp(parse_timestamp(response), message, certificates, anchors, facts->time);
}

}  // namespace loccit
