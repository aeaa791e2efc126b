// What was checked when, what came of it, and what history makes of it. SQLite in the archive
// folder, or PostgreSQL.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "manifests/report.h"
#include "registry/standing.h"

namespace loccit {

struct RecordOptions {
  std::string document_name;  // what the document is known by from check to check: its path or URL
  std::string worker;         // who checked, "" on one machine
  Look look = Look::usual;
  std::chrono::hours interval{7 * 24};  // to the document's next check
  StandingRules rules;
};

struct TransitionRow {
  std::int64_t id = 0;
  std::int64_t check_id = 0;
  std::string document, citation, citation_title;  // of a link: empty
  std::string url, host;                           // of a citation: its first link
  StandingKind from = StandingKind::fresh, to = StandingKind::fresh;
  std::string rule;
  Timestamp at;
};

struct Recorded {
  std::int64_t check_id = 0;
  bool inconclusive = false;
  std::vector<TransitionRow> transitions;
  std::vector<std::string>
      confirming;  // URLs that want a second look before they may be called dead
};

struct HistoryQuery {
  std::string document, citation, host;  // empty: any
  std::optional<Timestamp> from, until;
  std::size_t limit = 1000;
};

// One citation through the checks of its document.
struct TimelineEntry {
  std::int64_t check_id = 0;
  Timestamp at;
  std::string verdict, quote_state, reason;
};

// Between which two checks the cited words came and went: "stood on T1, gone on T2".
struct PassageSpan {
  std::optional<Timestamp> not_before;  // last check that did not find them, before they stood
  Timestamp stood_first, stood_last;
  std::optional<Timestamp> gone_by;  // first check after that did not find them
};
std::vector<PassageSpan> passage_spans(const std::vector<TimelineEntry>& timeline);  // oldest first

struct DocumentRow {
  std::int64_t id = 0;
  std::string name, title, sha256;
  Timestamp added_at, next_check;
  std::int64_t checks = 0;
  std::optional<Timestamp> last_check;
  Summary last;
};

struct CitationRow {
  std::int64_t id = 0;
  std::string document, label, title, quote, urls;
  StandingKind standing = StandingKind::fresh;
  Timestamp since, next_look, last_seen;
};

struct Notice {
  std::int64_t id = 0;
  std::string key, kind, text;  // kind: change, recovery, reminder
  std::string document, citation;
  Timestamp created_at;
  int attempts = 0;
};

class Registry {
 public:
  static Result<Registry> open(const std::string& where);  // a file path or postgresql://…
  ~Registry();
  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;

  // One check, all of it or nothing: outcomes, standings, transitions, the document's next time,
  // and the notices it causes.
  Result<Recorded> record(const Report& report, const RecordOptions& options);

  Result<std::vector<DocumentRow>> documents();
  Result<std::vector<CitationRow>> citations(const std::string& document);
  Result<std::vector<TransitionRow>> transitions(const HistoryQuery& query);
  Result<std::vector<TimelineEntry>> timeline(std::int64_t citation_id);

  // Documents to check now, the longest overdue first: their own interval, or a citation of theirs
  // that is looked at more often.
  Result<std::vector<DocumentRow>> due(Timestamp now, std::size_t limit);

  // The outbox. A notice is waiting until mark_sent(); a failed sending waits until `next_try`.
  Result<void> add_reminders(Timestamp now);  // 7, 30 and 90 days after a citation went bad
  Result<std::vector<Notice>> waiting_notices(Timestamp now);
  Result<void> mark_sent(std::int64_t notice, Timestamp now);
  Result<void> mark_failed(std::int64_t notice, Timestamp next_try);

 private:
  struct State;
  explicit Registry(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
