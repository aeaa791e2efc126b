// What changed, check by check, as text and as JSON.
#pragma once

#include <ostream>
#include <vector>

#include "base/json.h"
#include "registry/registry.h"

namespace loccit {

// One citation with its checks and the intervals in which its words stood.
struct CitationHistory {
  CitationRow citation;
  std::vector<TimelineEntry> timeline;
  std::vector<PassageSpan> spans;
};

struct History {
  std::vector<DocumentRow> documents;
  std::vector<TransitionRow> transitions;  // newest first
  std::vector<CitationHistory> citations;  // of the one document asked for; else empty
};

// `query.document` narrows all parts; the citations come only when it is given.
Result<History> read_history(Registry& registry, const HistoryQuery& query);

void write_history(const History& history, std::ostream& out);
Json history_to_json(const History& history);  // loccit.history/1

}  // namespace loccit
