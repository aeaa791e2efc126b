#include "registry/recording.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

#include "registry/sql_rows.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

constexpr std::int64_t day = 86'400'000'000;  // in microseconds

// Looks that were made together would come back together for ever: those more than a day ahead are
// put off by up to a tenth, each by its own share.
Timestamp spread(Timestamp next, Timestamp now, std::int64_t id) {
  const auto ahead = next - now;
  if (ahead <= std::chrono::hours(24)) return next;
  const auto mixed = static_cast<std::uint64_t>(id) * 0x9E3779B97F4A7C15U ^
                     static_cast<std::uint64_t>(to_stored(now) / day) * 0xC2B2AE3D27D4EB4FU;
  return next + ahead * static_cast<std::int64_t>((mixed >> 32U) % 1000) / 10'000;
}

struct Check {
  const CheckPart& part;
  EnrolledDocument document;
  Summary sum;
  Recorded recorded;

  const Report& report() const { return *part.report; }
  const RecordOptions& options() const { return *part.options; }
  std::int64_t now() const { return to_stored(part.report->finished_at); }
  bool counts() const { return !part.late && !recorded.inconclusive; }
};

struct LookedAt {
  Check* check = nullptr;
  std::size_t verdict = 0;  // of its report
  EnrolledCitation citation;
};

class Recording {
 public:
  Recording(Sql& sql, const std::vector<CheckPart>& parts) : sql_(sql) {
    checks_.reserve(parts.size());
    for (const CheckPart& part : parts) checks_.push_back({part, {}, summary_of(part), {}});
  }

  std::vector<Recorded> run() {
    for (Check& check : checks_) {
      const auto& told = check.options().inconclusive;
      check.recorded.inconclusive = told ? *told : mostly_our_fault(sql_, check.report());
    }
    find_documents();
    store_checks();
    store_links();
    store_citations();
    store_transitions();
    notices_.run(sql_,
                 "INSERT INTO notice (key, citation_id, kind, text, created_at, attempts, "
                 "next_try) VALUES @ROWS@ ON CONFLICT (key) DO NOTHING");
    count_outcomes();
    close_documents();
    std::vector<Recorded> recorded;
    for (Check& check : checks_) recorded.push_back(std::move(check.recorded));
    return recorded;
  }

 private:
  static Summary summary_of(const CheckPart& part) {
    Report some;
    for (const std::size_t i : part.verdicts) some.verdicts.push_back(part.report->verdicts[i]);
    return summarize(some);
  }

  void find_documents() {
    std::map<std::string, EnrolledDocument> found;
    std::vector<SqlValue> names;
    for (const Check& check : checks_)
      if (check.options().scope == Scope::part) names.emplace_back(check.options().document_name);
    for (const SqlRow& row : query_keys(
             sql_, "SELECT name, id, interval_hours FROM document WHERE name IN (@KEYS@)", names))
      found[row.text(0)] = {row.integer(1), std::chrono::hours(row.integer(2))};
    for (Check& check : checks_) {
      const std::string& name = check.options().document_name;
      const auto known = found.find(name);
      check.document = known != found.end() ? known->second
                                            : enroll_document(sql_, check.report().document, name,
                                                              check.report().finished_at);
      found[name] = check.document;
    }
  }

  void store_checks() {
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    SqlRows rows({"BIGINT", "BIGINT", "BIGINT", "TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT",
                  "BIGINT", "BIGINT", "BIGINT", "TEXT", "BIGINT"});
    std::map<std::pair<std::int64_t, bool>, Check*> by_key;  // a document is checked once a batch
    for (Check& check : checks_) {
      const RecordOptions& options = check.options();
      rows.add({check.document.id, to_stored(check.report().started_at), check.now(),
                check.report().tool_version, options.worker,
                std::int64_t{check.recorded.inconclusive}, count(check.sum.intact),
                count(check.sum.drifted), count(check.sum.rotten), count(check.sum.unverifiable),
                std::int64_t{options.scope == Scope::part}, options.record,
                std::int64_t{check.part.late}});
      if (!by_key.emplace(std::pair(check.document.id, check.part.late), &check).second)
        throw std::logic_error("one document twice in one batch of checks");
    }
    for (const SqlRow& row :
         rows.run(sql_,
                  "INSERT INTO check_run (document_id, started_at, finished_at, tool, worker, "
                  "inconclusive, intact, drifted, rotten, unverifiable, partial, record, late) "
                  "VALUES @ROWS@ RETURNING id, document_id, late")) {
      by_key.at({row.integer(1), row.integer(2) != 0})->recorded.check_id = row.integer(0);
    }
  }

