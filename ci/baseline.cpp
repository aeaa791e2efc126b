#include "ci/baseline.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "ci/document_parts.h"

namespace loccit {
namespace {

constexpr std::string_view schema = "loccit.lock/1";

Json to_json(const Accepted& accepted) {
  return Json::object({{"document", accepted.document},
                       {"citation", accepted.citation},
                       {"title", accepted.title},
                       {"verdict", name(accepted.verdict)},
                       {"reason", accepted.reason},
                       {"on", accepted.on},
                       {"identity", accepted.identity},
                       {"finding", accepted.finding}});
}

Result<std::string> text_at(const Json& entry, const char* member) {
  const Json* value = entry.find(member);
  if (value != nullptr && value->as_string() != nullptr) return *value->as_string();
  return fail(FailureKind::malformed, std::string("an entry has no text \"") + member + "\"");
}

Result<Accepted> accepted_from(const Json& entry) {
  Accepted accepted;
  for (const auto& [member, target] :
       {std::pair("document", &accepted.document), std::pair("citation", &accepted.citation),
        std::pair("title", &accepted.title), std::pair("identity", &accepted.identity),
        std::pair("finding", &accepted.finding), std::pair("reason", &accepted.reason),
        std::pair("on", &accepted.on)}) {
    auto text = text_at(entry, member);
    if (!text) return tl::unexpected(text.error());
    *target = std::move(*text);
  }
  const auto word = text_at(entry, "verdict");
  const auto verdict = word ? verdict_kind_from(*word) : std::nullopt;
  if (!verdict) return fail(FailureKind::malformed, "an entry has no verdict that loccit knows");
  accepted.verdict = *verdict;
  return accepted;
}

bool is_problem(const Verdict& verdict) { return verdict.kind != VerdictKind::intact; }

}  // namespace

std::string identity_of(const Citation& citation, const SourcesById& sources) {
  std::string parts = citation.quote.value_or(citation.title);
  for (const Source* source : sources.of(citation)) {
    for (const std::string& url : source->urls) parts += '\0' + url;
    if (source->urls.empty()) parts += '\0' + source->note;
  }
  return to_hex(sha256(parts));
}

std::set<std::string> identities_of(const Document& document) {
  const SourcesById sources(document);
  std::set<std::string> identities;
  for (const Citation& citation : document.citations)
    identities.insert(identity_of(citation, sources));
  return identities;
}

std::string finding_of(const Verdict& verdict) {
  std::string parts = std::string(name(verdict.kind)) + '\0' + name(verdict.quote.state);
  for (const Change& change : verdict.quote.changes)
    parts += '\0' + change.quoted + '\0' + change.found;
  return to_hex(sha256(parts));
}

Result<Baseline> baseline_from_json(std::string_view text) {
  const auto json = parse_json(text, {.max_bytes = 64U << 20U});
  if (!json) return tl::unexpected(json.error());
  const Json* version = json->find("schema");
  const Json* entries = json->find("accepted");
  if (version == nullptr || *version != Json(schema) || entries == nullptr ||
      entries->as_array() == nullptr) {
    return fail(FailureKind::malformed,
                "this is no " + std::string(schema) + "; `loccit accept` writes such a file");
  }
  Baseline baseline;
  for (const Json& entry : *entries->as_array()) {
    auto accepted = accepted_from(entry);
    if (!accepted) return tl::unexpected(accepted.error());
    baseline.accepted.push_back(std::move(*accepted));
  }
  return baseline;
}

std::string to_text(const Baseline& baseline) {
  std::vector<Accepted> sorted = baseline.accepted;
  std::ranges::sort(sorted, {}, [](const Accepted& accepted) {
    return std::tie(accepted.document, accepted.identity, accepted.finding);
  });
  Json entries = Json::array();
  for (const Accepted& accepted : sorted) entries.push(to_json(accepted));
  return write_json(Json::object({{"schema", schema}, {"accepted", std::move(entries)}}),
                    JsonStyle::pretty);
}

Comparison compare(const Report& report, const Baseline& baseline,
                   const std::set<std::string>& present) {
  std::multimap<std::string, const Accepted*> by_identity;
  for (const Accepted& accepted : baseline.accepted)
    by_identity.emplace(accepted.identity, &accepted);

  Comparison comparison;
  comparison.accepted.resize(report.verdicts.size());
  comparison.outgrown.resize(report.verdicts.size());
  const SourcesById sources(report.document);
  std::set<std::string> intact, bad;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Verdict& verdict = report.verdicts[i];
    const std::string identity = identity_of(report.document.citations.at(i), sources);
    (is_problem(verdict) ? bad : intact).insert(identity);
    if (!is_problem(verdict)) continue;
    const std::string finding = finding_of(verdict);
    const auto [first, last] = by_identity.equal_range(identity);
    for (auto entry = first; entry != last; ++entry) {
      const bool same = entry->second->finding == finding;
      (same ? comparison.accepted : comparison.outgrown)[i] = *entry->second;
    }
    if (comparison.accepted[i]) comparison.outgrown[i].reset();
  }

  std::set<std::string> looked_at;
  for (const DocumentInfo& document : documents_of(report.document))
    looked_at.insert(document.file);
  for (const Accepted& accepted : baseline.accepted) {
    const bool mended = intact.contains(accepted.identity) && !bad.contains(accepted.identity);
    const bool removed =
        !present.contains(accepted.identity) && looked_at.contains(accepted.document);
    if (mended || removed) comparison.fixed.push_back(accepted);
  }
  return comparison;
}

const Accepted* accepted_at(const Comparison& comparison, std::size_t verdict) {
  return verdict < comparison.accepted.size() && comparison.accepted[verdict]
             ? &*comparison.accepted[verdict]
             : nullptr;
}

}  // namespace loccit
