#include <iostream>

#include <sys/stat.h>

#include "base/files.h"
#include "cli/command.h"
#include "manifests/certificate_maker.h"

namespace loccit {
namespace {

KeyKind kind_named(const std::string& name) {
  if (name == "ed25519") return KeyKind::ed25519;
  return name == "rsa" ? KeyKind::rsa_3072 : KeyKind::ec_p256;
}

// A key that is there is never replaced: what it signed would lose its signer.
tl::expected<void, Stop> write_new(const std::string& file, const std::string& content,
                                   mode_t hidden) {
  const mode_t before = ::umask(hidden);
  const auto written = write_durably(file, content, Overwrite::no);
  ::umask(before);
  if (written) return {};
  if (std::filesystem::exists(file))
    return misuse(file + ": is there already, and is not replaced; name another file");
  return misuse(written.error().message);
}

CommandResult run_keygen(const Options& options) {
  for (const std::string& file : {options.seal.key, options.seal.cert}) {
    if (std::filesystem::exists(file))
      return misuse(file + ": is there already, and is not replaced; name another file");
  }
  const SigningKey key = SigningKey::generate(kind_named(options.keygen.type));
  const auto certificate =
      self_signed_certificate(key, options.keygen.host, system_clock()(), options.keygen.days);
  if (!certificate) return misuse("--host: " + certificate.error().message);
  if (const auto written = write_new(options.seal.key, key.to_pem(), 077); !written)
    return tl::unexpected(written.error());
  const auto written =
      write_new(options.seal.cert, write_certificates(std::span(&*certificate, 1)), 022);
  if (!written) return tl::unexpected(written.error());
  if (options.telling != Telling::quiet) {
    std::cout << "key:         " << options.seal.key
              << " (keep it to yourself)\ncertificate: " << options.seal.cert
              << " (give it to whoever audits, for --trust)\n"
              << "valid until  " << to_iso8601(certificate->not_after) << '\n';
  }
  return ExitCode::fine;
}

}  // namespace

const Command keygen_command = {"keygen",
                                "Make a signing key and a self-signed certificate",
                                "For sealing where no certificate authority is at hand. The key is "
                                "not encrypted; its file is readable by you alone.",
                                {OptionGroup::key_making, OptionGroup::telling},
                                run_keygen};

}  // namespace loccit