  void store_links() {
    std::map<std::string, Timestamp> asked;
    for (const Check& check : checks_) {
      for (const std::size_t i : check.part.verdicts)
        for (const LinkFinding& link : check.report().verdicts[i].links)
          asked.emplace(link.url, check.report().finished_at);
    }
    std::map<std::string, EnrolledLink> links = enroll_links(sql_, asked);
    SqlRows outcomes({"BIGINT", "BIGINT", "TEXT", "BIGINT", "TEXT", "TEXT", "TEXT", "BIGINT",
                      "BIGINT", "TEXT", "TEXT"});
    std::map<std::int64_t, std::pair<Standing, Timestamp>> moved;
    for (Check& check : checks_) {
      std::set<std::string> seen;  // cited more than once in this check: one look
      for (const std::size_t i : check.part.verdicts) {
        for (const LinkFinding& link : check.report().verdicts[i].links) {
          if (!seen.insert(link.url).second) continue;
          EnrolledLink& stored = links.at(link.url);
          add_outcome(outcomes, stored.id, check, link);
          if (!check.counts()) continue;
          const Timestamp now = check.report().finished_at;
          Step step = advance(stored.standing, observe(link), check.options().look, now,
                              check.options().rules);
          stored.standing = step.standing;
          moved[stored.id] = {step.standing, now};
          if (step.standing.confirming) check.recorded.confirming.push_back(link.url);
          if (step.transition) note_transition(check, *step.transition, 0, stored.id, {}, link.url);
        }
      }
    }
    outcomes.run(sql_,
                 "INSERT INTO link_outcome (link_id, check_id, state, status, final_url, error, "
                 "snapshot_id, fetched_at, redirects, drift, snapshot_sha256) VALUES @ROWS@");
    SqlRows standings({"BIGINT", "TEXT", "BIGINT", "BIGINT", "TEXT"});
    for (const auto& [id, state] : moved) {
      const auto& [standing, now] = state;
      standings.add({id, std::string(name(standing.kind)), to_stored(standing.since),
                     to_stored(spread(standing.next_look, now, id)), to_stored(standing)});
    }
    standings.run(sql_,
                  "UPDATE link SET standing = moved.column2, since = moved.column3, next_look = "
                  "moved.column4, standing_state = moved.column5 FROM (VALUES @ROWS@) AS moved "
                  "WHERE link.id = moved.column1");
  }

  static void add_outcome(SqlRows& outcomes, std::int64_t id, const Check& check,
                          const LinkFinding& link) {
    outcomes.add({id, check.recorded.check_id, std::string(name(link.state)),
                  std::int64_t{link.status}, link.final_url,
                  link.error ? SqlValue(*link.error) : SqlValue(),
                  link.snapshot ? link.snapshot->id : "",
                  link.snapshot ? to_stored(link.snapshot->fetched_at) : check.now(),
                  std::int64_t{link.redirects},
                  link.drift == TextDrift::unknown ? "" : std::string(name(link.drift)),
                  link.snapshot ? link.snapshot->sha256 : ""});
  }

