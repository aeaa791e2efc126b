#include "fetcher/tls_inspection.h"

#include <array>

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/openssl_handles.h"

namespace loccit {
namespace {

using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using OcspResponse = std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>>;
using OcspBasic = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  return PEM_write_bio_X509(bio.get(), certificate) == 1 ? text_of(bio.get()) : std::string();
}

std::vector<std::string> pem_of(const STACK_OF(X509) * chain) {
  // More than any real chain; a server may send what it likes.
  constexpr int longest_chain = 20;
  std::vector<std::string> pems;
  for (int i = 0; i < std::min(sk_X509_num(chain), longest_chain); ++i)
    pems.push_back(pem_of(sk_X509_value(chain, i)));
  return pems;
}

std::string common_name(const X509_NAME* name) {
  const Bio bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  return text_of(bio.get()).substr(0, 200);
}

std::string day_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unreadable date";
  std::array<char, 16> out{};
  const std::size_t length = std::strftime(out.data(), out.size(), "%Y-%m-%d", &parts);
  return {out.data(), length};
}

std::string names_of(X509* leaf) {
  const Names names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(leaf, NID_subject_alt_name, nullptr, nullptr)));
  std::string out;
  constexpr int enough = 5;
  const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
  for (int i = 0; i < count && i < enough; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
    out += (out.empty() ? "" : ", ") +
           std::string(bytes, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
  }
  if (count > enough) out += ", …";
  return out.empty() ? common_name(X509_get_subject_name(leaf)) : out;
}

void describe(int error, int depth, X509* at, HandshakeFindings& findings) {
  const std::string whose =
      depth == 0 || at == nullptr
          ? "its certificate"
          : "the certificate of \"" + common_name(X509_get_subject_name(at)) + "\" in its chain";
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      findings.fault = FetchFault::tls_expired;
      findings.words = whose + " expired on " +
                       (at != nullptr ? day_of(X509_get0_notAfter(at)) : "an earlier day");
      return;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      findings.fault = FetchFault::tls_expired;
      findings.words = whose + " is not valid before " +
                       (at != nullptr ? day_of(X509_get0_notBefore(at)) : "a later day");
      return;
    case X509_V_ERR_CERT_REVOKED:
      findings.fault = FetchFault::tls_revoked;
      findings.words = whose + " was revoked by its issuer";
      return;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      findings.fault = FetchFault::tls_untrusted;
      findings.words = "its certificate is signed by itself and by nobody we trust";
      return;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      findings.fault = FetchFault::tls_untrusted;
      findings.words = whose + " was issued by \"" +
                       (at != nullptr ? common_name(X509_get_issuer_name(at)) : "") +
                       "\", which is not trusted here";
      return;
    default:
      findings.fault = FetchFault::tls_untrusted;
      findings.words = whose + " cannot be trusted: " + X509_verify_cert_error_string(error);
  }
}

int on_verify(X509_STORE_CTX* store, void* argument) {
  auto& findings = *static_cast<HandshakeFindings*>(argument);
  X509* leaf = X509_STORE_CTX_get0_cert(store);
  findings.chain_pem = pem_of(X509_STORE_CTX_get0_untrusted(store));
  if (leaf != nullptr) findings.leaf_names = names_of(leaf);
  const int good = X509_verify_cert(store);
  if (good != 1) {
    describe(X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_error_depth(store),
             X509_STORE_CTX_get_current_cert(store), findings);
  }
  return findings.insist ? good : 1;
}

// A stapled answer that says "revoked". Its signature needs no check: a server that staples this
// against itself is believed.
bool staple_says_revoked(SSL* ssl) {
  const unsigned char* der = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(ssl, &der);
  if (der == nullptr || size <= 0) return false;
  const OcspResponse response(d2i_OCSP_RESPONSE(nullptr, &der, size));
  const OcspBasic basic(response ? OCSP_response_get1_basic(response.get()) : nullptr);
  const int count = basic ? OCSP_resp_count(basic.get()) : 0;
  for (int i = 0; i < count; ++i) {
    const int status =
        OCSP_single_get0_status(OCSP_resp_get0(basic.get(), i), nullptr, nullptr, nullptr, nullptr);
    if (status == V_OCSP_CERTSTATUS_REVOKED) return true;
  }
  return false;
}

