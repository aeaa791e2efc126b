#include "cli/command_line.h"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "cli/apply_settings.h"
#include "cli/ci_options.h"
#include "cli/fetch_options.h"
#include "cli/nearest_word.h"
#include "cli/registry_options.h"

namespace loccit {
namespace {

void add_report_files(CLI::App& app, Options& options) {
  app.add_option("--json", options.json, "Write the report as JSON; - is standard output")
      ->type_name("FILE");
  const auto add = [&options](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      const std::size_t equals = value.find('=');
      const auto format = report_format_from(value.substr(0, equals));
      if (!format || equals == std::string::npos || equals + 1 == value.size()) {
        throw CLI::ValidationError("--report",
                                   "\"" + value +
                                       "\" is not FORMAT=FILE with html, junit, sarif, markdown or "
                                       "codequality");
      }
      options.reports.push_back({*format, value.substr(equals + 1)});
    }
  };
  app.add_option_function<std::vector<std::string>>(
         "--report", add,
         "Write another report; FORMAT is html, junit, sarif, markdown or codequality (GitLab). "
         "Repeatable")
      ->type_name("FORMAT=FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_fail_on(CLI::App& app, Options& options) {
  const auto set = [&options](const std::string& list) {
    const auto kinds = parse_fail_on(list);
    if (!kinds) throw CLI::ValidationError("--fail-on", kinds.error().message);
    options.fail_on = *kinds;
  };
  app.add_option_function<std::string>("--fail-on", set,
                                       "Verdicts that make the exit code 1; none: never")
      ->type_name("LIST")
      ->default_str("drifted,rotten");
}

CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& target,
                      const char* type, const char* help) {
  return app.add_option(name, target, help)
      ->type_name(type)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_sealing(CLI::App& app, SealingFiles& seal) {
  const char* group = "Sealing";
  app.add_option("--key", seal.key,
                 "Private key in PEM form, or pkcs11:… of a token; without one a key is made for "
                 "this bundle and thrown away")
      ->type_name("FILE.pem")
      ->group(group);
  app.add_option("--cert", seal.cert, "Certificate chain of the key, its own certificate first")
      ->type_name("FILE.pem")
      ->group(group);
  app.add_option("--passphrase-file", seal.passphrase_file,
                 "File whose first line opens the key (or the token); asked for at the terminal "
                 "otherwise")
      ->type_name("FILE")
      ->group(group);
  add_list(app, "--tsa", seal.authorities, "URL",
           "RFC 3161 timestamp authority. Repeatable: tried in turn")
      ->group(group);
  app.add_flag("--allow-untimed", seal.allow_untimed,
               "Seal also where none of the authorities answers; the bundle then says so")
      ->group(group);
  app.add_flag("--no-document", seal.no_document, "Leave the cited document out of the bundle")
      ->group(group);
}

void add_auditing(CLI::App& app, Options& options) {
  app.add_option("BUNDLE", options.inputs, "The bundle to audit")
      ->required()
      ->expected(1)
      ->type_name("");
  add_list(app, "--trust", options.audit.trust, "FILE.pem",
           "Roots (or bare public keys) to accept for signer and timestamp. Repeatable");
  app.add_option("--previous", options.audit.previous,
                 "The bundle sealed before this one of the same document, to check the chain")
      ->type_name("FILE.wacz");
  app.add_option("--extract", options.audit.extract_to,
                 "Write the bundle's files into this new folder, if they are whole")
      ->type_name("DIR");
  app.add_option("--skip", options.audit.skip, "Leave out: records, verdicts")
      ->type_name("LIST")
      ->delimiter(',')
      ->check(CLI::IsMember({"records", "verdicts"}));
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
  app.add_option("--type", options.keygen.type, "p256, ed25519 or rsa")
      ->check(CLI::IsMember({"p256", "ed25519", "rsa"}))
      ->type_name("KIND")
      ->capture_default_str();
}

void add_serving(CLI::App& app, Serving& serving) {
  app.add_option("--listen", serving.listen,
                 "Where to serve; beyond this machine a token is needed, and TLS is wise")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str();
  app.add_option("--token-file", serving.token_file, "File whose first line readers have to show")
      ->type_name("FILE");
  CLI::Option* cert =
      app.add_option("--tls-cert", serving.tls_cert, "Serve over TLS with this certificate chain")
          ->type_name("FILE.pem");
  app.add_option("--tls-key", serving.tls_key, "Its private key")
      ->type_name("FILE.pem")
      ->needs(cert);
  cert->needs("--tls-key");
}

void add_group(CLI::App& app, OptionGroup group, Options& options) {
  switch (group) {
    case OptionGroup::inputs:
      app.add_option("INPUT", options.inputs,
                     "Documents, or manifests as `loccit extract` writes them; without any, those "
                     "that loccit.toml lists")
          ->type_name("");
      break;
    case OptionGroup::document:
      app.add_option("DOCUMENT", options.inputs, "The document to read")
          ->required()
          ->expected(1)
          ->type_name("");
      break;
    case OptionGroup::reading:
      app.add_option("--password", options.password, "Password of an encrypted PDF")
          ->type_name("TEXT");
      app.add_flag("--notes-only", options.notes_only, "Leave out links in running text");
      break;
    case OptionGroup::explaining:
      app.add_flag("--explain", options.explain,
                   "Say on standard error what was mended, what was not taken for a note, and why");
      break;
    case OptionGroup::archive:
      app.add_option(
             "--archive", options.archive,
             "Where snapshots and the registry live; s3://BUCKET/PREFIX for an S3 store (its "
             "credentials, region and endpoint as Amazon's tools take them: AWS_… or "
             "~/.aws)")
          ->type_name("DIR")
          ->default_str(".loccit");
      break;
    case OptionGroup::offline:
      app.add_flag("--offline", options.offline, "Touch no network: judge from the archive alone");
      break;
    case OptionGroup::fetching:
      add_fetching(app, options.fetch);
      break;
    case OptionGroup::report_files:
      add_report_files(app, options);
      break;
    case OptionGroup::fail_on:
      add_fail_on(app, options);
      break;
    case OptionGroup::seal_file:
      app.add_option("--seal", options.seal.file, "Seal the check's evidence into this bundle")
          ->type_name("FILE.wacz");
      break;
    case OptionGroup::sealing:
      add_sealing(app, options.seal);
      break;
    case OptionGroup::sealed_check:
      app.add_option("FILE.wacz", options.inputs,
                     "The bundle to write (also --seal or --out), and the document whose newest "
                     "check to seal")
          ->type_name("");
      app.add_option("-o,--out,--seal", options.seal.file, "The bundle to write")
          ->type_name("FILE.wacz")
          ->configurable(false);
      app.add_option("--check", options.seal.check, "Which check of the archive to seal")
          ->type_name("ID")
          ->configurable(false)
          ->capture_default_str();
      break;
    case OptionGroup::auditing:
      add_auditing(app, options);
      break;
    case OptionGroup::audit_json:
      app.add_option("--json", options.json,
                     "Write the audit, and the verdicts made again, as JSON; - is standard output")
          ->type_name("FILE");
      break;
    case OptionGroup::key_making:
      add_key_making(app, options);
      break;
    case OptionGroup::registry:
      add_registry(app, options);
      break;
    case OptionGroup::watching:
      add_watching(app, options);
      break;
    case OptionGroup::notifying:
      add_notifying(app, options);
      break;
    case OptionGroup::working:
      add_working(app, options);
      break;
    case OptionGroup::history:
      add_history(app, options);
      break;
    case OptionGroup::serving:
      add_serving(app, options.serving);
      break;
    case OptionGroup::archive_job:
      app.add_option("ACTION", options.action, "verify, import or reindex")
          ->required()
          ->check(CLI::IsMember({"verify", "import", "reindex"}).description(""))
          ->type_name("");
      app.add_option("FILE", options.inputs, "What to import")->type_name("");
      break;
    case OptionGroup::telling:
      app.add_flag_callback(
             "-v,--verbose", [&options] { options.telling = Telling::verbose; },
             "Print every citation, also the intact ones, and what the archive had to mend")
          ->excludes(app.add_flag_callback(
              "-q,--quiet", [&options] { options.telling = Telling::quiet; },
              "Print nothing but errors and what --json - and --report FORMAT=- ask for"));
      break;
    case OptionGroup::choosing:
      add_choosing(app, options);
      break;
    case OptionGroup::baseline:
      add_baseline(app, options);
      break;
    case OptionGroup::confirmed:
      add_confirmed(app, options);
      break;
    case OptionGroup::accepting:
      add_accepting(app, options);
      break;
    case OptionGroup::format:
      add_format(app, options);
      break;
    case OptionGroup::shell:
      app.add_option("SHELL", options.inputs, "bash, zsh or fish")
          ->required()
          ->expected(1)
          ->type_name("")
          ->check(CLI::Validator(CLI::IsMember({"bash", "zsh", "fish"})).description(""));
      break;
    case OptionGroup::page:
      app.add_option("COMMAND", options.inputs, "The command that the page is about")
          ->expected(0, 1)
          ->type_name("");
      break;
    case OptionGroup::settings:
      app.add_option("--config", options.config,
                     "Settings to heed instead of the nearest loccit.toml")
          ->type_name("FILE")
          ->check(CLI::Validator(CLI::ExistingFile).description(""))
          ->configurable(false);
      app.add_flag("--no-config", options.no_config, "Heed no loccit.toml")
          ->excludes("--config")
          ->configurable(false);
      break;
  }
}

OptionText text_of(const CLI::Option& option) {
  OptionText text;
  for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
  if (text.names.empty()) text.positional = option.get_name(true);
  text.takes_value = option.get_items_expected_max() > 0;
  text.repeatable = option.get_items_expected_max() > 1;
  text.type = option.get_type_name();
  text.group = option.get_group();
  text.help = option.get_description();
  text.standard = option.get_default_str();
  return text;
}

bool is_command(std::string_view word, std::span<const Command* const> commands) {
  return std::ranges::any_of(commands,
                             [&](const Command* command) { return word == command->name; });
}

bool reads_settings(const Command& command) {
  return std::ranges::find(command.takes, OptionGroup::settings) != command.takes.end();
}

std::string no_command(std::string_view word, std::span<const Command* const> commands) {
  std::vector<std::string> names;
  for (const Command* command : commands) names.emplace_back(command->name);
  const std::string near = nearest_word(word, names);
  if (!near.empty())
    return "\"" + std::string(word) + "\" is no command; did you mean `loccit " + near + "`?";
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return "\"" + std::string(word) + "\" is no command; there are " + all;
}

constexpr const char* exit_codes =
    "Exit codes: 0 nothing in --fail-on occurred; 1 something in it did; 2 the call or its input "
    "is wrong;\n"
    "3 the job could not be finished.";

}  // namespace

std::vector<OptionText> options_of(const Command& command) {
  CLI::App app;
  Options options;
  for (const OptionGroup group : command.takes) add_group(app, group, options);
  std::vector<OptionText> texts;
  for (const CLI::Option* option : app.get_options()) texts.push_back(text_of(*option));
  return texts;
}

tl::expected<Call, Stop> parse_command_line(int argc, const char* const* argv,
                                            std::span<const Command* const> commands) {
  CLI::App app(
      "loccit reads a document, fetches every source that it cites, archives what it fetched,\n"
      "and checks that the quoted words still stand there.",
      "loccit");
  app.set_version_flag("--version", "loccit " LOCCIT_VERSION);
  app.require_subcommand(1);
  app.footer(std::string("`loccit COMMAND --help` lists the options of a command.\n") + exit_codes);

  Call call;
  std::map<const CLI::App*, const Command*> by_app;
  for (const Command* command : commands) {
    CLI::App* sub = app.add_subcommand(command->name, command->summary);
    sub->footer(std::string(command->details) + "\n" + exit_codes);
    for (const OptionGroup group : command->takes) add_group(*sub, group, call.options);
    by_app.emplace(sub, command);
  }

  if (argc > 1 && *argv[1] != '-' && !is_command(argv[1], commands))
    return misuse(no_command(argv[1], commands));
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion&) {
    return tl::unexpected(Stop{ExitCode::fine, "loccit " LOCCIT_VERSION});
  } catch (const CLI::Success&) {
    const auto chosen = app.get_subcommands();
    return tl::unexpected(
        Stop{ExitCode::fine, chosen.empty() ? app.help() : chosen.front()->help("loccit")});
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    const std::string where =
        chosen.empty() ? "loccit --help" : "loccit " + chosen.front()->get_name() + " --help";
    return misuse(std::string(error.what()) + "\n`" + where + "` lists what can be said");
  }
  CLI::App* chosen = app.get_subcommands().front();
  call.command = by_app.at(chosen);
  if (reads_settings(*call.command)) {
    std::vector<const CLI::App*> readers;
    for (const auto& [sub, command] : by_app) {
      if (reads_settings(*command)) readers.push_back(sub);
    }
    if (const auto applied = apply_settings(*chosen, readers, call.options); !applied)
      return tl::unexpected(applied.error());
  }
  return call;
}

}  // namespace loccit
