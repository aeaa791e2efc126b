// Keys that never leave their token: PKCS #11 through OpenSSL's engine interface, the one that
// Debian 12 packages (libengine-pkcs11-openssl); providers for PKCS #11 come with later releases.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/engine.h>
#include <openssl/err.h>

#include "manifests/signing_key_handles.h"

namespace loccit {
namespace {

// Loaded once and kept: keys stay bound to their engine for as long as they live.
ENGINE* pkcs11_engine() {
  static ENGINE* const engine = []() -> ENGINE* {
    ENGINE_load_builtin_engines();
    ENGINE* found = ENGINE_by_id("pkcs11");
    if (found != nullptr && ENGINE_init(found) == 1) return found;
    ENGINE_free(found);
    return nullptr;
  }();
  return engine;
}

}  // namespace

Result<SigningKey> SigningKey::from_token(const std::string& uri, const PassphraseSource& pin) {
  ENGINE* engine = pkcs11_engine();
  if (engine == nullptr) {
    return fail(FailureKind::unsupported,
                "OpenSSL has no pkcs11 engine here: install libengine-pkcs11-openssl (" +
                    openssl_words() + ")");
  }
  if (pin) {
    const auto secret = pin();
    if (!secret) return tl::unexpected(secret.error());
    if (ENGINE_ctrl_cmd_string(engine, "PIN", secret->c_str(), 0) != 1) {
      return fail(FailureKind::encrypted, "the token takes no PIN: " + openssl_words());
    }
  }
  Key key(ENGINE_load_private_key(engine, uri.c_str(), nullptr, nullptr));
  if (!key)
    return fail(FailureKind::not_found, "no private key at " + uri + ": " + openssl_words());
  return SigningKey(std::make_unique<State>(State{std::move(key)}));
}

}  // namespace loccit
