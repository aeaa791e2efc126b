#include "manifests/certificates.h"

#include <algorithm>
#include <cctype>
#include <ctime>
#include <stdexcept>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "manifests/openssl_objects_handles.h"

namespace loccit {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";

std::string name_text(const X509_NAME* name) {
  const Bio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  return content_of(out.get());
}

std::string utf8(const ASN1_STRING* string) {
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, string);
  std::string out =
      size < 0 ? std::string()
               : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return out;
}

std::string common_name(const X509_NAME* name) {
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  return at < 0 ? "" : utf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
}

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::vector<std::string> dns_names(const X509* certificate) {
  std::vector<std::string> out;
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) out.push_back(utf8(name->d.dNSName));
  }
  return out;
}

X509Handle parsed(const Certificate& certificate) {
  X509Handle handle = from_der<d2i_X509, i2d_X509, X509Handle>(certificate.der);
  if (!handle) throw std::logic_error("a Certificate that does not parse");
  return handle;
}

// The PEM blocks of a text, whole; anything but blanks between them is refused.
Result<std::vector<std::string_view>> pem_blocks(std::string_view pem, std::size_t max_count) {
  std::vector<std::string_view> blocks;
  for (;;) {
    while (!pem.empty() && (pem.front() == '\n' || pem.front() == '\r' || pem.front() == ' '))
      pem.remove_prefix(1);
    if (pem.empty()) break;
    if (pem.substr(0, begin_mark.size()) != begin_mark)
      return fail(FailureKind::malformed, "the PEM text holds something that is no block");
    std::size_t end = pem.find(end_mark);
    if (end != std::string_view::npos) end = pem.find("-----", end + end_mark.size());
    if (end == std::string_view::npos)
      return fail(FailureKind::malformed, "a PEM block breaks off");
    if (blocks.size() == max_count)
      return fail(FailureKind::too_large, "more than " + std::to_string(max_count) + " PEM blocks");
    blocks.push_back(pem.substr(0, end + 5));
    pem.remove_prefix(end + 5);
  }
  return blocks;
}

Result<Certificate> certificate_from_block(std::string_view block) {
  const Bio in = reading_from(block);
  const X509Handle handle(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  if (!handle)
    return fail(FailureKind::malformed, "a PEM block is no certificate: " + openssl_words());
  return read_certificate(to_der<i2d_X509>(handle.get()));
}

X509Stack stack_of(std::span<const Certificate> certificates) {
  X509Stack stack(sk_X509_new_null());
  for (const Certificate& certificate : certificates)
    sk_X509_push(stack.get(), parsed(certificate).release());
  return stack;
}

}  // namespace

Result<Certificate> read_certificate(Bytes der) {
  const X509Handle handle = from_der<d2i_X509, i2d_X509, X509Handle>(der);
  if (!handle) {
    ERR_clear_error();
    return fail(FailureKind::malformed, "the bytes are no certificate in DER");
  }
  Certificate out;
  out.der = std::string(der);
  out.subject = name_text(X509_get_subject_name(handle.get()));
  out.issuer = name_text(X509_get_issuer_name(handle.get()));
  out.common_name = common_name(X509_get_subject_name(handle.get()));
  out.dns_names = dns_names(handle.get());
  out.not_before = moment(X509_get0_notBefore(handle.get()));
  out.not_after = moment(X509_get0_notAfter(handle.get()));
  out.public_key = to_der<i2d_X509_PUBKEY>(X509_get_X509_PUBKEY(handle.get()));
  out.fingerprint = sha256(der);
  return out;
}

Result<std::vector<Certificate>> read_certificates(std::string_view pem, std::size_t max_count) {
  const auto blocks = pem_blocks(pem, max_count);
  if (!blocks) return tl::unexpected(blocks.error());
  if (blocks->empty()) return fail(FailureKind::empty, "there is no certificate in the PEM text");
  std::vector<Certificate> chain;
  for (const std::string_view block : *blocks) {
    auto certificate = certificate_from_block(block);
    if (!certificate) return tl::unexpected(certificate.error());
    chain.push_back(std::move(*certificate));
  }
  return chain;
}

