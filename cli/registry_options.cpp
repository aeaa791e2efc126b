#include "cli/registry_options.h"

#include <charconv>

#include <CLI/CLI.hpp>

#include "cli/headings.h"
#include "cli/repeatable.h"

namespace loccit {
namespace {

// "2026-11-24" is the beginning of that day, UTC.
void add_moment(CLI::App& app, const char* name, std::optional<Timestamp>& target,
                const char* help) {
  const auto set = [&target, name](const std::string& text) {
    target = from_iso8601(text.size() == 10 ? text + "T00:00:00Z" : text);
    if (!target) {
      throw CLI::ValidationError(
          name, "\"" + text + "\" is no time such as 2026-11-24 or 2026-11-24T16:00:00Z");
    }
  };
  app.add_option_function<std::string>(name, set, help)->type_name("TIME")->configurable(false);
}

std::optional<std::chrono::hours> hours_from(const std::string& text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end + 1 != text.data() + text.size() || count < 1 || count > 10'000)
    return std::nullopt;
  switch (*end) {
    case 'h':
      return std::chrono::hours(count);
    case 'd':
      return std::chrono::hours(24 * count);
    case 'w':
      return std::chrono::hours(7 * 24 * count);
    default:
      return std::nullopt;
  }
}

// Not among add_notifying(): a loccit.toml comes with whatever repository one stands in, and must
// not name what is run.
void add_notify_command(CLI::App& app, Options& options) {
  repeatable(app.add_option("--notify-command", options.notify.commands,
                            "Run this by the shell, the JSON on its standard input; never taken "
                            "from loccit.toml. Repeatable"))
      ->type_name("COMMAND")
      ->configurable(false)
      ->group(headings::notifying.name);
}

}  // namespace

void add_registry(CLI::App& app, Options& options) {
  app.add_option("--registry", options.registry,
                 "Where the history of checks is kept: postgresql://USER@HOST/DATABASE, or an "
                 "SQLite file")
      ->type_name("PLACE")
      ->default_str("registry.db in the archive folder");
}

void add_rhythm(CLI::App& app, Options& options) {
  const auto set = [&options](const std::string& text) {
    options.watch.every = hours_from(text);
    if (!options.watch.every)
      throw CLI::ValidationError("--every", "\"" + text + "\" is no time such as 12h, 7d or 4w");
  };
  app.add_option_function<std::string>("--every", set,
                                       "How often to look at the INPUTs: 12h, 7d, 4w")
      ->type_name("TIME")
      ->default_str("7d")
      ->group(headings::watching.name);
}

void add_watching(CLI::App& app, Options& options) {
  const char* group = headings::watching.name;
  app.add_option("INPUT", options.inputs,
                 "Documents to watch from now on, besides those checked; without any, those that "
                 "loccit.toml lists")
      ->type_name("");
  app.add_option("--citation", options.watch.citation,
                 "--every is said of this citation of the one INPUT")
      ->type_name("ID")
      ->needs("--every")
      ->configurable(false)
      ->group(group);
  repeatable(app.add_option("--forget", options.watch.forget,
                            "Watch this document no more; its history stays. Repeatable"))
      ->type_name("DOCUMENT")
      ->configurable(false)
      ->group(group);
  app.add_flag("--once", options.watch.once,
               "Look at what is due now, then end: for cron and systemd timers")
      ->configurable(false)
      ->group(group);
  add_notify_command(app, options);
}

void add_notifying(CLI::App& app, Options& options) {
  NotifyWish& wish = options.notify;
  const char* group = headings::notifying.name;
  const auto add_list = [&](const char* name, std::vector<std::string>& target, const char* type,
                            const char* help) {
    repeatable(app.add_option(name, target, help))->type_name(type)->group(group);
  };
  add_list("--notify-webhook", wish.webhooks, "URL",
           "POST each change of a standing there as JSON. Repeatable");
  app.add_option("--webhook-secret-file", wish.webhook_secret_file,
                 "File whose first line signs what is posted (HMAC-SHA-256)")
      ->type_name("FILE")
      ->group(group);
  add_list("--notify-mail", wish.mails, "ADDRESS", "Mail it there. Repeatable");
  app.add_option("--smtp", wish.smtp, "The mail server; smtps:// for TLS from the start")
      ->type_name("URL")
      ->capture_default_str()
      ->group(group);
  app.add_option("--mail-from", wish.mail_from, "The sender; without it the receiver")
      ->type_name("ADDRESS")
      ->group(group);
  app.add_option("--smtp-user", wish.smtp_user, "Who logs in at the mail server")
      ->type_name("NAME")
      ->group(group);
  app.add_option("--smtp-password-file", wish.smtp_password_file,
                 "File whose first line is the password")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--notify-template", wish.message_template,
                 "What mails say: a text with {count}, {documents} and {notices}; a first line "
                 "\"Subject: ...\" is the subject")
      ->type_name("FILE")
      ->group(group);
  const auto gather = [&wish](const std::string& period) {
    wish.digest = std::chrono::hours(period == "day" ? 24 : 7 * 24);
  };
  app.add_option_function<std::string>("--digest", gather,
                                       "Gather changes for a day or a week and tell all at once")
      ->check(CLI::Validator(CLI::IsMember({"day", "week"})).description(""))
      ->type_name("day|week")
      ->group(group);
}

