// What pages, `watch` and the workers ask of the present. Each query is bounded by an index and a
// limit: the page with ten million outcomes behind it must open as quickly as the first one.
#include <algorithm>
#include <map>

#include "manifests/citation_manifest.h"
#include "registry/registry.h"
#include "registry/registry_state.h"
#include "registry/sql_rows.h"
#include "registry/sql_where.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

std::optional<Timestamp> moment_or_none(const SqlRow& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return timestamp_from_stored(row.integer(column));
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

constexpr std::string_view citation_select =
    "SELECT c.id, d.name, c.label, c.title, c.quote, c.urls, c.standing, c.since, c.next_look, "
    "c.last_seen, c.verdict, c.last_check_id, c.present, c.standing_state";
const std::string citation_columns =
    std::string(citation_select) + " FROM citation c JOIN document d ON d.id = c.document_id ";

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

std::vector<std::vector<CitationRow>> due_of_hosts(Sql& sql, const std::vector<std::string>& hosts,
                                                   Timestamp now, std::size_t limit) {
  std::vector<std::vector<CitationRow>> due(hosts.size());
  constexpr std::size_t at_once = 16;  // as many columns of one statement as reads well in a log
  for (std::size_t from = 0; from < hosts.size(); from += at_once) {
    std::string all;
    std::vector<SqlValue> values;
    for (std::size_t i = from; i < std::min(from + at_once, hosts.size()); ++i) {
      values.emplace_back(hosts[i]);
      const std::string host = "$" + std::to_string(values.size());
      if (i == from) {  // parameters are numbered in the order in which they are met
        values.emplace_back(to_stored(now));
        values.emplace_back(static_cast<std::int64_t>(limit));
      }
      all += (i == from ? "" : " UNION ALL ") + ("SELECT * FROM (" + std::string(citation_select)) +
             ", " + std::to_string(i) +
             " FROM citation c JOIN document d ON d.id = c.document_id WHERE c.host = " + host +
             " AND c.present = 1 AND c.next_look <= $2 AND d.interval_hours > 0 AND c.manifest <> "
             "'' ORDER BY c.next_look LIMIT $3) AS h" +
             std::to_string(i);
    }
    for (const SqlRow& row : sql.query(all, values))
      due[static_cast<std::size_t>(row.integer(14))].push_back(citation_from(row));
  }
  return due;
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
    return rows_as(state_->sql.query(citation_columns + where.sql() +
                                         " ORDER BY c.document_id, c.position, c.id" + page,
                                     where.parameters()),
                   citation_from);
  });
}

Result<std::optional<CitationRow>> Registry::citation(std::int64_t id) {
  return as_result([&]() -> std::optional<CitationRow> {
    const auto rows = state_->sql.query(citation_columns + "WHERE c.id = $1", {id});
    if (rows.empty()) return std::nullopt;
    return citation_from(rows.front());
  });
}

Result<std::vector<Result<Document>>> Registry::citation_documents(
    const std::vector<std::int64_t>& ids) {
  return as_result([&] {
    std::map<std::int64_t, std::string> manifests;
    for (const SqlRow& row :
         query_keys(state_->sql, "SELECT id, manifest FROM citation WHERE id IN (@KEYS@)",
                    {ids.begin(), ids.end()}))
      manifests[row.integer(0)] = row.text(1);
    std::vector<Result<Document>> documents;
    for (const std::int64_t id : ids) {
      const std::string& manifest = manifests[id];
      if (manifest.empty())
        documents.push_back(
            fail(FailureKind::not_found, "the registry does not hold that citation's sources"));
      else
        documents.push_back(manifest_from_json(manifest));
    }
    return documents;
  });
}

Result<std::vector<CitationRow>> Registry::due_citations(Timestamp now, std::size_t limit) {
  return as_result([&] {
    return rows_as(
        state_->sql.query(citation_columns + "WHERE c.present = 1 AND c.next_look <= $1 AND "
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

}  // namespace loccit
