// What pages and `history` ask of the past. Each query is bounded by an index and a limit.
#include "registry/registry.h"
#include "registry/registry_state.h"
#include "registry/sql_where.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

std::size_t& count_of(Summary& sum, std::string_view verdict) {
  if (verdict == "intact") return sum.intact;
  if (verdict == "drifted") return sum.drifted;
  if (verdict == "rotten") return sum.rotten;
  return sum.unverifiable;
}

constexpr std::string_view check_columns =
    "SELECT r.id, d.name, r.started_at, r.finished_at, r.tool, r.worker, r.record, "
    "r.inconclusive, r.partial, r.late, r.intact, r.drifted, r.rotten, r.unverifiable "
    "FROM check_run r JOIN document d ON d.id = r.document_id ";

CheckRow check_from(const SqlRow& row) {
  const auto count = [&](std::size_t column) {
    return static_cast<std::size_t>(row.integer(column));
  };
  return {
      row.integer(0),
      row.text(1),
      timestamp_from_stored(row.integer(2)),
      timestamp_from_stored(row.integer(3)),
      row.text(4),
      row.text(5),
      row.text(6),
      row.integer(7) != 0,
      row.integer(8) != 0,
      row.integer(9) != 0,
      {count(10) + count(11) + count(12) + count(13), count(10), count(11), count(12), count(13)}};
}

TransitionRow transition_from(const SqlRow& row) {
  const std::string urls = row.text(6);
  return {row.integer(0),
          row.integer(1),
          row.text(2),
          row.text(3),
          row.text(4),
          row.integer(5),
          urls.substr(0, urls.find('\n')),
          row.text(7),
          standing_kind_from(row.text(8)).value_or(StandingKind::fresh),
          standing_kind_from(row.text(9)).value_or(StandingKind::fresh),
          row.text(10),
          timestamp_from_stored(row.integer(11))};
}

}  // namespace

void add(Summary& sum, std::string_view verdict, std::int64_t times) {
  const auto n = static_cast<std::size_t>(times);
  sum.citations += n;
  if (!verdict.empty()) count_of(sum, verdict) += n;
}

Result<std::vector<TransitionRow>> Registry::transitions(const HistoryQuery& query) {
  return as_result([&] {
    Where where(state_->sql);
    if (!query.document.empty())
      where.add("t.document_id = (SELECT id FROM document WHERE name = " +
                where.number(query.document) + ")");
    if (!query.citation.empty()) where.add("c.label = " + where.number(query.citation));
    if (!query.host.empty()) where.add("t.host = " + where.number(query.host));
    if (query.from) where.add("t.at >= " + where.number(to_stored(*query.from)));
    if (query.until) where.add("t.at < " + where.number(to_stored(*query.until)));
    const std::string page = where.page(query.limit, 0);
    return rows_as(
        state_->sql.query(
            "SELECT t.id, t.check_id, d.name, c.label, c.title, c.id, coalesce(l.url, c.urls), "
            "t.host, t.from_standing, t.to_standing, t.rule, t.at FROM transition t JOIN document "
            "d ON d.id = t.document_id LEFT JOIN citation c ON c.id = t.citation_id LEFT JOIN link "
            "l ON l.id = t.link_id " +
                where.sql() + " ORDER BY t.at DESC, t.id DESC" + page,
            where.parameters()),
        transition_from);
  });
}

Result<std::vector<CheckRow>> Registry::checks(const std::string& document, std::size_t limit,
                                               std::size_t offset) {
  return as_result([&] {
    Where where(state_->sql);
    if (!document.empty())
      where.add("r.document_id = (SELECT id FROM document WHERE name = " + where.number(document) +
                ")");
    const std::string page = where.page(limit, offset);
    return rows_as(
        state_->sql.query(std::string(check_columns) + where.sql() +
                              (document.empty() ? " ORDER BY r.started_at DESC"
                                                : " ORDER BY r.document_id, r.started_at DESC") +
                              page,
                          where.parameters()),
        check_from);
  });
}

Result<std::optional<CheckRow>> Registry::check(std::int64_t id) {
  return as_result([&]() -> std::optional<CheckRow> {
    const auto rows = state_->sql.query(std::string(check_columns) + "WHERE r.id = $1", {id});
    if (rows.empty()) return std::nullopt;
    return check_from(rows.front());
  });
}

Result<std::vector<TimelineEntry>> Registry::timeline(std::int64_t citation_id) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT o.check_id, r.finished_at, o.verdict, f.quote_state, f.reason FROM "
        "citation_outcome o JOIN check_run r ON r.id = o.check_id JOIN finding f ON f.id = "
        "o.finding_id WHERE o.citation_id = $1 ORDER BY r.finished_at, o.check_id",
        {citation_id});
    return rows_as(rows, [](const SqlRow& row) {
      return TimelineEntry{row.integer(0), timestamp_from_stored(row.integer(1)), row.text(2),
                           row.text(3), row.text(4)};
    });
  });
}

Result<std::set<std::string>> Registry::snapshots_named() {
  return as_result([&] {
    std::set<std::string> named;
    for (const SqlRow& row :
         state_->sql.query("SELECT DISTINCT snapshot_id FROM link_outcome WHERE snapshot_id <> ''"))
      named.insert(row.text(0));
    return named;
  });
}

Result<std::vector<Registry::Span>> Registry::check_spans() {
  return as_result([&] {
    return rows_as(
        state_->sql.query("SELECT started_at, finished_at FROM check_run ORDER BY started_at"),
        [](const SqlRow& row) {
          return Span{timestamp_from_stored(row.integer(0)), timestamp_from_stored(row.integer(1))};
        });
  });
}

Result<std::vector<DayRow>> Registry::outcomes_by_day(Timestamp from, Timestamp until) {
  return as_result([&] {
    std::vector<DayRow> days;
    for (const SqlRow& row : state_->sql.query(
             "SELECT day, verdict, outcomes FROM day_count WHERE day >= $1 AND day < $2 ORDER BY "
             "day",
             {to_stored(from), to_stored(until)})) {
      const Timestamp day = timestamp_from_stored(row.integer(0));
      if (days.empty() || days.back().day != day) days.push_back({day, {}});
      add(days.back().outcomes, row.text(1), row.integer(2));
    }
    return days;
  });
}

Result<std::vector<StandingCount>> Registry::standings() {
  return as_result([&] {
    return rows_as(state_->sql.query("SELECT standing, count(*) FROM citation WHERE present = 1 "
                                     "GROUP BY standing ORDER BY standing"),
                   [](const SqlRow& row) {
                     return StandingCount{
                         standing_kind_from(row.text(0)).value_or(StandingKind::fresh),
                         row.integer(1)};
                   });
  });
}

}  // namespace loccit
