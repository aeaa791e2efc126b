#include "web/api.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "manifests/report.h"

namespace loccit {
namespace {

Json moment(Timestamp time) { return to_iso8601(time); }
Json moment(const std::optional<Timestamp>& time) { return time ? moment(*time) : Json(); }
Json count(std::size_t n) { return static_cast<std::int64_t>(n); }

Json to_json(const Summary& sum) {
  return Json::object({{"citations", count(sum.citations)},
                       {"intact", count(sum.intact)},
                       {"drifted", count(sum.drifted)},
                       {"rotten", count(sum.rotten)},
                       {"unverifiable", count(sum.unverifiable)}});
}

Json to_json(const DocumentRow& row) {
  return Json::object({{"name", row.name},
                       {"title", row.title},
                       {"sha256", row.sha256},
                       {"media_type", row.media_type},
                       {"checks", row.checks},
                       {"last_check", moment(row.last_check)},
                       {"next_check", row.interval.count() > 0 ? moment(row.next_check) : Json()},
                       {"summary", to_json(row.last)}});
}

Json lines_of(std::string_view text) {
  Json lines = Json::array();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Json to_json(const CitationRow& row) {
  return Json::object({{"id", row.id},
                       {"document", row.document},
                       {"label", row.label},
                       {"title", row.title},
                       {"quote", row.quote.empty() ? Json() : Json(row.quote)},
                       {"urls", lines_of(row.urls)},
                       {"standing", name(row.standing)},
                       {"since", moment(row.since)},
                       {"verdict", row.verdict.empty() ? Json() : Json(row.verdict)},
                       {"last_check", row.last_check},
                       {"present", row.present}});
}

Json to_json(const TransitionRow& row) {
  return Json::object({{"at", moment(row.at)},
                       {"document", row.document},
                       {"citation", row.citation.empty() ? Json() : Json(row.citation)},
                       {"url", row.url},
                       {"from", name(row.from)},
                       {"to", name(row.to)},
                       {"rule", row.rule},
                       {"check", row.check_id}});
}

Json to_json(const CheckRow& row) {
  return Json::object({{"id", row.id},
                       {"document", row.document},
                       {"started_at", moment(row.started_at)},
                       {"finished_at", moment(row.finished_at)},
                       {"inconclusive", row.inconclusive},
                       {"partial", row.partial},
                       {"summary", to_json(row.summary)}});
}

Json to_json(const TimelineEntry& entry) {
  return Json::object({{"check", entry.check_id},
                       {"at", moment(entry.at)},
                       {"verdict", entry.verdict},
                       {"quote_state", entry.quote_state},
                       {"reason", entry.reason}});
}

Json to_json(const PassageSpan& span) {
  return Json::object({{"not_before", moment(span.not_before)},
                       {"stood_first", moment(span.stood_first)},
                       {"stood_last", moment(span.stood_last)},
                       {"gone_by", moment(span.gone_by)}});
}

Json to_json(const SnapshotRecord& record) {
  return Json::object({{"id", record.id},
                       {"url", record.requested_url},
                       {"final_url", record.final_url},
                       {"fetched_at", moment(record.fetched_at)},
                       {"status", record.status},
                       {"media_type", record.media_type},
                       {"sha256", record.sha256},
                       {"bytes", record.bytes},
                       {"warc", record.warc},
                       {"offset", record.offset}});
}

template <class Row>
Json list(const std::vector<Row>& rows) {
  Json array = Json::array();
  for (const Row& row : rows) array.push(to_json(row));
  return array;
}

WebResponse json_response(const Json& json, int status = 200) {
  return {status, "application/json", {}, write_json(json, JsonStyle::pretty), {}};
}

WebResponse problem(int status, const std::string& message) {
  return json_response(Json::object({{"error", message}}), status);
}

template <class Row>
WebResponse listed(const char* what, const Result<std::vector<Row>>& rows) {
  if (!rows) return problem(500, rows.error().message);
  return json_response(Json::object({{what, list(*rows)}}));
}

std::size_t number(const WebRequest& request, std::string_view name, std::size_t otherwise,
                   std::size_t most) {
  const auto text = parameter(request.query, name);
  std::size_t value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return std::min(value, most);
}

constexpr std::size_t page_size = 100, most_rows = 1000;

WebResponse documents(const WebRequest& request, Registry& registry) {
  DocumentQuery query;
  query.search = parameter(request.query, "q").value_or("");
  query.limit = number(request, "limit", page_size, most_rows);
  query.offset = number(request, "offset", 0, SIZE_MAX / 4);
  return listed("documents", registry.documents(query));
}

WebResponse citations(const WebRequest& request, Registry& registry) {
  CitationQuery query;
  query.document = parameter(request.query, "document").value_or("");
  query.search = parameter(request.query, "q").value_or("");
  query.verdict = parameter(request.query, "verdict").value_or("");
  query.limit = number(request, "limit", page_size, most_rows);
  query.offset = number(request, "offset", 0, SIZE_MAX / 4);
  if (const auto standing = parameter(request.query, "standing")) {
    query.standing = standing_kind_from(*standing);
    if (!query.standing) return problem(400, "there is no standing \"" + *standing + "\"");
  }
  return listed("citations", registry.citations(query));
}

WebResponse changes(const WebRequest& request, Registry& registry) {
  HistoryQuery query;
  query.document = parameter(request.query, "document").value_or("");
  query.host = parameter(request.query, "host").value_or("");
  query.limit = number(request, "limit", page_size, most_rows);
  for (const auto& [field, target] :
       {std::pair{"from", &query.from}, std::pair{"until", &query.until}}) {
    const auto text = parameter(request.query, field);
    if (!text) continue;
    *target = from_iso8601(*text);
    if (!*target) return problem(400, std::string(field) + " is no ISO 8601 time");
  }
  return listed("changes", registry.transitions(query));
}

WebResponse one_citation(Registry& registry, std::string_view id_text) {
  std::int64_t id = 0;
  std::from_chars(id_text.data(), id_text.data() + id_text.size(), id);
  const auto citation = registry.citation(id);
  if (!citation) return problem(500, citation.error().message);
  if (!*citation) return problem(404, "no citation " + std::string(id_text) + " is recorded");
  const auto timeline = registry.timeline(id);
  if (!timeline) return problem(500, timeline.error().message);
  Json json = to_json(**citation);
  json.set("checks", list(*timeline));
  json.set("stood", list(passage_spans(*timeline)));
  return json_response(json);
}

WebResponse snapshots(const WebRequest& request, const Archive& archive) {
  const auto url = parameter(request.query, "url");
  if (!url) return problem(400, "name the source: ?url=…");
  return json_response(Json::object({{"snapshots", list(archive.snapshots_of(*url))}}));
}

WebResponse one_snapshot(const Archive& archive, std::string_view id) {
  const auto record = archive.find("urn:uuid:" + std::string(id));
  return record ? json_response(to_json(*record))
                : problem(404, "the archive holds no snapshot " + std::string(id));
}

}  // namespace

std::optional<WebResponse> answer_api(const WebRequest& request, Library& library) {
  constexpr std::string_view root = "/api/v1/";
  if (!request.path.starts_with(root)) return std::nullopt;
  const std::string_view path = std::string_view(request.path).substr(root.size());
  const auto ask = [&](auto answer) { return library.ask(answer); };
  if (path == "documents") return ask([&](Registry& r) { return documents(request, r); });
  if (path == "citations") return ask([&](Registry& r) { return citations(request, r); });
  if (path == "changes") return ask([&](Registry& r) { return changes(request, r); });
  if (path == "checks") {
    return ask([&](Registry& r) {
      return listed("checks", r.checks(parameter(request.query, "document").value_or(""),
                                       number(request, "limit", page_size, most_rows)));
    });
  }
  if (path.starts_with("citations/")) {
    return ask([&](Registry& r) {
      return one_citation(r, path.substr(std::string_view("citations/").size()));
    });
  }
  if (path == "snapshots") return snapshots(request, library.archive());
  if (path.starts_with("snapshots/"))
    return one_snapshot(library.archive(), path.substr(std::string_view("snapshots/").size()));
  return problem(404, "there is no " + request.path + "; /api/v1/openapi.json tells what there is");
}

}  // namespace loccit
