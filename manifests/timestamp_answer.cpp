// The authority's answer at the moment of sealing. CMS leaves parts of a token unsigned (versions,
// algorithm identifiers, unsigned attributes, the status around it): they are brought into one
// spelling here, so that an auditor can demand it.
#include <stdexcept>

#include <openssl/err.h>
#include <openssl/objects.h>

#include "manifests/timestamp_handles.h"

namespace loccit {
namespace {

std::string refusal(TS_RESP* response) {
  TS_STATUS_INFO* status = TS_RESP_get_status_info(response);
  std::string words = "the authority refused (status " +
                      std::to_string(ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status)));
  const STACK_OF(ASN1_UTF8STRING)* texts = TS_STATUS_INFO_get0_text(status);
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts) && i < 4; ++i) {
    const ASN1_UTF8STRING* text = sk_ASN1_UTF8STRING_value(texts, i);
    words += ", " + std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                static_cast<std::size_t>(std::min(200, ASN1_STRING_length(text))));
  }
  return words + ")";
}

void set_algorithm(X509_ALGOR* algorithm, int kind, int parameter) {
  if (X509_ALGOR_set0(algorithm, OBJ_nid2obj(kind), parameter, nullptr) != 1)
    throw std::runtime_error("OpenSSL cannot set an algorithm");
}

Result<std::string> plain_form(Bytes response) {
  const TimestampResponse parsed = parse_timestamp(response);
  if (!parsed)
    return fail(FailureKind::malformed, "the bytes are no timestamp response that holds a token");
  PKCS7* token = TS_RESP_get_token(parsed.get());
  PKCS7_SIGNED* content = PKCS7_type_is_signed(token) ? token->d.sign : nullptr;
  if (content == nullptr || sk_PKCS7_SIGNER_INFO_num(content->signer_info) != 1) {
    return fail(FailureKind::malformed, "the timestamp token has not exactly one signer");
  }
  PKCS7_SIGNER_INFO* signer = sk_PKCS7_SIGNER_INFO_value(content->signer_info, 0);
  const int digest = OBJ_obj2nid(signer->digest_alg->algorithm);
  int kind = OBJ_obj2nid(signer->digest_enc_alg->algorithm);
  int key_kind = kind;
  if (int ignored = NID_undef; OBJ_find_sigid_algs(kind, &ignored, &key_kind) != 1) key_kind = kind;
  if (digest == NID_undef ||
      (key_kind != NID_rsaEncryption && key_kind != NID_X9_62_id_ecPublicKey) ||
      OBJ_find_sigid_by_algs(&kind, digest, key_kind) != 1) {
    return fail(FailureKind::unsupported,
                "the timestamp token is signed with an algorithm that is not known here");
  }
  std::unique_ptr<TS_STATUS_INFO, Freed<TS_STATUS_INFO_free>> granted(TS_STATUS_INFO_new());
  TS_STATUS_INFO_set_status(granted.get(), TS_STATUS_GRANTED);
  TS_RESP_set_status_info(parsed.get(), granted.get());
  ASN1_INTEGER_set(content->version, 3);  // RFC 5652 §5.1: the content is not id-data
  ASN1_INTEGER_set(signer->version, 1);   // §5.3: issuer and serial number name the signer
  while (sk_X509_ALGOR_num(content->md_algs) > 1)
    X509_ALGOR_free(sk_X509_ALGOR_pop(content->md_algs));
  if (sk_X509_ALGOR_num(content->md_algs) == 1)
    set_algorithm(sk_X509_ALGOR_value(content->md_algs, 0), digest, V_ASN1_NULL);
  set_algorithm(signer->digest_alg, digest, V_ASN1_NULL);
  set_algorithm(signer->digest_enc_alg, kind,
                key_kind == NID_rsaEncryption ? V_ASN1_NULL : V_ASN1_UNDEF);
  sk_X509_ATTRIBUTE_pop_free(signer->unauth_attr, X509_ATTRIBUTE_free);
  signer->unauth_attr = nullptr;
  sk_X509_CRL_pop_free(content->crl, X509_CRL_free);
  content->crl = nullptr;
  return to_der<i2d_TS_RESP>(parsed.get());
}

}  // namespace

Result<std::string> accept_timestamp(const TimestampRequest& request, Bytes message,
                                     Bytes response) {
  ERR_clear_error();
  const TimestampQuery query = from_der<d2i_TS_REQ, i2d_TS_REQ, TimestampQuery>(request.der);
  const auto* cursor = reinterpret_cast<const unsigned char*>(response.data());
  const TimestampResponse parsed(d2i_TS_RESP(nullptr, &cursor, static_cast<long>(response.size())));
  if (!query || !parsed) {
    ERR_clear_error();
    return fail(FailureKind::malformed, "the answer is no RFC 3161 timestamp response");
  }
  const std::int64_t status =
      ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(parsed.get())));
  if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
    return fail(FailureKind::refused, refusal(parsed.get()));
  // Version, policy where one was asked for, imprint and nonce, as they stand in the request.
  const TimestampCheck check(TS_REQ_to_TS_VERIFY_CTX(query.get(), nullptr));
  TS_VERIFY_CTX_set_flags(check.get(), (TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE));
  if (TS_RESP_verify_response(check.get(), parsed.get()) != 1) {
    return fail(FailureKind::conflict, "the answer is not to our question: " + openssl_words());
  }
  auto plain = plain_form(response);
  if (!plain) return plain;
  if (auto holds = verify_timestamp(*plain, message, {}); !holds)
    return tl::unexpected(holds.error());
  return plain;
}

Result<void> check_plain_form(Bytes response) {
  const auto plain = plain_form(response);
  if (!plain) return tl::unexpected(plain.error());
  if (*plain != response)
    return fail(FailureKind::conflict,
                "the timestamp was changed in a part that no signature covers");
  return {};
}

}  // namespace loccit
