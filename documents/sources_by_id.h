// The sources of a document, found by their ids: a search through all of them for each of many
// citations takes quadratic time.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/document.h"

namespace loccit {

// The document's sources must outlive it, where they are.
class SourcesById {
 public:
  explicit SourcesById(const Document& document);

  const Source* find(std::string_view id) const;  // nullptr: there is none
  // In the citation's order; ids that no source has are left out.
  std::vector<const Source*> of(const Citation& citation) const;

 private:
  std::unordered_map<std::string_view, const Source*> sources_;
};

}  // namespace loccit
