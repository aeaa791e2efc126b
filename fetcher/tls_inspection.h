// What a TLS handshake showed: the chain as sent, whether it is to be trusted, and if not why, in
// words.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetcher/exchange.h"

namespace loccit {

// Roots to trust besides the system's.
class ExtraRoots {
 public:
  static Result<ExtraRoots> from_file(const std::string& pem_file);
  ExtraRoots();
  ~ExtraRoots();
  ExtraRoots(ExtraRoots&&) noexcept;
  ExtraRoots& operator=(ExtraRoots&&) noexcept;

 private:
  friend void watch_handshake(void* ssl_context, const ExtraRoots& roots,
                              std::shared_ptr<struct HandshakeFindings> findings);
  struct State;
  std::unique_ptr<State> state_;
};

// Written while a handshake goes on, read after it has failed.
struct HandshakeFindings {
  bool insist = true;  // false: note what is wrong and go on
  FetchFault fault = FetchFault::tls_failed;
  std::string
      words;  // "its certificate expired on 2026-01-31"; empty: nothing wrong with the chain
  std::string leaf_names;  // "example.org, www.example.org"
  std::vector<std::string> chain_pem;
};

// Called with the SSL_CTX of a connection about to be made. The SSL_CTX keeps its own share of
// `findings`.
void watch_handshake(void* ssl_context, const ExtraRoots& roots,
                     std::shared_ptr<HandshakeFindings> findings);

// The session of a connection that stands (an SSL*).
TlsSession tls_session_of(void* ssl);

// "TLS 1.0 or 1.1" and the like from OpenSSL's words for a handshake that failed before any
// certificate counted.
std::string handshake_failure_in_words(std::string_view openssl_words);

}  // namespace loccit
