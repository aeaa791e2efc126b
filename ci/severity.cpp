#include "ci/severity.h"

#include <algorithm>
#include <numeric>

namespace loccit {

bool changes_meaning(const Verdict& verdict) {
  return std::ranges::any_of(verdict.quote.changes, [](const Change& change) {
    return change.kind == ChangeKind::meaning;
  });
}

int severity_rank(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::drifted:
      return changes_meaning(verdict) ? 0 : 1;
    case VerdictKind::rotten:
      return 2;
    case VerdictKind::unverifiable:
      return 3;
    case VerdictKind::intact:
      break;
  }
  return 4;
}

std::vector<std::size_t> worst_first(const Report& report, const Comparison& comparison) {
  std::vector<std::size_t> order(report.verdicts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const int rank = severity_rank(report.verdicts[i]);
    return std::pair(accepted_at(comparison, i) != nullptr ? 4 : rank < 4 ? rank : 5, rank);
  });
  return order;
}

}  // namespace loccit