int on_staple(SSL* ssl, void* argument) {
  auto& findings = *static_cast<HandshakeFindings*>(argument);
  if (!staple_says_revoked(ssl)) return 1;
  describe(X509_V_ERR_CERT_REVOKED, 0, nullptr, findings);
  return findings.insist ? 0 : 1;
}

using Share = std::shared_ptr<HandshakeFindings>;

void drop_share(void* /*parent*/, void* share, CRYPTO_EX_DATA* /*data*/, int /*index*/,
                long /*long_argument*/, void* /*argument*/) {
  delete static_cast<Share*>(share);
}

}  // namespace

struct ExtraRoots::State {
  std::vector<Certificate> roots;
};

ExtraRoots::ExtraRoots() : state_(std::make_unique<State>()) {}
ExtraRoots::~ExtraRoots() = default;
ExtraRoots::ExtraRoots(ExtraRoots&&) noexcept = default;
ExtraRoots& ExtraRoots::operator=(ExtraRoots&&) noexcept = default;

Result<ExtraRoots> ExtraRoots::from_file(const std::string& pem_file) {
  ExtraRoots extra;
  const Bio file(BIO_new_file(pem_file.c_str(), "r"));
  if (!file) return fail(FailureKind::io, "the CA file " + pem_file + " cannot be read");
  while (X509* root = PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr))
    extra.state_->roots.emplace_back(root);
  ERR_clear_error();  // the end of the file is an error to PEM_read_bio_X509
  if (extra.state_->roots.empty())
    return fail(FailureKind::malformed, "the CA file " + pem_file + " holds no PEM certificate");
  return extra;
}

void watch_handshake(void* ssl_context, const ExtraRoots& roots,
                     std::shared_ptr<HandshakeFindings> findings) {
  auto* context = static_cast<SSL_CTX*>(ssl_context);
  static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, drop_share);
  HandshakeFindings* raw = findings.get();
  SSL_CTX_set_ex_data(context, slot, new Share(std::move(findings)));
  for (const Certificate& root : roots.state_->roots)
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root.get());
  SSL_CTX_set_cert_verify_callback(context, on_verify, raw);
  SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp);
  SSL_CTX_set_tlsext_status_cb(context, on_staple);
  SSL_CTX_set_tlsext_status_arg(context, raw);
}

TlsSession tls_session_of(void* ssl_pointer) {
  auto* ssl = static_cast<SSL*>(ssl_pointer);
  TlsSession session;
  session.version = SSL_get_version(ssl);
  if (const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl))
    session.cipher = SSL_CIPHER_standard_name(cipher);
  if (const auto* chain = SSL_get_peer_cert_chain(ssl)) session.chain_pem = pem_of(chain);
  return session;
}

std::string handshake_failure_in_words(std::string_view openssl_words) {
  const auto says = [&](std::string_view part) {
    return openssl_words.find(part) != std::string_view::npos;
  };
  if (says("unsupported protocol") || says("protocol version") || says("unsupported_protocol")) {
    return "offers no TLS version from 1.2 on";
  }
  if (says("wrong version number") || says("http request") || says("packet length too long"))
    return "does not speak TLS on that port";
  if (says("handshake failure") || says("no shared cipher"))
    return "refused the TLS handshake: no cipher or version in common";
  if (says("dh key too small") || says("ee key too small") || says("ca md too weak"))
    return "uses keys or digests that are too weak";
  if (says("unrecognized name")) return "does not serve that name over TLS";
  return "failed the TLS handshake (" + std::string(openssl_words.substr(0, 200)) + ")";
}

}  // namespace loccit