  void store_citations() {
    const std::vector<LookedAt> all = enroll();
    std::vector<FindingToKeep> found;
    for (const LookedAt& one : all)
      found.push_back({one.citation.id, &one.check->report().verdicts[one.verdict]});
    const std::vector<std::int64_t> findings = keep_findings(sql_, found);
    SqlRows outcomes({"BIGINT", "BIGINT", "TEXT", "BIGINT"});
    SqlRows seen({"BIGINT", "TEXT", "BIGINT", "BIGINT", "TEXT", "BIGINT", "BIGINT", "TEXT"});
    for (std::size_t i = 0; i < all.size(); ++i) {
      Check& check = *all[i].check;
      const std::int64_t id = all[i].citation.id;
      const std::string verdict = name(found[i].verdict->kind);
      outcomes.add({id, check.recorded.check_id, verdict, findings[i]});
      if (check.part.late) continue;
      if (check.counts()) {
        const Timestamp now = check.report().finished_at;
        const Standing standing = next_standing(all[i], *found[i].verdict);
        seen.add({id, verdict, check.recorded.check_id, SqlValue(),
                  std::string(name(standing.kind)), to_stored(standing.since),
                  to_stored(spread(standing.next_look, now, id)), to_stored(standing)});
      } else {
        seen.add({id, verdict, check.recorded.check_id,
                  to_stored(check.report().finished_at + after_own_outage), SqlValue(), SqlValue(),
                  SqlValue(), SqlValue()});
      }
    }
    outcomes.run(sql_,
                 "INSERT INTO citation_outcome (citation_id, check_id, verdict, finding_id) VALUES "
                 "@ROWS@");
    seen.run(sql_,
             "UPDATE citation SET verdict = seen.column2, last_check_id = seen.column3, standing = "
             "coalesce(seen.column5, standing), since = coalesce(seen.column6, since), next_look = "
             "coalesce(seen.column7, CASE WHEN next_look < seen.column4 THEN seen.column4 END, "
             "next_look), standing_state = coalesce(seen.column8, standing_state) FROM (VALUES "
             "@ROWS@) AS seen WHERE citation.id = seen.column1");
  }

  // Every citation once a check, also where a document cites the same words twice.
  std::vector<LookedAt> enroll() {
    std::vector<LookedAt> findings;
    for (const Scope scope : {Scope::whole, Scope::part}) {
      std::vector<CitationToEnroll> them;
      std::vector<LookedAt> of_them;
      for (Check& check : checks_) {
        if (check.options().scope != scope) continue;
        for (const std::size_t i : check.part.verdicts) {
          them.push_back(
              {check.document.id, &check.report().document, i, check.report().finished_at});
          of_them.push_back({&check, i, {}});
        }
      }
      const std::vector<EnrolledCitation> enrolled = enroll_citations(sql_, them, scope);
      std::set<std::pair<std::int64_t, std::int64_t>> seen;
      for (std::size_t i = 0; i < of_them.size(); ++i) {
        if (!seen.emplace(of_them[i].check->recorded.check_id, enrolled[i].id).second) continue;
        of_them[i].citation = enrolled[i];
        findings.push_back(of_them[i]);
      }
    }
    for (Check& check : checks_) {
      if (check.options().scope != Scope::whole) continue;
      std::set<std::int64_t> present;
      for (const LookedAt& found : findings)
        if (found.check == &check) present.insert(found.citation.id);
      forget_the_others(sql_, check.document.id, present);
    }
    return findings;
  }

  Standing next_standing(const LookedAt& one, const Verdict& verdict) {
    Check& check = *one.check;
    StandingRules rules = check.options().rules;
    if (check.document.interval.count() > 0) rules.interval = check.document.interval;
    if (one.citation.interval.count() > 0) rules.interval = one.citation.interval;
    const Step step = advance(from_stored(one.citation.standing_state), observe(verdict),
                              check.options().look, check.report().finished_at, rules);
    if (step.transition) {
      const Citation& citation = check.report().document.citations[one.verdict];
      const std::string url = verdict.links.empty() ? "" : verdict.links.front().url;
      note_transition(check, *step.transition, one.citation.id, 0, citation, url);
      if (step.transition->notify)
        add_notice(check, *step.transition, one.citation.id, citation, verdict);
    }
    return step.standing;
  }

