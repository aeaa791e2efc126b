#include "cli/command_line.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <CLI/CLI.hpp>

#include "cli/registry_options.h"

namespace loccit {
namespace {

using std::chrono::milliseconds;

// Seconds as a person writes them ("0.5") to a duration; `least` is the smallest that makes sense.
CLI::Option* add_seconds(CLI::App& app, const char* name, milliseconds& target, double least,
                         const char* help) {
  const auto set = [&target, least, name](const double& seconds) {
    if (!std::isfinite(seconds) || seconds < least || seconds > 1e6) {
      throw CLI::ValidationError(name,
                                 "must be " + CLI::detail::to_string(least) + " seconds or more");
    }
    target = milliseconds(std::llround(seconds * 1000));
  };
  return app.add_option_function<double>(name, set, help)
      ->type_name("SECONDS")
      ->default_str(CLI::detail::to_string(static_cast<double>(target.count()) / 1000));
}

void add_fetching(CLI::App& app, FetchOptions& fetch) {
  // Without descriptions: CLI11 would print them between an option's name and its default.
  const auto at_least = [](int least) { return CLI::Range(least, 1'000'000).description(""); };
  const char* group = "Fetching";
  app.add_option(
         "--connect-to", fetch.connect_to,
         "As in curl: reach HOST1:PORT1 at HOST2:PORT2; HOST1 or PORT1 may be empty. Repeatable")
      ->type_name("HOST1:PORT1:HOST2:PORT2")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->group(group);
  app.add_option("--cacert", fetch.ca_file, "PEM file with extra roots to trust")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--allow-net", fetch.allow_net,
                 "Allow fetching from this otherwise refused range (loopback, private, link-local, "
                 "...). Repeatable")
      ->type_name("CIDR")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->group(group);
  app.add_option("--max-bytes", fetch.max_bytes, "Largest body to accept")
      ->type_name("N")
      ->check(CLI::Validator(CLI::PositiveNumber).description(""))
      ->capture_default_str()
      ->group(group);
  add_seconds(app, "--timeout", fetch.timeout, 0.001, "Longest time for one request")->group(group);
  app.add_option("--max-redirects", fetch.max_redirects, "Most redirects to follow")
      ->type_name("N")
      ->check(at_least(0))
      ->capture_default_str()
      ->group(group);
  app.add_option("--retries", fetch.retries, "Tries after the first, where the failure may pass")
      ->type_name("N")
      ->check(at_least(0))
      ->capture_default_str()
      ->group(group);
  app.add_option("--concurrency", fetch.concurrency, "Fetches at once")
      ->type_name("N")
      ->check(at_least(1))
      ->capture_default_str()
      ->group(group);
  app.add_option("--per-host", fetch.per_host, "Fetches at once from one host")
      ->type_name("N")
      ->check(at_least(1))
      ->capture_default_str()
      ->group(group);
  add_seconds(app, "--delay", fetch.delay, 0, "Pause between two requests to one host")
      ->group(group);
  app.add_flag_callback(
         "--ignore-robots", [&fetch] { fetch.respect_robots = false; },
         "Fetch also what robots.txt keeps from robots; the report says so")
      ->group(group);
  app.add_option("--user-agent", fetch.user_agent, "Who asks")
      ->type_name("TEXT")
      ->capture_default_str()
      ->group(group);
  app.add_option("--contact", fetch.contact,
                 "URL or address for who wonders about our requests; put into the User-Agent")
      ->type_name("TEXT")
      ->group(group);
  app.add_flag(
         "--browser-headers", fetch.browser_headers_on_refusal,
         "Where a site refuses (403, 406), ask once more with a browser's headers; the report "
         "says so")
      ->group(group);
}

void add_report_files(CLI::App& app, Options& options) {
  app.add_option("--json", options.json, "Write the report as JSON; - is standard output")
      ->type_name("FILE");
  const auto add = [&options](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      const std::size_t equals = value.find('=');
      const auto format = report_format_from(value.substr(0, equals));
      if (!format || equals == std::string::npos || equals + 1 == value.size()) {
        throw CLI::ValidationError(
            "--report", "\"" + value + "\" is not FORMAT=FILE with html, junit, sarif or markdown");
      }
      options.reports.push_back({*format, value.substr(equals + 1)});
    }
  };
  app.add_option_function<std::vector<std::string>>(
         "--report", add,
         "Write another report; FORMAT is html, junit, sarif or markdown. Repeatable")
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
      ->needs("--key")
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
                     "Documents, or manifests as `loccit extract` writes them")
          ->required()
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
      app.add_option("--archive", options.archive, "Where snapshots and the registry live")
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
          ->type_name("FILE.wacz");
      app.add_option("--check", options.seal.check, "Which check of the archive to seal")
          ->type_name("ID")
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
          "-q,--quiet", [&options] { options.telling = Telling::quiet; },
          "Print nothing but errors and what --json - and --report FORMAT=- ask for");
      app.add_flag_callback(
          "-v,--verbose", [&options] { options.telling = Telling::verbose; },
          "Print every citation, also the intact ones, and what the archive had to mend");
      break;
  }
}

bool is_command(std::string_view word, std::span<const Command* const> commands) {
  return std::ranges::any_of(commands,
                             [&](const Command* command) { return word == command->name; });
}

std::string no_command(std::string_view word, std::span<const Command* const> commands) {
  std::string names;
  for (const Command* command : commands)
    names += (names.empty() ? "" : ", ") + std::string(command->name);
  return "\"" + std::string(word) + "\" is no command; there are " + names;
}

constexpr const char* exit_codes =
    "Exit codes: 0 nothing in --fail-on occurred; 1 something in it did; 2 the call or its input "
    "is wrong;\n"
    "3 the job could not be finished.";

}  // namespace

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
  call.command = by_app.at(app.get_subcommands().front());
  return call;
}

}  // namespace loccit
