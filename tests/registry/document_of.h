#pragma once

#include <string>

#include "documents/document.h"

namespace loccit::testing {

// A document of `citations` citations over `hosts` hosts.
inline Document document_of(int citations, int hosts) {
  Document document;
  for (int i = 0; i < citations; ++i) {
    Source source;
    source.id = std::to_string(i + 1);
    source.kind = SourceKind::web;
    source.urls = {"http://host" + std::to_string(i % hosts) + ".test/" + std::to_string(i)};
    document.sources.push_back(source);
    Citation citation;
    citation.id = "c" + source.id;
    citation.quote = "words " + source.id;
    citation.sources = {source.id};
    document.citations.push_back(citation);
  }
  return document;
}

}  // namespace loccit::testing
