// SARIF 2.1.0 (OASIS Standard, 27 March 2020): one result per citation that is not intact, at its
// place in the document.
#include <map>

#include "base/digest.h"
#include "base/json.h"
#include "base/percent_encoding.h"
#include "ci/document_parts.h"
#include "ci/escape.h"
#include "ci/rules.h"
#include "ci/writers.h"

namespace loccit {
namespace {

Json text(std::string value) { return Json::object({{"text", std::move(value)}}); }

// RFC 3986: a file name as a relative reference.
std::string uri_of(std::string_view file) { return percent_encoded(file, "/"); }

Json rule_to_json(const Rule& rule) {
  return Json::object({{"id", rule.id},
                       {"name", rule.name},
                       {"shortDescription", text(rule.summary)},
                       {"fullDescription", text(std::string(rule.summary) + " " + rule.help)},
                       {"help", text(rule.help)},
                       {"messageStrings", Json::object({{"default", text("'{0}': {1}.")}})},
                       {"defaultConfiguration", Json::object({{"level", rule.level}})}});
}

Json physical_location(const Citation& citation, const std::string& file) {
  Json location =
      Json::object({{"artifactLocation", Json::object({{"uri", uri_of(file)},
                                                       {"uriBaseId", "SRCROOT"},
                                                       {"index", std::uint64_t{citation.part}}})}});
  Json region = Json::object({{"startLine", std::max(1, citation.location.line)}});
  if (citation.location.line > 0 && citation.location.column > 0)
    region.set("startColumn", citation.location.column);
  location.set("region", std::move(region));
  return location;
}

// Sentences of reasons may or may not end in their full stop; SARIF wants exactly one.
std::string without_full_stop(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

std::string subject(const Citation& citation) {
  return citation.title.empty() ? citation.id : citation.title;
}

Json result_to_json(const Verdict& verdict, const Citation& citation, const std::string& file,
                    const std::string& fingerprint) {
  const std::size_t rule_index = rule_of(verdict);
  const Rule& rule = all_rules()[rule_index];
  const std::string reason = without_full_stop(verdict.reason);
  Json related = Json::array();
  for (const LinkFinding& link : verdict.links) {
    if (!is_web_url(link.url)) continue;
    std::string state = "Cited source: " + std::string(name(link.state));
    if (link.error) state += ", " + *link.error;
    related.push(
        Json::object({{"id", std::uint64_t{related.as_array()->size() + 1}},
                      {"message", text(without_full_stop(state) + ".")},
                      {"physicalLocation",
                       Json::object({{"artifactLocation", Json::object({{"uri", link.url}})}})}}));
  }
  Json result = Json::object(
      {{"ruleId", rule.id},
       {"ruleIndex", std::uint64_t{rule_index}},
       {"level", rule.level},
       {"message",
        Json::object({{"text", "'" + subject(citation) + "': " + reason + "."},
                      {"id", "default"},
                      {"arguments", Json(Json::Array{Json(subject(citation)), Json(reason)})}})},
       {"locations", Json(Json::Array{Json::object(
                         {{"physicalLocation", physical_location(citation, file)}})})}});
  if (!related.as_array()->empty()) result.set("relatedLocations", std::move(related));
  result.set("partialFingerprints", Json::object({{"citation/v1", fingerprint}}));
  result.set("properties", Json::object({{"citation", citation.id},
                                         {"verdict", name(verdict.kind)},
                                         {"quoteState", name(verdict.quote.state)},
                                         {"similarity", verdict.quote.similarity}}));
  return result;
}

// What loccit.lock accepts is a suppressed result: shown by viewers that want to, and no alert.
void hold_against(const Comparison& comparison, std::size_t verdict, Json& result) {
  if (comparison.accepted.empty()) return;
  const Accepted* accepted = accepted_at(comparison, verdict);
  const bool outgrown = comparison.outgrown[verdict].has_value();
  result.set("baselineState", accepted != nullptr ? "unchanged" : outgrown ? "updated" : "new");
  if (accepted == nullptr) return;
  result.set(
      "suppressions",
      Json(Json::Array{Json::object(
          {{"kind", "external"}, {"status", "accepted"}, {"justification", accepted->reason}})}));
}

Json artifacts_to_json(const std::vector<DocumentInfo>& documents) {
  Json artifacts = Json::array();
  for (const DocumentInfo& document : documents) {
    Json artifact = Json::object(
        {{"location", Json::object({{"uri", uri_of(document.file)}, {"uriBaseId", "SRCROOT"}})}});
    if (!document.media_type.empty()) artifact.set("mimeType", document.media_type);
    if (!document.sha256.empty())
      artifact.set("hashes", Json::object({{"sha-256", document.sha256}}));
    artifacts.push(std::move(artifact));
  }
  return artifacts;
}

}  // namespace

void write_sarif(const Report& report, const ReportContext& context, std::ostream& out) {
  const std::vector<DocumentInfo> documents = documents_of(report.document);
  Json rule_list = Json::array();
  for (const Rule& rule : all_rules()) rule_list.push(rule_to_json(rule));

  Json results = Json::array();
  const SourcesById sources(report.document);
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Citation& citation = report.document.citations.at(i);
    const std::string& file = documents.at(citation.part).file;
    const std::string what = file + '\0' + identity_of(citation, sources);
    const int times =
        ++seen[what];  // intact ones count too: a first one mended must not rename the second
    if (report.verdicts[i].kind == VerdictKind::intact) continue;
    const std::string fingerprint = to_hex(sha256(what)) + ":" + std::to_string(times);
    Json result = result_to_json(report.verdicts[i], citation, file, fingerprint);
    hold_against(context.comparison, i, result);
    results.push(std::move(result));
  }

  const Json driver = Json::object({{"name", "loccit"},
                                    {"version", report.tool_version},
                                    {"semanticVersion", report.tool_version},
                                    {"informationUri", LOCCIT_HOMEPAGE},
                                    {"rules", std::move(rule_list)}});
  const Json invocation = Json::object({{"executionSuccessful", true},
                                        {"startTimeUtc", to_iso8601(report.started_at)},
                                        {"endTimeUtc", to_iso8601(report.finished_at)}});
  const Json run = Json::object(
      {{"tool", Json::object({{"driver", driver}})},
       {"automationDetails", Json::object({{"id", "loccit/" + uri_of(report.document.info.file)}})},
       {"invocations", Json(Json::Array{invocation})},
       {"originalUriBaseIds",
        Json::object({{"SRCROOT",
                       Json::object({{"description", text("The folder that loccit ran in.")}})}})},
       {"artifacts", artifacts_to_json(documents)},
       {"columnKind", "unicodeCodePoints"},
       {"results", std::move(results)}});
  const Json log = Json::object({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                 {"version", "2.1.0"},
                                 {"runs", Json(Json::Array{run})}});
  out << write_json(log, JsonStyle::pretty);
}

}  // namespace loccit
