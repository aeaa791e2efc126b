// What pages and `history` ask of the registry. Each query is bounded by an index and a limit: the
// page with ten million outcomes behind it must open as quickly as the first one.
#include <algorithm>
#include <map>

#include "manifests/citation_manifest.h"
#include "registry/registry.h"
#include "registry/registry_state.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

std::optional<Timestamp> moment_or_none(const SqlRow& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return timestamp_from_stored(row.integer(column));
}

std::size_t& count_of(Summary& sum, std::string_view verdict) {
  if (verdict == "intact") return sum.intact;
  if (verdict == "drifted") return sum.drifted;
  if (verdict == "rotten") return sum.rotten;
  return sum.unverifiable;
}

void add(Summary& sum, std::string_view verdict, std::int64_t times) {
  const auto n = static_cast<std::size_t>(times);
  sum.citations += n;
  if (!verdict.empty()) count_of(sum, verdict) += n;
}

constexpr std::string_view document_columns =
    "SELECT d.id, d.name, d.title, d.sha256, d.media_type, d.added_at, d.next_check, "
    "d.interval_hours, d.checks, d.last_check FROM document d ";

DocumentRow document_from(const SqlRow& row) {
  DocumentRow document;
  document.id = row.integer(0);
  document.name = row.text(1);
  document.title = row.text(2);
  document.sha256 = row.text(3);
  document.media_type = row.text(4);
  document.added_at = timestamp_from_stored(row.integer(5));
  document.next_check = timestamp_from_stored(row.integer(6));
  document.interval = std::chrono::hours(row.integer(7));
  document.checks = row.integer(8);
  document.last_check = moment_or_none(row, 9);
  return document;
}

constexpr std::string_view citation_columns =
    "SELECT c.id, d.name, c.label, c.title, c.quote, c.urls, c.standing, c.since, c.next_look, "
    "c.last_seen, c.verdict, c.last_check_id, c.present, c.standing_state "
    "FROM citation c JOIN document d ON d.id = c.document_id ";

CitationRow citation_from(const SqlRow& row) {
  return {row.integer(0),
          row.text(1),
          row.text(2),
          row.text(3),
          row.text(4),
          row.text(5),
          standing_kind_from(row.text(6)).value_or(StandingKind::fresh),
          timestamp_from_stored(row.integer(7)),
          timestamp_from_stored(row.integer(8)),
          timestamp_from_stored(row.integer(9)),
          row.text(10),
          row.integer(11),
          from_stored(row.text(13)).confirming,
          row.integer(12) != 0};
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

// A query put together from conditions. Parameters are numbered in the order in which they are
// added.
class Where {
 public:
  // SQLite's LIKE does not mind the case of ASCII letters; PostgreSQL's does.
  explicit Where(const Sql& sql) : like_(sql.is_postgresql() ? " ILIKE " : " LIKE ") {}
  std::string number(SqlValue value) {
    parameters_.push_back(std::move(value));
    return "$" + std::to_string(parameters_.size());
  }
  void add(const std::string& condition) {
    sql_ += (sql_.empty() ? "WHERE " : " AND ") + condition;
  }
  // `term` occurs in one of the columns, in any case; % and _ are letters like others.
  void add_search(const std::vector<std::string>& columns, const std::string& term) {
    std::string pattern = "%";
    for (const char c : term) {
      if (c == '%' || c == '_' || c == '\\') pattern += '\\';
      pattern += c;
    }
    pattern += '%';
    std::string any;
    for (const std::string& column : columns) {
      any += (any.empty() ? "(" : " OR ") + column + like_ + number(pattern) + " ESCAPE '\\'";
    }
    add(any + ")");
  }
  const std::string& sql() const { return sql_; }
  const std::vector<SqlValue>& parameters() const { return parameters_; }
  std::string page(std::size_t limit, std::size_t offset) {
    const std::string count = number(static_cast<std::int64_t>(limit));
    return " LIMIT " + count + " OFFSET " + number(static_cast<std::int64_t>(offset));
  }

 private:
  const char* like_;
  std::string sql_;
  std::vector<SqlValue> parameters_;
};

void add_summaries(Sql& sql, std::vector<DocumentRow>& documents) {
  for (DocumentRow& document : documents) {
    for (const SqlRow& row : sql.query(
             "SELECT verdict, count(*) FROM citation WHERE document_id = $1 AND present = 1 GROUP "
             "BY verdict",
             {document.id})) {
      add(document.last, row.text(0), row.integer(1));
    }
  }
}

}  // namespace

std::vector<CitationRow> due_of_host(Sql& sql, const std::string& host, Timestamp now,
                                     std::size_t limit) {
  return rows_as(sql.query(std::string(citation_columns) +
                               "WHERE c.host = $1 AND c.present = 1 AND c.next_look <= $2 AND "
                               "d.interval_hours > 0 AND c.manifest <> '' ORDER BY c.next_look "
                               "LIMIT $3",
                           {host, to_stored(now), static_cast<std::int64_t>(limit)}),
                 citation_from);
}

