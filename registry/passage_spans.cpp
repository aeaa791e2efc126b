#include "registry/rows.h"

namespace loccit {

std::vector<PassageSpan> passage_spans(const std::vector<TimelineEntry>& timeline) {
  std::vector<PassageSpan> spans;
  std::optional<Timestamp> last_without;
  bool standing = false;
  for (const TimelineEntry& entry : timeline) {
    if (entry.quote_state == "verbatim") {
      if (!standing) spans.push_back({last_without, entry.at, entry.at, std::nullopt});
      spans.back().stood_last = entry.at;
      standing = true;
    } else if (entry.quote_state == "altered" || entry.quote_state == "partial" ||
               entry.quote_state == "absent") {
      // Only a source that was read and lacks the words ends a span; one that did not answer says
      // nothing of them.
      if (standing) spans.back().gone_by = entry.at;
      standing = false;
      last_without = entry.at;
    }
  }
  return spans;
}

}  // namespace loccit