std::string write_certificates(std::span<const Certificate> chain) {
  std::string out;
  for (const Certificate& certificate : chain) {
    const Bio text(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(text.get(), parsed(certificate).get());
    if (!out.empty()) out += "\n";
    out += content_of(text.get());
  }
  return out;
}

std::string vouched_name(const Certificate& certificate) {
  if (!certificate.common_name.empty() || certificate.dns_names.empty())
    return certificate.common_name;
  return certificate.dns_names.front();
}

Result<void> add_trust_anchors(std::string_view pem, TrustAnchors& anchors) {
  // A system's bundle of roots carries comments between the blocks: here, where the user is
  // trusted, they may stand.
  bool found = false;
  for (std::size_t at = pem.find(begin_mark); at != std::string_view::npos;
       at = pem.find(begin_mark, at + 1)) {
    std::size_t end = pem.find(end_mark, at);
    if (end == std::string_view::npos) break;
    end = pem.find("-----", end + end_mark.size());
    if (end == std::string_view::npos) break;
    const std::string_view block = pem.substr(at, end + 5 - at);
    if (block.find("BEGIN PUBLIC KEY") != std::string_view::npos) {
      const Bio in = reading_from(block);
      const Key key(PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr));
      if (!key)
        return fail(FailureKind::malformed, "a PEM block is no public key: " + openssl_words());
      anchors.public_keys.push_back(to_der<i2d_PUBKEY>(key.get()));
    } else {
      auto certificate = certificate_from_block(block);
      if (!certificate) return tl::unexpected(certificate.error());
      anchors.certificates.push_back(std::move(*certificate));
    }
    found = true;
  }
  if (!found)
    return fail(FailureKind::empty, "holds neither certificates nor public keys in PEM form");
  return {};
}

Result<void> check_chain(std::span<const Certificate> chain, std::span<const Certificate> anchors,
                         Timestamp at, ChainPurpose purpose) {
  if (chain.empty()) return fail(FailureKind::empty, "there is no certificate to trust");
  const X509Store store(X509_STORE_new());
  for (const Certificate& anchor : anchors) X509_STORE_add_cert(store.get(), parsed(anchor).get());
  const X509StoreContext context(X509_STORE_CTX_new());
  const X509Handle leaf = parsed(chain.front());
  const X509Stack others = stack_of(chain.subspan(1));
  if (!store || !context ||
      X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), others.get()) != 1) {
    throw std::runtime_error("OpenSSL cannot start to check a chain");
  }
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(parameters, seconds_since_epoch(at));
  X509_VERIFY_PARAM_set_depth(parameters, 16);
  X509_VERIFY_PARAM_set_purpose(parameters, purpose == ChainPurpose::time_stamping
                                                ? X509_PURPOSE_TIMESTAMP_SIGN
                                                : X509_PURPOSE_ANY);
  if (X509_verify_cert(context.get()) == 1) return {};
  const int depth = X509_STORE_CTX_get_error_depth(context.get());
  const std::string words = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
  ERR_clear_error();
  const X509* where = X509_STORE_CTX_get_current_cert(context.get());
  return fail(
      FailureKind::refused,
      words + " at \"" +
          (where == nullptr ? chain.front().subject : name_text(X509_get_subject_name(where))) +
          "\" (step " + std::to_string(depth) + " of the chain, judged at " + to_iso8601(at) + ")");
}

Result<void> check_links(std::span<const Certificate> chain) {
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    const X509Handle lower = parsed(chain[i]);
    const X509Handle upper = parsed(chain[i + 1]);
    if (X509_verify(lower.get(), X509_get0_pubkey(upper.get())) != 1) {
      ERR_clear_error();
      return fail(FailureKind::conflict, "\"" + chain[i].subject +
                                             "\" is not signed by the next certificate, \"" +
                                             chain[i + 1].subject + "\"");
    }
  }
  return {};
}

}  // namespace loccit
