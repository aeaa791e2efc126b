#include <algorithm>

#include "base/url.h"
#include "registry/registry.h"
#include "registry/registry_state.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

std::optional<Timestamp> moment_or_none(const SqlRow& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return timestamp_from_stored(row.integer(column));
}

// Each document with its last check. The caller adds conditions and order.
constexpr std::string_view document_columns =
    "SELECT d.id, d.name, d.title, d.sha256, d.added_at, d.next_check, "
    "(SELECT count(*) FROM check_run c WHERE c.document_id = d.id), l.started_at, l.intact, "
    "l.drifted, l.rotten, l.unverifiable "
    "FROM document d LEFT JOIN check_run l ON l.id = "
    "(SELECT c.id FROM check_run c WHERE c.document_id = d.id ORDER BY c.started_at DESC, c.id "
    "DESC LIMIT 1) ";

DocumentRow document_from(const SqlRow& row) {
  DocumentRow document;
  document.id = row.integer(0);
  document.name = row.text(1);
  document.title = row.text(2);
  document.sha256 = row.text(3);
  document.added_at = timestamp_from_stored(row.integer(4));
  document.next_check = timestamp_from_stored(row.integer(5));
  document.checks = row.integer(6);
  document.last_check = moment_or_none(row, 7);
  const auto count = [&](std::size_t column) {
    return static_cast<std::size_t>(row.integer(column));
  };
  document.last = {count(8) + count(9) + count(10) + count(11), count(8), count(9), count(10),
                   count(11)};
  return document;
}

template <class Row>
auto rows_as(const std::vector<SqlRow>& rows, Row make) {
  std::vector<decltype(make(rows.front()))> out;
  out.reserve(rows.size());
  std::transform(rows.begin(), rows.end(), std::back_inserter(out), make);
  return out;
}

}  // namespace

Result<std::vector<DocumentRow>> Registry::documents() {
  return as_result([&] {
    return rows_as(state_->sql.query(std::string(document_columns) + "ORDER BY d.name"),
                   document_from);
  });
}

Result<std::vector<DocumentRow>> Registry::due(Timestamp now, std::size_t limit) {
  return as_result([&] {
    const std::vector<SqlValue> parameters = {to_stored(now), static_cast<std::int64_t>(limit)};
    return rows_as(
        state_->sql.query(
            std::string(document_columns) +
                "WHERE d.id IN (SELECT id FROM document WHERE next_check <= $1 UNION "
                "SELECT document_id FROM citation WHERE next_look <= $1 AND standing <> 'new' "
                "AND last_seen >= (SELECT max(c.finished_at) FROM check_run c WHERE c.document_id "
                "= citation.document_id)) "
                "ORDER BY d.next_check LIMIT $2",
            parameters),
        document_from);
  });
}

Result<std::vector<CitationRow>> Registry::citations(const std::string& document) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT c.id, d.name, c.label, c.title, c.quote, c.urls, c.standing, c.since, c.next_look, "
        "c.last_seen "
        "FROM citation c JOIN document d ON d.id = c.document_id WHERE d.name = $1 ORDER BY c.id",
        {document});
    return rows_as(rows, [](const SqlRow& row) {
      return CitationRow{row.integer(0),
                         row.text(1),
                         row.text(2),
                         row.text(3),
                         row.text(4),
                         row.text(5),
                         standing_kind_from(row.text(6)).value_or(StandingKind::fresh),
                         timestamp_from_stored(row.integer(7)),
                         timestamp_from_stored(row.integer(8)),
                         timestamp_from_stored(row.integer(9))};
    });
  });
}

Result<std::vector<TransitionRow>> Registry::transitions(const HistoryQuery& query) {
  return as_result([&] {
    std::string sql =
        "SELECT t.id, t.check_id, d.name, c.label, c.title, coalesce(l.url, c.urls), "
        "t.from_standing, t.to_standing, t.rule, t.at "
        "FROM transition t JOIN check_run r ON r.id = t.check_id JOIN document d ON d.id = "
        "r.document_id "
        "LEFT JOIN citation c ON c.id = t.citation_id LEFT JOIN link l ON l.id = t.link_id WHERE 1 "
        "= 1";
    std::vector<SqlValue> parameters;
    const auto where = [&](const std::string& condition, SqlValue value) {
      parameters.push_back(std::move(value));
      sql += " AND " + condition + " $" + std::to_string(parameters.size());
    };
    if (!query.document.empty()) where("d.name =", query.document);
    if (!query.citation.empty()) where("c.label =", query.citation);
    if (!query.host.empty()) where("l.host =", query.host);
    if (query.from) where("t.at >=", to_stored(*query.from));
    if (query.until) where("t.at <", to_stored(*query.until));
    parameters.emplace_back(static_cast<std::int64_t>(query.limit));
    sql += " ORDER BY t.at DESC, t.id DESC LIMIT $" + std::to_string(parameters.size());
    return rows_as(state_->sql.query(sql, parameters), [](const SqlRow& row) {
      const std::string urls = row.text(5);
      const std::string url = urls.substr(0, urls.find('\n'));
      const auto parsed = parse_url(url);
      return TransitionRow{row.integer(0),
                           row.integer(1),
                           row.text(2),
                           row.text(3),
                           row.text(4),
                           url,
                           parsed ? parsed->host : "",
                           standing_kind_from(row.text(6)).value_or(StandingKind::fresh),
                           standing_kind_from(row.text(7)).value_or(StandingKind::fresh),
                           row.text(8),
                           timestamp_from_stored(row.integer(9))};
    });
  });
}

