#include "checks/history.h"

#include <algorithm>

namespace loccit {
namespace {

Json moment(const std::optional<Timestamp>& time) {
  return time ? Json(to_iso8601(*time)) : Json();
}

Json document_to_json(const DocumentRow& row) {
  const auto count = [](std::size_t n) { return Json(static_cast<std::int64_t>(n)); };
  return Json::object(
      {{"name", row.name},
       {"title", row.title},
       {"sha256", row.sha256},
       {"checks", row.checks},
       {"last_check", moment(row.last_check)},
       {"next_check", to_iso8601(row.next_check)},
       {"summary", Json::object({{"citations", count(row.last.citations)},
                                 {"intact", count(row.last.intact)},
                                 {"drifted", count(row.last.drifted)},
                                 {"rotten", count(row.last.rotten)},
                                 {"unverifiable", count(row.last.unverifiable)}})}});
}

Json transition_to_json(const TransitionRow& row) {
  return Json::object({{"at", to_iso8601(row.at)},
                       {"document", row.document},
                       {"citation", row.citation.empty() ? Json() : Json(row.citation)},
                       {"title", row.citation_title},
                       {"url", row.url},
                       {"from", name(row.from)},
                       {"to", name(row.to)},
                       {"rule", row.rule},
                       {"check", row.check_id}});
}

Json citation_to_json(const CitationHistory& history) {
  Json spans = Json::array();
  for (const PassageSpan& span : history.spans) {
    spans.push(Json::object({{"not_before", moment(span.not_before)},
                             {"stood_first", to_iso8601(span.stood_first)},
                             {"stood_last", to_iso8601(span.stood_last)},
                             {"gone_by", moment(span.gone_by)}}));
  }
  Json checks = Json::array();
  for (const TimelineEntry& entry : history.timeline) {
    checks.push(Json::object({{"at", to_iso8601(entry.at)},
                              {"check", entry.check_id},
                              {"verdict", entry.verdict},
                              {"quote_state", entry.quote_state},
                              {"reason", entry.reason}}));
  }
  return Json::object({{"id", history.citation.label},
                       {"title", history.citation.title},
                       {"standing", name(history.citation.standing)},
                       {"since", to_iso8601(history.citation.since)},
                       {"next_look", to_iso8601(history.citation.next_look)},
                       {"stood", std::move(spans)},
                       {"checks", std::move(checks)}});
}

std::string day(Timestamp time) { return to_iso8601(time).substr(0, 10); }

std::string words_of(const PassageSpan& span) {
  std::string words = "stood on " + day(span.stood_first);
  if (day(span.stood_last) != day(span.stood_first))
    words += " and still on " + day(span.stood_last);
  if (span.not_before) words = "not on " + day(*span.not_before) + ", " + words;
  return words + (span.gone_by ? ", gone on " + day(*span.gone_by) : "");
}

}  // namespace

Result<History> read_history(Registry& registry, const HistoryQuery& query) {
  History history;
  if (query.document.empty()) {
    auto documents = registry.documents();
    if (!documents) return tl::unexpected(documents.error());
    history.documents = std::move(*documents);
  } else {
    auto document = registry.document(query.document);
    if (!document) return tl::unexpected(document.error());
    if (!*document) {
      return fail(FailureKind::not_found,
                  "no check of " + query.document + " is recorded; run `loccit check` on it first");
    }
    history.documents = {std::move(**document)};
  }
  auto transitions = registry.transitions(query);
  if (!transitions) return tl::unexpected(transitions.error());
  history.transitions = std::move(*transitions);
  if (query.document.empty()) return history;
  auto citations = registry.citations({.document = query.document});
  if (!citations) return tl::unexpected(citations.error());
  for (CitationRow& citation : *citations) {
    if (!query.citation.empty() && citation.label != query.citation) continue;
    auto timeline = registry.timeline(citation.id);
    if (!timeline) return tl::unexpected(timeline.error());
    auto spans = passage_spans(*timeline);
    history.citations.push_back({std::move(citation), std::move(*timeline), std::move(spans)});
  }
  return history;
}

void write_history(const History& history, std::ostream& out) {
  if (history.documents.empty()) out << "No check is recorded yet.\n";
  for (const DocumentRow& row : history.documents) {
    out << row.name << ": " << row.checks << (row.checks == 1 ? " check" : " checks");
    if (row.last_check) {
      out << ", last on " << to_iso8601(*row.last_check) << ": " << row.last.intact << " intact, "
          << row.last.drifted << " drifted, " << row.last.rotten << " rotten, "
          << row.last.unverifiable << " unverifiable";
    }
    out << '\n';
  }
  if (!history.transitions.empty()) out << "\nWhat changed, newest first:\n";
  for (const TransitionRow& row : history.transitions) {
    const bool of_citation = !row.citation.empty();
    out << "  " << to_iso8601(row.at) << "  " << name(row.from) << " → " << name(row.to) << "  "
        << (of_citation ? row.document + " " + row.citation : row.url) << ": " << row.rule << '\n';
  }
  if (!history.citations.empty()) out << "\nCitation by citation:\n";
  for (const CitationHistory& one : history.citations) {
    out << "  " << one.citation.label << ' ' << name(one.citation.standing) << " since "
        << day(one.citation.since);
    if (!one.citation.title.empty()) out << "  " << one.citation.title;
    out << '\n';
    for (const PassageSpan& span : one.spans) out << "      " << words_of(span) << '\n';
  }
}

Json history_to_json(const History& history) {
  const auto all = [](const auto& rows, auto to_json) {
    Json array = Json::array();
    for (const auto& row : rows) array.push(to_json(row));
    return array;
  };
  return Json::object({{"schema", "loccit.history/1"},
                       {"documents", all(history.documents, document_to_json)},
                       {"transitions", all(history.transitions, transition_to_json)},
                       {"citations", all(history.citations, citation_to_json)}});
}

}  // namespace loccit
