// What was checked when, what came of it, and what history makes of it. SQLite in the archive
// folder, or PostgreSQL; the tables are told in docs/formats.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "manifests/report.h"
#include "registry/leases.h"
#include "registry/rows.h"
#include "registry/standing.h"

namespace loccit {

enum class Scope { whole, part };  // of a document: all its citations, or only some

struct RecordOptions {
  std::string document_name;  // what the document is known by from check to check: its path or URL
  std::string record;         // the check's folder in <archive>/checks, or ""
  std::string worker;         // who checked, "" on one machine
  Scope scope = Scope::whole;
  Look look = Look::usual;
  std::optional<bool> inconclusive;  // told of a run of several documents; else found here
  StandingRules rules;
};

struct Recorded {
  std::int64_t check_id = 0;
  bool inconclusive = false;
  std::vector<TransitionRow> transitions;
  std::vector<std::string>
      confirming;  // URLs that want a second look before they may be called dead
};

class Registry {
 public:
  static Result<Registry> open(const std::string& where);  // a file path or postgresql://…
  ~Registry();
  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;

  // One check, all of it or nothing: outcomes, standings, transitions, next times, and the notices
  // it causes.
  Result<Recorded> record(const Report& report, const RecordOptions& options);
  // Whether so many hosts that answered before fail now that the fault is rather ours.
  Result<bool> is_inconclusive(const Report& report);

  // What a document cites, before or without a check of it. Returns its id.
  Result<std::int64_t> enroll(const Document& document, const std::string& name, Timestamp now);
  // It could not be read: its next time comes an interval later.
  Result<void> put_off(const std::string& document, Timestamp now);
  Result<void> put_off_citation(std::int64_t id, Timestamp until);
  // Everything that is due, for an hour: the fault is ours, and asking all of it again and again
  // would tell nothing more.
  Result<void> put_off_all(Timestamp now);
  // How often a document is looked at; 0: not watched any more. not_found where it is unknown.
  Result<void> set_interval(const std::string& document, std::chrono::hours interval);
  // One citation of it, oftener or more seldom than the rest.
  Result<void> set_interval(const std::string& document, const std::string& citation,
                            std::chrono::hours interval);

  Result<std::vector<DocumentRow>> documents(const DocumentQuery& query = {});  // by name
  Result<std::optional<DocumentRow>> document(const std::string& name);
  Result<std::vector<CitationRow>> citations(const CitationQuery& query);  // as in the document
  Result<std::optional<CitationRow>> citation(std::int64_t id);
  // Each citation with its sources, as a manifest of its own, in the order of `ids`; not_found
  // where the registry does not hold it.
  Result<std::vector<Result<Document>>> citation_documents(const std::vector<std::int64_t>& ids);
  Result<std::vector<TransitionRow>> transitions(const HistoryQuery& query);  // newest first
  Result<std::vector<CheckRow>> checks(const std::string& document, std::size_t limit = 100,
                                       std::size_t offset = 0);  // newest first
  Result<std::optional<CheckRow>> check(std::int64_t id);
  Result<std::vector<TimelineEntry>> timeline(std::int64_t citation_id);  // oldest first
  // What that check found for that citation. Of a link's snapshot only id and sha256 are known
  // here: Archive::find() has the rest.
  Result<std::optional<Verdict>> outcome(std::int64_t citation_id, std::int64_t check_id);
  // Every snapshot that an outcome names, and from when until when each check fetched.
  Result<std::set<std::string>> snapshots_named();
  struct Span {
    Timestamp from, until;
  };
  Result<std::vector<Span>> check_spans();                                       // by beginning
  Result<std::vector<DayRow>> outcomes_by_day(Timestamp from, Timestamp until);  // oldest first
  Result<std::vector<StandingCount>> standings();

  // What to look at now: documents whose own time has come, to be read again …
  Result<std::vector<DocumentRow>> due(Timestamp now, std::size_t limit);
  // … and citations, the longest overdue first, of watched documents.
  Result<std::vector<CitationRow>> due_citations(Timestamp now, std::size_t limit);
  Result<std::optional<Timestamp>> next_due();  // when there will be something
  // Links of other hosts that stood when last looked at, to tell our own outage by.
  Result<std::vector<std::string>> control_urls(std::size_t limit);

  // Due work shared out among workers, host first.
  Result<std::vector<Lease>> lease(const std::string& owner, const LeaseWish& wish, Timestamp now);
  // How many of them are still ours.
  Result<std::size_t> renew(const std::vector<Lease>& leases, Timestamp until);
  // What was found, the release of the hosts and the notices in one transaction; the hosts are
  // given to nobody before `next_at`. Returns how many leases had gone to another: what was found
  // there is kept as history only. What was brought back already, by a call whose answer was lost,
  // is not recorded again. Each document has one report in `results`.
  Result<std::size_t> finish(const std::vector<Lease>& leases,
                             const std::vector<std::pair<Report, RecordOptions>>& results,
                             Timestamp next_at);
  Result<void> give_back(const std::vector<Lease>& leases, Timestamp now);
  // From when on that host may be asked once, `delay` after the last who was given a turn.
  Result<Timestamp> turn(const std::string& host, std::chrono::milliseconds delay, Timestamp now);
  Result<std::vector<WorkerRow>> fleet(Timestamp now);  // by name
  Result<FleetBacklog> backlog(Timestamp now);

  // The outbox. A notice is waiting until mark_sent(); a failed sending waits until `next_try`.
  Result<void> add_reminders(Timestamp now);  // 7, 30 and 90 days after a citation went bad
  Result<std::vector<Notice>> waiting_notices(Timestamp now);
  // Of these, the ones that are ours alone to send until `until`; another worker may have been
  // quicker. Whoever dies with them leaves them to the others from then on.
  Result<std::vector<Notice>> claim(const std::vector<Notice>& notices, Timestamp now,
                                    Timestamp until);
  Result<void> mark_sent(std::int64_t notice, Timestamp now);
  // Where a notice goes more than one way: whether it went that way already.
  Result<bool> is_delivered(std::int64_t notice, const std::string& sink);
  Result<void> mark_delivered(std::int64_t notice, const std::string& sink, Timestamp now);
  Result<void> mark_failed(std::int64_t notice, Timestamp next_try);

 private:
  struct State;
  explicit Registry(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
