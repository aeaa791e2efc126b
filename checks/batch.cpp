#include "checks/batch.h"

#include <algorithm>
#include <map>

#include "checks/combine.h"

namespace loccit {
namespace {

// One citation more; a source that the document has already is shared.
void add(Document& document, Document&& more) {
  for (Source& source : more.sources) {
    const bool known = std::any_of(document.sources.begin(), document.sources.end(),
                                   [&](const Source& s) { return s.id == source.id; });
    if (!known) document.sources.push_back(std::move(source));
  }
  for (Citation& citation : more.citations) document.citations.push_back(std::move(citation));
}

}  // namespace

Result<Batch> make_batch(Registry& registry, const std::vector<CitationRow>& citations,
                         Timestamp now, std::vector<std::string>& remarks) {
  Batch batch;
  std::vector<Document> documents;
  std::map<std::string, std::size_t> places;
  std::vector<std::int64_t> ids;
  for (const CitationRow& row : citations) ids.push_back(row.id);
  auto manifests = registry.citation_documents(ids);
  if (!manifests) return tl::unexpected(manifests.error());
  for (std::size_t i = 0; i < citations.size(); ++i) {
    const CitationRow& row = citations[i];
    Result<Document>& alone = (*manifests)[i];
    if (!alone) {
      remarks.push_back(row.document + " " + row.label + ": " + alone.error().message);
      const auto put = registry.put_off_citation(row.id, now + std::chrono::hours(7 * 24));
      if (!put) return tl::unexpected(put.error());
      continue;
    }
    const auto [place, is_new] = places.emplace(row.document, documents.size());
    if (is_new) {
      batch.names.push_back(row.document);
      documents.push_back(std::move(*alone));
    } else {
      add(documents[place->second], std::move(*alone));
    }
  }
  if (!documents.empty()) batch.document = combine(std::move(documents));
  return batch;
}

Result<std::vector<TransitionRow>> record_batch(Registry& registry, const Batch& batch,
                                                const Report& report, const BatchRecord& how) {
  std::vector<TransitionRow> transitions;
  const std::vector<Report> reports = take_apart(report);
  for (std::size_t i = 0; i < reports.size() && i < batch.names.size(); ++i) {
    RecordOptions options;
    options.document_name = batch.names[i];
    options.scope = Scope::part;
    options.look = how.look;
    options.worker = how.worker;
    options.inconclusive = how.inconclusive;
    options.rules = how.rules;
    auto recorded = registry.record(reports[i], options);
    if (!recorded) return tl::unexpected(recorded.error());
    transitions.insert(transitions.end(), recorded->transitions.begin(),
                       recorded->transitions.end());
  }
  return transitions;
}

}  // namespace loccit
