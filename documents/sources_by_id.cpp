#include "documents/sources_by_id.h"

namespace loccit {

SourcesById::SourcesById(const Document& document) {
  sources_.reserve(document.sources.size());
  for (const Source& source : document.sources) sources_.emplace(source.id, &source);
}

const Source* SourcesById::find(std::string_view id) const {
  const auto found = sources_.find(id);
  return found == sources_.end() ? nullptr : found->second;
}

std::vector<const Source*> SourcesById::of(const Citation& citation) const {
  std::vector<const Source*> found;
  for (const std::string& id : citation.sources) {
    if (const Source* source = find(id)) found.push_back(source);
  }
  return found;
}

}  // namespace loccit
