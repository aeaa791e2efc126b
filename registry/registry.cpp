#include "registry/registry.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/url.h"
#include "registry/registry_state.h"
#include "registry/schema.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

std::string host_of(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : "";
}

std::vector<std::string> urls_of(const Document& document, const Citation& citation) {
  std::vector<std::string> urls;
  for (const std::string& id : citation.sources) {
    const auto source = std::find_if(document.sources.begin(), document.sources.end(),
                                     [&](const Source& s) { return s.id == id; });
    if (source != document.sources.end())
      urls.insert(urls.end(), source->urls.begin(), source->urls.end());
  }
  return urls;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

// What a citation is known by from check to check: its words and links, not its number, which
// shifts when the document changes.
std::string fingerprint(const Citation& citation, const std::string& urls) {
  const std::string words = citation.quote
                                ? *citation.quote
                                : "\x1f" + citation.title + "\x1f" + joined(citation.sources);
  return to_hex(sha256(words + "\x1e" + urls)).substr(0, 32);
}

// One check being written down.
class Recording {
 public:
  Recording(Sql& sql, const Report& report, const RecordOptions& options)
      : sql_(sql), report_(report), options_(options) {}

  Recorded run() {
    const std::int64_t document = store_document();
    recorded_.inconclusive = is_inconclusive();
    recorded_.check_id = store_check(document);
    for (const Verdict& verdict : report_.verdicts) {
      for (const LinkFinding& link : verdict.links) store_link(link);
    }
    for (std::size_t i = 0; i < report_.verdicts.size() && i < report_.document.citations.size();
         ++i) {
      store_citation(document, report_.document.citations[i], report_.verdicts[i]);
    }
    return std::move(recorded_);
  }

 private:
  std::int64_t now() const { return to_stored(report_.finished_at); }

  std::int64_t store_document() {
    const DocumentInfo& info = report_.document.info;
    const std::int64_t interval = options_.interval.count();
    const std::int64_t next = to_stored(report_.finished_at + options_.interval);
    return sql_
        .query(
            "INSERT INTO document (name, title, sha256, media_type, added_at, interval_hours, "
            "next_check) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET title = "
            "excluded.title, sha256 = excluded.sha256, "
            "media_type = excluded.media_type, interval_hours = excluded.interval_hours, "
            "next_check = excluded.next_check RETURNING id",
            {options_.document_name, info.title, info.sha256, info.media_type, now(), interval,
             next})
        .at(0)
        .integer(0);
  }

  bool is_inconclusive() const {
    std::vector<HostOutcome> run;
    for (const Verdict& verdict : report_.verdicts) {
      for (const LinkFinding& link : verdict.links)
        run.push_back({host_of(link.url), observe(link)});
    }
    return inconclusive(run);
  }

  std::int64_t store_check(std::int64_t document) {
    const Summary sum = summarize(report_);
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    return sql_
        .query(
            "INSERT INTO check_run (document_id, started_at, finished_at, tool, worker, "
            "inconclusive, intact, drifted, rotten, unverifiable) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            {document, to_stored(report_.started_at), now(), report_.tool_version, options_.worker,
             std::int64_t{recorded_.inconclusive}, count(sum.intact), count(sum.drifted),
             count(sum.rotten), count(sum.unverifiable)})
        .at(0)
        .integer(0);
  }

  void store_link(const LinkFinding& link) {
    const auto row =
        sql_.query(
                "INSERT INTO link (url, host, standing, since, next_look, standing_state) VALUES "
                "($1, $2, 'new', $3, $3, $4) "
                "ON CONFLICT (url) DO UPDATE SET host = excluded.host RETURNING id, standing_state",
                {link.url, host_of(link.url), now(), to_stored(Standing{})})
            .at(0);
    const std::int64_t id = row.integer(0);
    if (!links_seen_.emplace(link.url, id).second)
      return;  // cited more than once in this check: one look
    sql_.run(
        "INSERT INTO link_outcome (link_id, check_id, state, status, final_url, error, "
        "snapshot_id, fetched_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {id, recorded_.check_id, std::string(name(link.state)), std::int64_t{link.status},
         link.final_url, link.error.value_or(""), link.snapshot ? link.snapshot->id : "",
         link.snapshot ? to_stored(link.snapshot->fetched_at) : now()});
    if (recorded_.inconclusive) return;
    const Step step = advance(from_stored(row.text(1)), observe(link), options_.look,
                              report_.finished_at, options_.rules);
    sql_.run(
        "UPDATE link SET standing = $1, since = $2, next_look = $3, standing_state = $4 WHERE id = "
        "$5",
        {std::string(name(step.standing.kind)), to_stored(step.standing.since),
         to_stored(step.standing.next_look), to_stored(step.standing), id});
    if (step.standing.confirming) recorded_.confirming.push_back(link.url);
    if (step.transition) store_transition(*step.transition, "link_id", id, {}, link.url);
  }

  void store_citation(std::int64_t document, const Citation& citation, const Verdict& verdict) {
    const std::string urls = joined(urls_of(report_.document, citation));
    const SqlValue quote = citation.quote ? SqlValue(*citation.quote) : SqlValue();
    const auto row = sql_.query(
                             "INSERT INTO citation (document_id, fingerprint, label, title, quote, "
                             "urls, standing, since, next_look, standing_state, "
                             "first_seen, last_seen) VALUES ($1, $2, $3, $4, $5, $6, 'new', $7, "
                             "$7, $8, $7, $7) ON CONFLICT (document_id, fingerprint) "
                             "DO UPDATE SET label = excluded.label, title = excluded.title, "
                             "last_seen = excluded.last_seen RETURNING id, standing_state",
                             {document, fingerprint(citation, urls), citation.id, citation.title,
                              quote, urls, now(), to_stored(Standing{})})
                         .at(0);
    const std::int64_t id = row.integer(0);
    if (!citations_seen_.emplace(id, true).second)
      return;  // the document cites the same words twice
    sql_.run(
        "INSERT INTO citation_outcome (citation_id, check_id, verdict, quote_state, similarity, "
        "reason) VALUES ($1, $2, $3, $4, $5, $6)",
        {id, recorded_.check_id, std::string(name(verdict.kind)),
         std::string(name(verdict.quote.state)), verdict.quote.similarity, verdict.reason});
    if (recorded_.inconclusive) return;
    const Step step = advance(from_stored(row.text(1)), observe(verdict), options_.look,
                              report_.finished_at, options_.rules);
    sql_.run(
        "UPDATE citation SET standing = $1, since = $2, next_look = $3, standing_state = $4 WHERE "
        "id = $5",
        {std::string(name(step.standing.kind)), to_stored(step.standing.since),
         to_stored(step.standing.next_look), to_stored(step.standing), id});
    if (!step.transition) return;
    const std::string first_url = urls.substr(0, urls.find('\n'));
    store_transition(*step.transition, "citation_id", id, citation, first_url);
    if (step.transition->notify) store_notice(*step.transition, id, citation, verdict);
  }

  void store_transition(const Transition& transition, const std::string& subject, std::int64_t id,
                        const Citation& citation, const std::string& url) {
    const auto row = sql_.query("INSERT INTO transition (" + subject +
                                    ", check_id, from_standing, to_standing, rule, at) VALUES ($1, "
                                    "$2, $3, $4, $5, $6) RETURNING id",
                                {id, recorded_.check_id, std::string(name(transition.from)),
                                 std::string(name(transition.to)), transition.rule, now()});
    recorded_.transitions.push_back({row.at(0).integer(0), recorded_.check_id,
                                     options_.document_name, citation.id, citation.title, url,
                                     host_of(url), transition.from, transition.to, transition.rule,
                                     report_.finished_at});
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

  Sql& sql_;
  const Report& report_;
  const RecordOptions& options_;
  Recorded recorded_;
  std::map<std::string, std::int64_t> links_seen_;
  std::map<std::int64_t, bool> citations_seen_;
};

}  // namespace

Registry::Registry(std::unique_ptr<State> state) : state_(std::move(state)) {}
Registry::~Registry() = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;

Result<Registry> Registry::open(const std::string& where) {
  return as_result([&] {
    Sql sql = Sql::open(where);
    migrate(sql);
    return Registry(std::make_unique<State>(State{std::move(sql)}));
  });
}

Result<Recorded> Registry::record(const Report& report, const RecordOptions& options) {
  return as_result([&] {
    Sql::Transaction transaction(state_->sql);
    Recorded recorded = Recording(state_->sql, report, options).run();
    transaction.commit();
    return recorded;
  });
}

}  // namespace loccit
