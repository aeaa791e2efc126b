// What a match may step over.
#pragma once

#include <string>

#include "documents/text_content.h"

namespace loccit::testing {

// Of one kind, in order, parted by "|".
inline std::string skipped(const TextContent& content, SkipKind kind) {
  std::string list;
  for (const Skip& skip : content.skips) {
    if (skip.kind != kind) continue;
    list += (list.empty() ? "" : "|") +
            content.text.substr(skip.range.begin, skip.range.end - skip.range.begin);
  }
  return list;
}

}  // namespace loccit::testing