void add_slots(CLI::App& app, Options& options) {
  app.add_option("--slots", options.worker.slots, "Hosts to work on at once")
      ->check(CLI::Range(1, 1000).description(""))
      ->type_name("N")
      ->capture_default_str()
      ->group(headings::working.name);
}

void add_working(CLI::App& app, Options& options) {
  const char* group = headings::working.name;
  app.add_option("--name", options.worker.name, "This worker's name, its alone")
      ->type_name("NAME")
      ->default_str("the machine's, and a number")
      ->configurable(false)
      ->group(group);
  app.add_option_function<int>(
         "--lease",
         [&options](int seconds) { options.worker.lease = std::chrono::seconds(seconds); },
         "After how many seconds without a word from this worker another takes over its hosts")
      ->check(CLI::Range(3, 86'400).description(""))
      ->type_name("SECONDS")
      ->default_str("120")
      ->configurable(false)
      ->group(group);
  app.add_option("--listen", options.worker.listen,
                 "Answer /healthz, and /metrics for Prometheus, at this ADDRESS:PORT")
      ->type_name("ADDRESS:PORT")
      ->configurable(false)
      ->group(group);
  app.add_option("--log-format", options.worker.log_format,
                 "What is told of the work: text, or json, an object a line")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("text|json")
      ->capture_default_str()
      ->configurable(false)
      ->group(group);
  app.add_flag("--once", options.watch.once, "End when nothing is due")
      ->configurable(false)
      ->group(group);
  add_notify_command(app, options);
}

void add_history(CLI::App& app, Options& options) {
  app.add_option("DOCUMENT", options.inputs, "Only this document, and its citations one by one")
      ->expected(0, 1)
      ->type_name("");
  app.add_option("--citation", options.history.citation, "Only this citation")
      ->type_name("ID")
      ->configurable(false);
  app.add_option("--host", options.history.host, "Only links of this host")
      ->type_name("NAME")
      ->configurable(false);
  add_moment(app, "--from", options.history.from, "Only changes at or after this time");
  add_moment(app, "--until", options.history.until, "Only changes before this time");
  app.add_option("--limit", options.history.limit, "Most changes to show, the newest first")
      ->type_name("N")
      ->capture_default_str()
      ->configurable(false);
  app.add_option("--json", options.json, "Write the history as JSON; - is standard output")
      ->type_name("FILE")
      ->configurable(false);
}

void add_serving(CLI::App& app, Options& options) {
  Serving& serving = options.serving;
  const char* group = headings::serving.name;
  app.add_option("--listen", serving.listen,
                 "Where to serve; beyond this machine a token is needed, and TLS is wise")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str()
      ->group(group);
  app.add_option("--token-file", serving.token_file, "File whose first line readers have to show")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--tls-cert", serving.tls_cert, "Serve over TLS with this certificate chain")
      ->type_name("FILE.pem")
      ->group(group);
  app.add_option("--tls-key", serving.tls_key, "Its private key")
      ->type_name("FILE.pem")
      ->group(group);
}

}  // namespace loccit
