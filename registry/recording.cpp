#include "registry/recording.h"

#include <algorithm>

#include "base/digest.h"
#include "base/url.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

constexpr std::int64_t day = 86'400'000'000;  // in microseconds
constexpr std::chrono::hours after_own_outage{1};

std::string host_of(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : "";
}

// Looks that were made together would come back together for ever: those more than a day ahead are
// put off by up to a tenth, each by its own share.
Timestamp spread(Timestamp next, Timestamp now, std::int64_t id) {
  const auto ahead = next - now;
  if (ahead <= std::chrono::hours(24)) return next;
  const auto mixed = static_cast<std::uint64_t>(id) * 0x9E3779B97F4A7C15U ^
                     static_cast<std::uint64_t>(to_stored(now) / day) * 0xC2B2AE3D27D4EB4FU;
  return next + ahead * static_cast<std::int64_t>((mixed >> 32U) % 1000) / 10'000;
}

bool answered_before(StandingKind kind) {
  return kind == StandingKind::up || kind == StandingKind::revived ||
         kind == StandingKind::changed || kind == StandingKind::refused;
}

class Recording {
 public:
  Recording(Sql& sql, const Report& report, const RecordOptions& options)
      : sql_(sql),
        report_(report),
        options_(options),
        enrolment_(sql, report.document, options.document_name, report.finished_at) {}

  Recorded run() {
    recorded_.inconclusive =
        options_.inconclusive ? *options_.inconclusive : mostly_our_fault(sql_, report_);
    const Summary sum = summarize(report_);
    store_check(sum);
    for (const Verdict& verdict : report_.verdicts) {
      for (const LinkFinding& link : verdict.links) store_link(link);
    }
    for (std::size_t i = 0; i < report_.verdicts.size() && i < report_.document.citations.size();
         ++i) {
      store_citation(i);
    }
    if (options_.scope == Scope::whole) enrolment_.forget_the_others();
    close_document(sum);
    return std::move(recorded_);
  }

 private:
  std::int64_t now() const { return to_stored(report_.finished_at); }

  void store_check(const Summary& sum) {
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    recorded_.check_id =
        sql_.query(
                "INSERT INTO check_run (document_id, started_at, finished_at, tool, worker, "
                "inconclusive, intact, drifted, rotten, unverifiable, partial, record, late) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
                {enrolment_.document(), to_stored(report_.started_at), now(), report_.tool_version,
                 options_.worker, std::int64_t{recorded_.inconclusive}, count(sum.intact),
                 count(sum.drifted), count(sum.rotten), count(sum.unverifiable),
                 std::int64_t{options_.scope == Scope::part}, options_.record,
                 std::int64_t{options_.late}})
            .at(0)
            .integer(0);
  }

  void count_outcomes(const char* verdict, std::size_t outcomes) {
    if (outcomes == 0) return;
    sql_.run(
        "INSERT INTO day_count (day, verdict, outcomes) VALUES ($1, $2, $3) ON CONFLICT (day, "
        "verdict) DO UPDATE SET outcomes = day_count.outcomes + excluded.outcomes",
        {now() / day * day, std::string(verdict), static_cast<std::int64_t>(outcomes)});
  }

