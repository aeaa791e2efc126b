// Citations that are due, put together to be checked at once, and their outcomes brought back to
// the documents that they stand in.
#pragma once

#include <string>
#include <vector>

#include "documents/document.h"
#include "registry/registry.h"

namespace loccit {

struct Batch {
  Document document;               // combined (checks/combine.h) where there are several
  std::vector<std::string> names;  // of the documents in the registry, in the order of its parts
};

// From what the registry holds of them: no document is opened. What it holds and cannot read is put
// off for a week, and said in `remarks`.
Result<Batch> make_batch(Registry& registry, const std::vector<CitationRow>& citations,
                         Timestamp now, std::vector<std::string>& remarks);

struct BatchRecord {
  Look look = Look::usual;
  std::string worker;
  bool inconclusive = false;
  StandingRules rules;
};

// What changed.
Result<std::vector<TransitionRow>> record_batch(Registry& registry, const Batch& batch,
                                                const Report& report, const BatchRecord& how);

}  // namespace loccit
