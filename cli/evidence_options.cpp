#include "cli/evidence_options.h"

#include <CLI/CLI.hpp>

#include "cli/headings.h"
#include "cli/repeatable.h"

namespace loccit {

void add_seal_file(CLI::App& app, Options& options) {
  app.add_option("--seal", options.seal.file, "Seal the check's evidence into this bundle")
      ->type_name("FILE.wacz")
      ->group(headings::sealing.name);
}

void add_sealing(CLI::App& app, Options& options) {
  SealingFiles& seal = options.seal;
  app.add_option("--key", seal.key,
                 "Private key in PEM form, or pkcs11:… of a token; without one a key is made for "
                 "this bundle and thrown away")
      ->type_name("FILE.pem")
      ->group(headings::sealing.name);
  app.add_option("--cert", seal.cert, "Certificate chain of the key, its own certificate first")
      ->type_name("FILE.pem")
      ->group(headings::sealing.name);
  app.add_option("--passphrase-file", seal.passphrase_file,
                 "File whose first line opens the key (or the token); asked for at the terminal "
                 "otherwise")
      ->type_name("FILE")
      ->group(headings::sealing.name);
  repeatable(app.add_option("--tsa", seal.authorities,
                            "RFC 3161 timestamp authority. Repeatable: tried in turn"))
      ->type_name("URL")
      ->group(headings::sealing.name);
  app.add_flag("--allow-untimed", seal.allow_untimed,
               "Seal also where none of the authorities answers; the bundle then says so")
      ->group(headings::sealing.name);
  app.add_flag("--no-document", seal.no_document, "Leave the cited document out of the bundle")
      ->group(headings::sealing.name);
}

void add_sealed_check(CLI::App& app, Options& options) {
  app.add_option("FILE.wacz", options.inputs,
                 "The bundle to write (also --seal or --out), and the document whose newest check "
                 "to seal")
      ->type_name("");
  app.add_option("-o,--out,--seal", options.seal.file, "The bundle to write")
      ->type_name("FILE.wacz")
      ->configurable(false);
  app.add_option("--check", options.seal.check, "Which check of the archive to seal")
      ->type_name("ID")
      ->configurable(false)
      ->capture_default_str();
}

void add_trusting(CLI::App& app, Options& options) {
  repeatable(app.add_option("--trust", options.audit.trust,
                            "Roots (or bare public keys) to accept for signer and timestamp of a "
                            "bundle. Repeatable"))
      ->type_name("FILE.pem")
      ->group(headings::auditing.name);
}

void add_auditing(CLI::App& app, Options& options) {
  app.add_option("BUNDLE", options.inputs, "The bundle to audit")
      ->required()
      ->expected(1)
      ->type_name("");
  app.add_option("--previous", options.audit.previous,
                 "The bundle sealed before this one of the same document, to check the chain")
      ->type_name("FILE.wacz")
      ->configurable(false);
  app.add_option("--extract", options.audit.extract_to,
                 "Write the bundle's files into this new folder, if they are whole")
      ->type_name("DIR")
      ->configurable(false);
  app.add_option("--skip", options.audit.skip, "Leave out these parts")
      ->type_name("records|verdicts")
      ->delimiter(',')
      ->check(CLI::Validator(CLI::IsMember({"records", "verdicts"})).description(""))
      ->configurable(false);
  app.add_option("--json", options.json,
                 "Write the audit, and the verdicts made again, as JSON; - is standard output")
      ->type_name("FILE")
      ->configurable(false);  // the key of that name is a check's report
}

void add_key_making(CLI::App& app, Options& options) {
  app.add_option("--key", options.seal.key, "Where to write the private key")
      ->type_name("FILE.pem")
      ->required();
  app.add_option("--cert", options.seal.cert, "Where to write its self-signed certificate")
      ->type_name("FILE.pem")
      ->required();
  app.add_option("--host", options.keygen.host, "The name to vouch for")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--days", options.keygen.days, "How long the certificate is valid")
      ->check(CLI::Range(1, 36'500))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--type", options.keygen.type, "What kind of key")
      ->check(CLI::IsMember({"p256", "ed25519", "rsa"}).description(""))
      ->type_name("p256|ed25519|rsa")
      ->capture_default_str();
}

}  // namespace loccit