  void store_link(const LinkFinding& link) {
    if (!links_seen_.insert(link.url).second)
      return;  // cited more than once in this check: one look
    const auto row =
        sql_.query(
                "INSERT INTO link (url, host, standing, since, next_look, standing_state) VALUES "
                "($1, $2, 'new', $3, $3, $4) "
                "ON CONFLICT (url) DO UPDATE SET host = excluded.host RETURNING id, standing_state",
                {link.url, host_of(link.url), now(), to_stored(Standing{})})
            .at(0);
    const std::int64_t id = row.integer(0);
    sql_.run(
        "INSERT INTO link_outcome (link_id, check_id, state, status, final_url, error, "
        "snapshot_id, fetched_at, redirects, drift, snapshot_sha256) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {id, recorded_.check_id, std::string(name(link.state)), std::int64_t{link.status},
         link.final_url, link.error ? SqlValue(*link.error) : SqlValue(),
         link.snapshot ? link.snapshot->id : "",
         link.snapshot ? to_stored(link.snapshot->fetched_at) : now(), std::int64_t{link.redirects},
         link.drift == TextDrift::unknown ? "" : std::string(name(link.drift)),
         link.snapshot ? link.snapshot->sha256 : ""});
    if (recorded_.inconclusive || options_.late) return;
    const Step step = advance(from_stored(row.text(1)), observe(link), options_.look,
                              report_.finished_at, options_.rules);
    store_standing("link", id, step.standing);
    if (step.standing.confirming) recorded_.confirming.push_back(link.url);
    if (step.transition) store_transition(*step.transition, "link_id", id, {}, link.url);
  }

  void store_citation(std::size_t index) {
    const Citation& citation = report_.document.citations[index];
    const Verdict& verdict = report_.verdicts[index];
    const EnrolledCitation stored = enrolment_.citation(index);
    if (!citations_seen_.insert(stored.id).second)
      return;  // the document cites the same words twice
    sql_.run(
        "INSERT INTO citation_outcome (citation_id, check_id, verdict, finding_id) VALUES ($1, $2, "
        "$3, $4)",
        {stored.id, recorded_.check_id, std::string(name(verdict.kind)),
         store_finding(stored.id, verdict)});
    if (options_.late) return;
    sql_.run("UPDATE citation SET verdict = $1, last_check_id = $2 WHERE id = $3",
             {std::string(name(verdict.kind)), recorded_.check_id, stored.id});
    if (recorded_.inconclusive) {
      sql_.run("UPDATE citation SET next_look = $1 WHERE id = $2 AND next_look < $1",
               {to_stored(report_.finished_at + after_own_outage), stored.id});
      return;
    }
    StandingRules rules = options_.rules;
    if (enrolment_.interval().count() > 0) rules.interval = enrolment_.interval();
    if (stored.interval.count() > 0) rules.interval = stored.interval;
    const Step step = advance(from_stored(stored.standing_state), observe(verdict), options_.look,
                              report_.finished_at, rules);
    store_standing("citation", stored.id, step.standing);
    if (!step.transition) return;
    const std::string url = verdict.links.empty() ? "" : verdict.links.front().url;
    store_transition(*step.transition, "citation_id", stored.id, citation, url);
    if (step.transition->notify) store_notice(*step.transition, stored.id, citation, verdict);
  }

  // What was found stays the same from check to check as long as the page does: kept once.
  std::int64_t store_finding(std::int64_t citation, const Verdict& verdict) {
    Json urls = Json::array();
    for (const LinkFinding& link : verdict.links) urls.push(link.url);
    const std::string details =
        write_json(Json::object({{"quote", quote_finding_to_json(verdict.quote)}, {"urls", urls}}));
    const std::string digest = to_hex(sha256(verdict.reason + "\x1e" + details)).substr(0, 32);
    // DO UPDATE, since DO NOTHING would return no row.
    return sql_
        .query(
            "INSERT INTO finding (citation_id, digest, quote_state, similarity, reason, details) "
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (citation_id, digest) DO UPDATE SET "
            "digest = excluded.digest RETURNING id",
            {citation, digest, std::string(name(verdict.quote.state)), verdict.quote.similarity,
             verdict.reason, details})
        .at(0)
        .integer(0);
  }

  void store_standing(const std::string& table, std::int64_t id, const Standing& standing) {
    sql_.run(
        "UPDATE " + table +
            " SET standing = $1, since = $2, next_look = $3, standing_state = $4 WHERE id = "
            "$5",
        {std::string(name(standing.kind)), to_stored(standing.since),
         to_stored(spread(standing.next_look, report_.finished_at, id)), to_stored(standing), id});
  }

  void store_transition(const Transition& transition, const std::string& subject, std::int64_t id,
                        const Citation& citation, const std::string& url) {
    const auto row = sql_.query(
        "INSERT INTO transition (" + subject +
            ", check_id, from_standing, to_standing, rule, at, document_id, host) VALUES ($1, "
            "$2, $3, $4, $5, $6, $7, $8) RETURNING id",
        {id, recorded_.check_id, std::string(name(transition.from)),
         std::string(name(transition.to)), transition.rule, now(), enrolment_.document(),
         host_of(url)});
    recorded_.transitions.push_back(
        {row.at(0).integer(0), recorded_.check_id, options_.document_name, citation.id,
         citation.title, citation.id.empty() ? 0 : id, url, host_of(url), transition.from,
         transition.to, transition.rule, report_.finished_at});
  }

  // In the same transaction as the change it tells of: stored once, whatever dies afterwards.
  void store_notice(const Transition& transition, std::int64_t id, const Citation& citation,
                    const Verdict& verdict) {
    const bool good = transition.to == StandingKind::revived || transition.to == StandingKind::up;
    const std::string key =
        "citation " + std::to_string(id) + " " + name(transition.to) + " " + std::to_string(now());
    const std::string text = options_.document_name + ", " + citation.id +
                             (citation.title.empty() ? "" : " (" + citation.title + ")") + ": " +
                             name(transition.from) + " → " + name(transition.to) + ": " +
                             transition.rule + ". " + verdict.reason;
    sql_.run(
        "INSERT INTO notice (key, citation_id, kind, text, created_at, attempts, next_try) VALUES "
        "($1, $2, $3, $4, $5, 0, $5) "
        "ON CONFLICT (key) DO NOTHING",
        {key, id, std::string(good ? "recovery" : "change"), text, now()});
  }

  // Last, since every check of the day wants these rows: they are held for the shortest time.
  void close_document(const Summary& sum) {
    count_outcomes("intact", sum.intact);
    count_outcomes("drifted", sum.drifted);
    count_outcomes("rotten", sum.rotten);
    count_outcomes("unverifiable", sum.unverifiable);
    if (options_.late) return;
    const std::int64_t id = enrolment_.document();
    sql_.run("UPDATE document SET checks = checks + 1, last_check = $1 WHERE id = $2", {now(), id});
    if (options_.scope == Scope::part || recorded_.inconclusive) return;
    const auto interval = std::max(enrolment_.interval(), std::chrono::hours(1));
    sql_.run("UPDATE document SET next_check = $1 WHERE id = $2",
             {to_stored(spread(report_.finished_at + interval, report_.finished_at, id)), id});
  }

  Sql& sql_;
  const Report& report_;
  const RecordOptions& options_;
  Enrolment enrolment_;
  Recorded recorded_;
  std::set<std::string> links_seen_;
  std::set<std::int64_t> citations_seen_;
};

}  // namespace

bool mostly_our_fault(Sql& sql, const Report& report) {
  std::vector<HostOutcome> run;
  std::set<std::string> seen;
  for (const Verdict& verdict : report.verdicts) {
    for (const LinkFinding& link : verdict.links) {
      if (!seen.insert(link.url).second) continue;
      const auto rows = sql.query("SELECT standing FROM link WHERE url = $1", {link.url});
      const auto kind = rows.empty() ? std::nullopt : standing_kind_from(rows[0].text(0));
      run.push_back(
          {host_of(link.url), observe(link), answered_before(kind.value_or(StandingKind::fresh))});
    }
  }
  return inconclusive(run);
}

Recorded write_down(Sql& sql, const Report& report, const RecordOptions& options) {
  return Recording(sql, report, options).run();
}

}  // namespace loccit
