// Which URLs a document's citations need, each once.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/document.h"

namespace loccit {

struct PlannedUrl {
  std::string url;  // the spelling under which it is fetched and archived (fetch_key)
  std::vector<std::size_t> citations;  // who needs it, in document order, each once
  std::string skipped;                 // why it is not asked for; "": it is
  std::string sibling;  // the address made up for its host (verifier/sibling.h); "": none
};

struct PlannedLink {
  std::string cited;    // as the document gives it, fragment and all
  std::size_t url = 0;  // in Plan::urls
};

struct Plan {
  std::vector<PlannedUrl> urls;  // in order of first citation
  std::vector<std::vector<PlannedLink>>
      links;  // one list per citation; empty: nothing public to fetch
  std::vector<std::vector<Source>> sources;  // one list per citation, resolved
};

// A citation has the links of all its sources, each URL once. A URL that does not parse is planned
// as it stands, so that its failure is fetched, archived and judged like any other.
Plan plan_fetches(const Document& document);

}  // namespace loccit
