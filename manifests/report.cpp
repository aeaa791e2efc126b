#include "manifests/report.h"

#include "manifests/manifest_parts.h"

namespace loccit {
namespace {

constexpr std::string_view schema = "loccit.report/1";

Json passage_to_json(const Passage& passage) {
  Json object = Json::object({{"quote_start", std::uint64_t{passage.quote_start}},
                              {"quote_end", std::uint64_t{passage.quote_end}},
                              {"source_start", std::uint64_t{passage.source_start}},
                              {"source_end", std::uint64_t{passage.source_end}},
                              {"exact", passage.exact},
                              {"prefix", passage.prefix},
                              {"suffix", passage.suffix}});
  if (!passage.fragment_url.empty()) object.set("fragment_url", passage.fragment_url);
  return object;
}

Passage passage_from(const JsonNode& node) {
  Passage passage;
  passage.quote_start = node.member("quote_start").count();
  passage.quote_end = node.member("quote_end").count();
  passage.source_start = node.member("source_start").count();
  passage.source_end = node.member("source_end").count();
  passage.exact = node.member("exact").text();
  passage.prefix = node.text_or_empty("prefix");
  passage.suffix = node.text_or_empty("suffix");
  passage.fragment_url = node.text_or_empty("fragment_url");
  return passage;
}

Json change_to_json(const Change& change) {
  return Json::object({{"kind", name(change.kind)},
                       {"quoted", change.quoted},
                       {"found", change.found},
                       {"quote_start", std::uint64_t{change.quote_start}},
                       {"quote_end", std::uint64_t{change.quote_end}},
                       {"source_start", std::uint64_t{change.source_start}},
                       {"source_end", std::uint64_t{change.source_end}}});
}

// A word of a closed list; `parse` is one of the …_from functions of verdict.h.
template <class Parse>
auto word(const JsonNode& node, Parse parse) {
  const std::string text = node.text();
  const auto known = parse(text);
  if (!known) node.complain("\"" + text + "\" is no word that loccit knows here");
  return known.value_or(typename decltype(known)::value_type{});
}

Change change_from(const JsonNode& node) {
  Change change;
  change.kind = word(node.member("kind"), change_kind_from);
  change.quoted = node.member("quoted").text();
  change.found = node.member("found").text();
  change.quote_start = node.member("quote_start").count();
  change.quote_end = node.member("quote_end").count();
  change.source_start = node.count_or_zero("source_start");
  change.source_end = node.count_or_zero("source_end");
  return change;
}

// `text` is our addition: with the quote inside, a report can be shown without its document.
Json quote_to_json(const QuoteFinding& finding, const std::optional<std::string>& text) {
  Json passages = Json::array();
  for (const Passage& passage : finding.passages) passages.push(passage_to_json(passage));
  Json changes = Json::array();
  for (const Change& change : finding.changes) changes.push(change_to_json(change));
  Json object = Json::object({{"state", name(finding.state)},
                              {"similarity", finding.similarity},
                              {"passages", std::move(passages)},
                              {"changes", std::move(changes)},
                              {"text", text ? Json(*text) : Json()}});
  if (!finding.remark.empty()) object.set("remark", finding.remark);
  return object;
}

QuoteFinding quote_from(const JsonNode& node) {
  QuoteFinding finding;
  finding.state = word(node.member("state"), quote_state_from);
  finding.similarity = node.member("similarity").number();
  for (const JsonNode& item : node.member("passages").items())
    finding.passages.push_back(passage_from(item));
  for (const JsonNode& item : node.member("changes").items())
    finding.changes.push_back(change_from(item));
  finding.remark = node.text_or_empty("remark");
  return finding;
}

// A failed fetch has no payload: its digest and media type are empty, its WARC place is that of the
// metadata record.
Json snapshot_to_json(const SnapshotRecord& record) {
  return Json::object({{"id", record.id},
                       {"warc", record.warc},
                       {"offset", std::uint64_t{record.offset}},
                       {"length", std::uint64_t{record.length}},
                       {"sha256", record.sha256},
                       {"bytes", std::uint64_t{record.bytes}},
                       {"media_type", record.media_type},
                       {"fetched_at", to_iso8601(record.fetched_at)},
                       {"url", record.requested_url},
                       {"status", record.status}});
}

Timestamp moment(const JsonNode& node) {
  const std::string text = node.text();
  const auto time = from_iso8601(text);
  if (!time) node.complain("\"" + text + "\" is no ISO 8601 time");
  return time.value_or(Timestamp{});
}

int small(const JsonNode& node) {
  const std::size_t value = node.count();
  if (value > 1'000'000) node.complain("is out of range");
  return static_cast<int>(std::min<std::size_t>(value, 1'000'000));
}

SnapshotRecord snapshot_from(const JsonNode& node, const LinkFinding& link) {
  SnapshotRecord record;
  record.id = node.member("id").text();
  record.warc = node.member("warc").text();
  record.offset = node.member("offset").count();
  record.length = node.count_or_zero("length");
  record.sha256 = node.member("sha256").text();
  record.bytes = node.member("bytes").count();
  record.media_type = node.member("media_type").text();
  record.fetched_at = moment(node.member("fetched_at"));
  record.requested_url = node.text_or_empty("url");
  record.final_url = link.final_url;
  record.status = node.optional("status") ? small(node.member("status")) : link.status;
  return record;
}

Json link_to_json(const LinkFinding& link) {
  Json object =
      Json::object({{"url", link.url},
                    {"state", name(link.state)},
                    {"status", link.status == 0 ? Json() : Json(link.status)},
                    {"final_url", link.final_url},
                    {"redirects", link.redirects},
                    {"error", link.error ? Json(*link.error) : Json()},
                    {"snapshot", link.snapshot ? snapshot_to_json(*link.snapshot) : Json()}});
  if (link.alternate) object.set("alternate", snapshot_to_json(*link.alternate));
  if (link.drift != TextDrift::unknown) object.set("drift", name(link.drift));
  if (!link.note.empty()) object.set("note", link.note);
  if (!link.chain.empty()) {
    Json chain = Json::array();
    for (const std::string& url : link.chain) chain.push(url);
    object.set("chain", std::move(chain));
  }
  return object;
}

TextDrift drift_from(const JsonNode& node) {
  const std::string text = node.text();
  for (const TextDrift drift : {TextDrift::none, TextDrift::elsewhere, TextDrift::passage}) {
    if (text == name(drift)) return drift;
  }
  return TextDrift::unknown;
}

LinkFinding link_from(const JsonNode& node) {
  LinkFinding link;
  link.url = node.member("url").text();
  link.state = word(node.member("state"), link_state_from);
  if (const auto status = node.optional("status")) link.status = small(*status);
  link.final_url = node.text_or_empty("final_url");
  link.redirects = small(node.member("redirects"));
  if (const auto error = node.optional("error")) link.error = error->text();
  link.note = node.text_or_empty("note");
  if (const auto chain = node.optional("chain"))
    for (const JsonNode& url : chain->items()) link.chain.push_back(url.text());
  if (const auto snapshot = node.optional("snapshot"))
    link.snapshot = snapshot_from(*snapshot, link);
  if (const auto alternate = node.optional("alternate")) {
    link.alternate = snapshot_from(*alternate, link);
    link.alternate->final_url = link.alternate->requested_url;
  }
  if (const auto drift = node.optional("drift")) link.drift = drift_from(*drift);
  return link;
}

Json verdict_to_json(const Verdict& verdict, const Citation& citation) {
  Json links = Json::array();
  for (const LinkFinding& link : verdict.links) links.push(link_to_json(link));
  Json object = Json::object({{"id", verdict.citation_id},
                              {"verdict", name(verdict.kind)},
                              {"reason", verdict.reason},
                              {"quote", quote_to_json(verdict.quote, citation.quote)},
                              {"links", std::move(links)}});
  const Json manifest_citation = citation_to_json(citation);
  for (const auto& [field, value] : *manifest_citation.as_object()) {
    if (object.find(field) == nullptr) object.set(field, value);
  }
  return object;
}

Verdict verdict_from(const JsonNode& node) {
  Verdict verdict;
  verdict.citation_id = node.member("id").text();
  verdict.kind = word(node.member("verdict"), verdict_kind_from);
  verdict.reason = node.member("reason").text();
  verdict.quote = quote_from(node.member("quote"));
  for (const JsonNode& link : node.member("links").items())
    verdict.links.push_back(link_from(link));
  return verdict;
}

}  // namespace

Json quote_finding_to_json(const QuoteFinding& finding) {
  return quote_to_json(finding, std::nullopt);
}

Result<QuoteFinding> quote_finding_from_json(const Json& json) {
  std::optional<Failure> problem;
  QuoteFinding finding = quote_from(JsonNode(json, problem));
  if (problem) return tl::unexpected(*problem);
  return finding;
}

Summary summarize(const Report& report) {
  Summary summary;
  summary.citations = report.verdicts.size();
  for (const Verdict& verdict : report.verdicts) {
    switch (verdict.kind) {
      case VerdictKind::intact:
        ++summary.intact;
        break;
      case VerdictKind::drifted:
        ++summary.drifted;
        break;
      case VerdictKind::rotten:
        ++summary.rotten;
        break;
      case VerdictKind::unverifiable:
        ++summary.unverifiable;
        break;
    }
  }
  return summary;
}

Json report_to_json(const Report& report) {
  const Summary summary = summarize(report);
  Json citations = Json::array();
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    citations.push(verdict_to_json(report.verdicts[i], report.document.citations.at(i)));
  }
  Json object =
      Json::object({{"schema", schema},
                    {"tool", Json::object({{"name", "loccit"}, {"version", report.tool_version}})},
                    {"document", info_to_json(report.document.info)}});
  set_parts(object, report.document.parts);
  object.set("started_at", to_iso8601(report.started_at));
  object.set("finished_at", to_iso8601(report.finished_at));
  object.set("summary", Json::object({{"citations", std::uint64_t{summary.citations}},
                                      {"intact", std::uint64_t{summary.intact}},
                                      {"drifted", std::uint64_t{summary.drifted}},
                                      {"rotten", std::uint64_t{summary.rotten}},
                                      {"unverifiable", std::uint64_t{summary.unverifiable}}}));
  object.set("citations", std::move(citations));
  object.set("sources", sources_to_json(report.document.sources));
  return object;
}

Result<Report> report_from_json(std::string_view text, const ReadLimits& limits) {
  const auto json = parse_json(text, limits);
  if (!json) return tl::unexpected(json.error());

  std::optional<Failure> problem;
  const JsonNode root(*json, problem);
  root.must_have_schema(schema);

  Report report;
  report.tool_version = root.member("tool").member("version").text();
  report.document.info = info_from(root.member("document"));
  report.document.parts = parts_from(root);
  report.started_at = moment(root.member("started_at"));
  report.finished_at = moment(root.member("finished_at"));
  // "sources" and the citations' fields of the manifest are our addition: another writer's report
  // may lack them.
  const auto sources = root.optional("sources");
  if (sources) report.document.sources = sources_from(*sources);
  const JsonNode citations = root.member("citations");
  for (const JsonNode& item : citations.items()) {
    report.verdicts.push_back(verdict_from(item));
    report.document.citations.push_back(
        sources ? citation_from(item) : Citation{.id = report.verdicts.back().citation_id});
    if (const auto quote = item.member("quote").optional("text")) {
      report.document.citations.back().quote = quote->text();
    }
  }
  if (sources) check_references(citations, report.document);
  if (problem) return tl::unexpected(*problem);
  return report;
}

}  // namespace loccit
