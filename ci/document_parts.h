// The documents that a report is about.
#pragma once

#include <vector>

#include "documents/document.h"

namespace loccit {

// At least one; Citation::part is an index into it.
inline std::vector<DocumentInfo> documents_of(const Document& document) {
  return document.parts.empty() ? std::vector<DocumentInfo>{document.info} : document.parts;
}

}  // namespace loccit