  void note_transition(Check& check, const Transition& transition, std::int64_t citation_id,
                       std::int64_t link_id, const Citation& citation, const std::string& url) {
    transitions_.add({citation_id == 0 ? SqlValue() : citation_id,
                      link_id == 0 ? SqlValue() : link_id, check.recorded.check_id,
                      std::string(name(transition.from)), std::string(name(transition.to)),
                      transition.rule, check.now(), check.document.id, host_of(url)});
    transition_of_.emplace(std::tuple(check.recorded.check_id, citation_id, link_id),
                           std::pair(&check, check.recorded.transitions.size()));
    check.recorded.transitions.push_back({0, check.recorded.check_id, check.options().document_name,
                                          citation.id, citation.title, citation_id, url,
                                          host_of(url), transition.from, transition.to,
                                          transition.rule, check.report().finished_at});
  }

  void store_transitions() {
    for (const SqlRow& row : transitions_.run(
             sql_,
             "INSERT INTO transition (citation_id, link_id, check_id, from_standing, to_standing, "
             "rule, at, document_id, host) VALUES @ROWS@ RETURNING id, check_id, citation_id, "
             "link_id")) {
      const auto& [check, at] =
          transition_of_.at(std::tuple(row.integer(1), row.integer(2), row.integer(3)));
      check->recorded.transitions[at].id = row.integer(0);
    }
  }

  // In the same transaction as the change it tells of: stored once, whatever dies afterwards.
  void add_notice(const Check& check, const Transition& transition, std::int64_t id,
                  const Citation& citation, const Verdict& verdict) {
    const bool good = transition.to == StandingKind::revived || transition.to == StandingKind::up;
    const std::string key = "citation " + std::to_string(id) + " " + name(transition.to) + " " +
                            std::to_string(check.now());
    const std::string text = check.options().document_name + ", " + citation.id +
                             (citation.title.empty() ? "" : " (" + citation.title + ")") + ": " +
                             name(transition.from) + " → " + name(transition.to) + ": " +
                             transition.rule + ". " + verdict.reason;
    notices_.add({key, id, std::string(good ? "recovery" : "change"), text, check.now(),
                  std::int64_t{0}, check.now()});
  }

  // The last two, since every check of the day wants these rows: they are held for the shortest
  // time.
  void count_outcomes() {
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> counts;
    for (const Check& check : checks_) {
      if (check.part.late) continue;
      for (const std::size_t i : check.part.verdicts)
        ++counts[{check.now() / day * day, name(check.report().verdicts[i].kind)}];
    }
    SqlRows rows({"BIGINT", "TEXT", "BIGINT"});
    for (const auto& [key, count] : counts) rows.add({key.first, key.second, count});
    rows.run(sql_,
             "INSERT INTO day_count (day, verdict, outcomes) VALUES @ROWS@ ON CONFLICT (day, "
             "verdict) DO UPDATE SET outcomes = day_count.outcomes + excluded.outcomes");
  }

  void close_documents() {
    std::map<std::int64_t, std::vector<SqlValue>> closed;
    for (const Check& check : checks_) {
      if (check.part.late) continue;
      const std::int64_t id = check.document.id;
      const Timestamp now = check.report().finished_at;
      const auto interval = std::max(check.document.interval, std::chrono::hours(1));
      const bool next = check.options().scope == Scope::whole && !check.recorded.inconclusive;
      closed[id] = {id, check.now(),
                    next ? SqlValue(to_stored(spread(now + interval, now, id))) : SqlValue()};
    }
    SqlRows rows({"BIGINT", "BIGINT", "BIGINT"});
    for (auto& [id, row] : closed) rows.add(std::move(row));
    rows.run(sql_,
             "UPDATE document SET checks = checks + 1, last_check = closed.column2, next_check = "
             "coalesce(closed.column3, next_check) FROM (VALUES @ROWS@) AS closed WHERE "
             "document.id = closed.column1");
  }

  Sql& sql_;
  std::vector<Check> checks_;
  SqlRows transitions_{
      {"BIGINT", "BIGINT", "BIGINT", "TEXT", "TEXT", "TEXT", "BIGINT", "BIGINT", "TEXT"}};
  std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, std::pair<Check*, std::size_t>>
      transition_of_;  // by check, citation and link
  SqlRows notices_{{"TEXT", "BIGINT", "TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT"}};
};

}  // namespace

std::vector<Recorded> write_down(Sql& sql, const std::vector<CheckPart>& parts) {
  return Recording(sql, parts).run();
}

}  // namespace loccit