Result<std::vector<TimelineEntry>> Registry::timeline(std::int64_t citation_id) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT o.check_id, r.finished_at, o.verdict, o.quote_state, o.reason FROM "
        "citation_outcome o "
        "JOIN check_run r ON r.id = o.check_id WHERE o.citation_id = $1 ORDER BY r.finished_at, "
        "o.check_id",
        {citation_id});
    return rows_as(rows, [](const SqlRow& row) {
      return TimelineEntry{row.integer(0), timestamp_from_stored(row.integer(1)), row.text(2),
                           row.text(3), row.text(4)};
    });
  });
}

std::vector<PassageSpan> passage_spans(const std::vector<TimelineEntry>& timeline) {
  std::vector<PassageSpan> spans;
  std::optional<Timestamp> last_without;
  bool standing = false;
  for (const TimelineEntry& entry : timeline) {
    if (entry.quote_state == "verbatim") {
      if (!standing) spans.push_back({last_without, entry.at, entry.at, std::nullopt});
      spans.back().stood_last = entry.at;
      standing = true;
    } else if (entry.quote_state == "altered" || entry.quote_state == "partial" ||
               entry.quote_state == "absent") {
      // Only a source that was read and lacks the words ends a span; one that did not answer says
      // nothing of them.
      if (standing) spans.back().gone_by = entry.at;
      standing = false;
      last_without = entry.at;
    }
  }
  return spans;
}

Result<void> Registry::add_reminders(Timestamp now) {
  return as_result([&] {
           Sql::Transaction transaction(state_->sql);
           for (const int days : {7, 30, 90}) {
             const std::int64_t before = to_stored(now - std::chrono::hours(24 * days));
             const std::string text = std::to_string(days) + " days";
             state_->sql.run(
                 "INSERT INTO notice (key, citation_id, kind, text, created_at, attempts, "
                 "next_try) "
                 "SELECT 'citation ' || c.id || ' ' || c.standing || ' ' || c.since || ' "
                 "reminder " +
                     text +
                     "', c.id, 'reminder', "
                     "d.name || ', ' || c.label || ': ' || c.standing || ' for " +
                     text +
                     "', $1, 0, $1 "
                     "FROM citation c JOIN document d ON d.id = c.document_id WHERE c.standing IN "
                     "('dead', 'changed') AND c.since <= $2 "
                     "ON CONFLICT (key) DO NOTHING",
                 {to_stored(now), before});
           }
           transaction.commit();
           return true;
         })
      .map([](bool) {});
}

Result<std::vector<Notice>> Registry::waiting_notices(Timestamp now) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT n.id, n.key, n.kind, n.text, d.name, c.label, n.created_at, n.attempts FROM notice "
        "n JOIN citation c ON c.id = n.citation_id "
        "JOIN document d ON d.id = c.document_id WHERE n.sent_at IS NULL AND n.next_try <= $1 "
        "ORDER BY n.id",
        {to_stored(now)});
    return rows_as(rows, [](const SqlRow& row) {
      return Notice{row.integer(0),
                    row.text(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    timestamp_from_stored(row.integer(6)),
                    static_cast<int>(row.integer(7))};
    });
  });
}

Result<void> Registry::mark_sent(std::int64_t notice, Timestamp now) {
  return as_result([&] {
           state_->sql.run(
               "UPDATE notice SET sent_at = $1, attempts = attempts + 1 WHERE id = $2 AND sent_at "
               "IS NULL",
               {to_stored(now), notice});
           return true;
         })
      .map([](bool) {});
}

Result<void> Registry::mark_failed(std::int64_t notice, Timestamp next_try) {
  return as_result([&] {
           state_->sql.run("UPDATE notice SET next_try = $1, attempts = attempts + 1 WHERE id = $2",
                           {to_stored(next_try), notice});
           return true;
         })
      .map([](bool) {});
}

}  // namespace loccit