Result<std::vector<DocumentRow>> Registry::documents(const DocumentQuery& query) {
  return as_result([&] {
    Where where(state_->sql);
    if (!query.search.empty()) where.add_search({"d.name", "d.title"}, query.search);
    const std::string page = where.page(query.limit, query.offset);
    auto rows = rows_as(
        state_->sql.query(std::string(document_columns) + where.sql() + " ORDER BY d.name" + page,
                          where.parameters()),
        document_from);
    add_summaries(state_->sql, rows);
    return rows;
  });
}

Result<std::optional<DocumentRow>> Registry::document(const std::string& name) {
  return as_result([&]() -> std::optional<DocumentRow> {
    auto rows =
        rows_as(state_->sql.query(std::string(document_columns) + "WHERE d.name = $1", {name}),
                document_from);
    if (rows.empty()) return std::nullopt;
    add_summaries(state_->sql, rows);
    return std::move(rows.front());
  });
}

Result<std::vector<DocumentRow>> Registry::due(Timestamp now, std::size_t limit) {
  return as_result([&] {
    return rows_as(state_->sql.query(std::string(document_columns) +
                                         "WHERE d.next_check <= $1 AND d.interval_hours > 0 ORDER "
                                         "BY d.next_check LIMIT $2",
                                     {to_stored(now), static_cast<std::int64_t>(limit)}),
                   document_from);
  });
}

Result<std::vector<CitationRow>> Registry::citations(const CitationQuery& query) {
  return as_result([&] {
    Where where(state_->sql);
    if (!query.document.empty())
      where.add("c.document_id = (SELECT id FROM document WHERE name = " +
                where.number(query.document) + ")");
    if (!query.search.empty())
      where.add_search({"c.title", "coalesce(c.quote, '')", "c.urls"}, query.search);
    if (query.standing)
      where.add("c.standing = " + where.number(std::string(name(*query.standing))));
    if (!query.verdict.empty()) where.add("c.verdict = " + where.number(query.verdict));
    if (!query.also_gone) where.add("c.present = 1");
    const std::string page = where.page(query.limit, query.offset);
    return rows_as(state_->sql.query(std::string(citation_columns) + where.sql() +
                                         " ORDER BY c.document_id, c.position, c.id" + page,
                                     where.parameters()),
                   citation_from);
  });
}

Result<std::optional<CitationRow>> Registry::citation(std::int64_t id) {
  return as_result([&]() -> std::optional<CitationRow> {
    const auto rows = state_->sql.query(std::string(citation_columns) + "WHERE c.id = $1", {id});
    if (rows.empty()) return std::nullopt;
    return citation_from(rows.front());
  });
}

Result<Document> Registry::citation_document(std::int64_t id) {
  const auto rows = as_result(
      [&] { return state_->sql.query("SELECT manifest FROM citation WHERE id = $1", {id}); });
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty() || rows->front().text(0).empty())
    return fail(FailureKind::not_found, "the registry does not hold that citation's sources");
  return manifest_from_json(rows->front().text(0));
}

Result<std::vector<CitationRow>> Registry::due_citations(Timestamp now, std::size_t limit) {
  return as_result([&] {
    return rows_as(state_->sql.query(std::string(citation_columns) +
                                         "WHERE c.present = 1 AND c.next_look <= $1 AND "
                                         "d.interval_hours > 0 AND c.manifest <> '' ORDER BY "
                                         "c.next_look LIMIT $2",
                                     {to_stored(now), static_cast<std::int64_t>(limit)}),
                   citation_from);
  });
}

Result<std::optional<Timestamp>> Registry::next_due() {
  return as_result([&]() -> std::optional<Timestamp> {
    std::optional<Timestamp> first;
    for (const char* sql : {"SELECT min(next_check) FROM document WHERE interval_hours > 0",
                            "SELECT c.next_look FROM citation c JOIN document d ON d.id = "
                            "c.document_id WHERE c.present = 1 AND d.interval_hours > 0 AND "
                            "c.manifest <> '' ORDER BY c.next_look LIMIT 1"}) {
      const auto rows = state_->sql.query(sql);
      if (rows.empty() || rows[0].is_null(0)) continue;
      const Timestamp at = timestamp_from_stored(rows[0].integer(0));
      first = first ? std::min(*first, at) : at;
    }
    return first;
  });
}

Result<std::vector<std::string>> Registry::control_urls(std::size_t limit) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT min(url), host FROM (SELECT url, host FROM link WHERE standing = 'up' ORDER BY "
        "since DESC LIMIT 100) AS recent GROUP BY host LIMIT $1",
        {static_cast<std::int64_t>(limit)});
    return rows_as(rows, [](const SqlRow& row) { return row.text(0); });
  });
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
