#include "manifests/attestation.h"

#include <set>

#include "manifests/bundle_format.h"

namespace loccit {
namespace {

Json subject(const std::string& name, const std::string& sha256) {
  return Json::object({{"name", name}, {"digest", Json::object({{"sha256", sha256}})}});
}

Json subjects(const Report& report) {
  Json list = Json::array();
  std::vector<DocumentInfo> documents = report.document.parts;
  if (documents.empty()) documents.push_back(report.document.info);
  for (const DocumentInfo& info : documents) {
    if (!info.sha256.empty()) list.push(subject(info.file, info.sha256));
  }
  std::set<std::string> seen;
  for (const Verdict& verdict : report.verdicts) {
    for (const LinkFinding& link : verdict.links) {
      if (link.snapshot && !link.snapshot->sha256.empty() &&
          seen.insert(link.snapshot->id).second) {
        list.push(subject(link.snapshot->final_url.empty() ? link.url : link.snapshot->final_url,
                          link.snapshot->sha256));
      }
    }
  }
  return list;
}

Json verdict_list(const Report& report) {
  Json list = Json::array();
  for (const Verdict& verdict : report.verdicts) {
    Json snapshots = Json::array();
    for (const LinkFinding& link : verdict.links) {
      if (link.snapshot) snapshots.push(link.snapshot->id);
    }
    list.push(Json::object({{"id", verdict.citation_id},
                            {"verdict", name(verdict.kind)},
                            {"quote", name(verdict.quote.state)},
                            {"reason", verdict.reason},
                            {"snapshots", std::move(snapshots)}}));
  }
  return list;
}

}  // namespace

std::string in_toto_statement(const Report& report) {
  return write_json(
      Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                    {"subject", subjects(report)},
                    {"predicateType", bundle_format::predicate_type},
                    {"predicate", Json::object({{"tool", "loccit/" + report.tool_version},
                                                {"startedAt", to_iso8601(report.started_at)},
                                                {"finishedAt", to_iso8601(report.finished_at)},
                                                {"verdicts", verdict_list(report)}})}}));
}

}  // namespace loccit
