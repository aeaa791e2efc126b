// Every option of every command: each means the same wherever it occurs (contract, "Commands").
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "ci/reports.h"
#include "cli/settings.h"
#include "fetcher/fetcher.h"
#include "verifier/verdict.h"

namespace loccit {

// Options that come together; a command lists the groups it takes.
enum class OptionGroup {
  inputs,        // INPUT…
  document,      // DOCUMENT
  reading,       // --password, --notes-only
  explaining,    // --explain
  archive,       // --archive
  offline,       // --offline
  fetching,      // --connect-to … --delay
  report_files,  // --json, --report
  fail_on,       // --fail-on
  telling,       // --quiet, --verbose
  seal_file,     // --seal
  sealing,       // --key … --no-document
  sealed_check,  // FILE.wacz, --out, --check
  trusting,      // --trust
  auditing,      // BUNDLE, --previous … --json
  key_making,    // --key, --cert, --host … --type
  registry,      // --registry
  rhythm,        // --every
  watching,      // [INPUT…], --citation, --forget, --once
  notifying,     // --notify-webhook … --digest
  slots,         // --slots
  working,       // --name, --lease, --listen, --log-format, --once
  history,       // [DOCUMENT], --citation, --host, --from, --until, --limit, --json
  serving,       // --listen … --tls-key
  archive_job,   // ACTION, FILE…, --keep, --yes
  choosing,      // --since, --max-age
  baseline,      // --baseline
  confirmed,     // --confirmed
  accepting,     // ID…, --reason, --all, --prune, --check
  format,        // --format
  shell,         // SHELL
  page,          // [COMMAND]
  settings,      // --config, --no-config, and what loccit.toml says
};

struct ReportFile {
  ReportFormat format = ReportFormat::html;
  std::string file;  // "-": standard output
};

// What evidence is sealed with.
struct SealingFiles {
  std::string file;  // the bundle to write; empty: none was named
  std::string key, cert;
  std::string passphrase_file;
  std::vector<std::string> authorities;
  bool allow_untimed = false;
  bool no_document = false;
  std::string check = "latest";
};

struct AuditFiles {
  std::vector<std::string> trust;
  std::string previous;
  std::string extract_to;
  std::vector<std::string> skip;
};

struct KeyMaking {
  std::string host = "localhost";
  std::string type = "p256";
  int days = 365;
};

struct HistoryWish {
  std::string citation, host;
  std::optional<Timestamp> from, until;
  std::size_t limit = 1000;
};

// Where the pages are served, and to whom.
struct Serving {
  std::string listen = "127.0.0.1:8090";
  std::string token_file;
  std::string tls_cert, tls_key;
};

struct WatchWish {
  std::optional<std::chrono::hours> every;
  std::string citation;  // that --every is said of
  std::vector<std::string> forget;
  bool once = false;
};

struct NotifyWish {
  std::vector<std::string> webhooks, mails, commands;
  std::string webhook_secret_file;
  std::string smtp = "smtp://localhost:25", smtp_user, smtp_password_file, mail_from;
  std::string message_template;
  std::chrono::hours digest{0};
};

struct AcceptWish {
  std::string reason;
  bool all = false, prune = false;
};

// What an option is set to, and by whom: for `loccit config`.
struct InForce {
  std::string table, key;  // as in loccit.toml
  std::vector<std::string> values;
  bool text = true;  // else numbers or true and false
  bool list = false;
  std::string from;  // "default", "command line", "loccit.toml:12"
};

struct WorkerWish {
  std::string name;
  std::size_t slots = 16;
  std::chrono::seconds lease{120};
  std::string listen;  // empty: nowhere
  std::string log_format = "text";
};

struct Pruning {
  std::optional<std::chrono::seconds> keep;
  bool yes = false;
};

enum class Telling { quiet, normal, verbose };

struct Options {
  std::string action;               // of a command that has several
  std::vector<std::string> inputs;  // a DOCUMENT is the only one
  std::string password;
  bool notes_only = false;
  bool explain = false;

  std::filesystem::path archive;  // empty: none was named, see archive_folder()
  bool offline = false;
  FetchOptions fetch;

  std::string json;  // "-": standard output; empty: none
  std::vector<ReportFile> reports;
  std::vector<VerdictKind> fail_on = {VerdictKind::drifted, VerdictKind::rotten};
  Telling telling = Telling::normal;

  std::string config;      // loccit.toml by another name; empty: the nearest one
  bool no_config = false;  // heed none
  Settings settings;
  std::vector<InForce> in_force;

  std::string since;                // a git revision
  std::chrono::seconds max_age{0};  // of snapshots that count as fetched today
  std::string baseline;             // empty: see baseline_path()
  bool confirmed = false;
  AcceptWish accept;
  std::string format = "text";

  SealingFiles seal;
  AuditFiles audit;
  KeyMaking keygen;

  std::string registry;  // postgresql://… or a file; empty: in the archive folder
  HistoryWish history;
  Serving serving;
  WatchWish watch;
  WorkerWish worker;
  NotifyWish notify;
  Pruning pruning;
};

// Where registry and kept checks lie, and the snapshots too, unless --archive names an S3 store:
// then what is not uploaded yet.
std::filesystem::path archive_folder(const Options& options);

}  // namespace loccit
