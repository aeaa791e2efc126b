// What holds of every document that a reader hands on, whatever bytes it came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <unordered_set>

#include "base/text.h"
#include "documents/document.h"

namespace loccit {

inline void demand(bool holds) {
  if (!holds) std::abort();
}

inline void demand_sound(const Document& document) {
  std::unordered_set<std::string> ids;
  for (const Source& source : document.sources) {
    demand(!source.id.empty() && ids.insert(source.id).second);
    demand(is_valid_utf8(source.note));
    for (const std::string& url : source.urls) demand(!url.empty() && url.find(' ') == url.npos);
  }
  for (const Citation& citation : document.citations) {
    demand(!citation.sources.empty());
    for (const std::string& id : citation.sources) demand(ids.contains(id));
    demand(!citation.quote || (!citation.quote->empty() && is_valid_utf8(*citation.quote)));
  }
}

}  // namespace loccit
