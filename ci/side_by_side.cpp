#include "ci/side_by_side.h"

#include <algorithm>

namespace loccit {
namespace {

// A text with a mark on each code point: ranges are painted over one another, then runs of one mark
// are read off.
class Canvas {
 public:
  Canvas(std::string_view text, Mark ground) : text_(text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
      if (!continues) starts_.push_back(i);
    }
    marks_.assign(starts_.size(), ground);
  }

  void paint(std::size_t begin, std::size_t end, Mark mark) {
    end = std::min(end, marks_.size());
    for (std::size_t i = begin; i < end; ++i) marks_[i] = mark;
  }

  Pieces pieces() const {
    Pieces pieces;
    for (std::size_t i = 0; i < marks_.size();) {
      std::size_t end = i + 1;
      while (end < marks_.size() && marks_[end] == marks_[i]) ++end;
      const std::size_t last = end < starts_.size() ? starts_[end] : text_.size();
      pieces.push_back({std::string(text_.substr(starts_[i], last - starts_[i])), marks_[i]});
      i = end;
    }
    return pieces;
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;  // of each code point
  std::vector<Mark> marks_;
};

Mark mark_of(const Change& change) {
  return change.kind == ChangeKind::meaning ? Mark::meaning : Mark::wording;
}

Pieces found_at(const Passage& passage, const std::vector<Change>& changes) {
  Canvas canvas(passage.exact, Mark::same);
  for (const Change& change : changes) {
    if (change.source_start < passage.source_start || change.source_end > passage.source_end)
      continue;
    canvas.paint(change.source_start - passage.source_start,
                 change.source_end - passage.source_start, mark_of(change));
  }
  Pieces pieces = canvas.pieces();
  if (!passage.prefix.empty()) pieces.insert(pieces.begin(), {passage.prefix, Mark::context});
  if (!passage.suffix.empty()) pieces.push_back({passage.suffix, Mark::context});
  return pieces;
}

}  // namespace

SideBySide side_by_side(std::string_view quote, const QuoteFinding& finding) {
  // Only where some sentences stand does the rest of the quote count as missing: between the
  // passages of a whole quote there is but an omission mark, and of an absent one nothing needs to
  // be pointed at.
  const bool partly = finding.state == QuoteState::partial;
  Canvas canvas(quote, partly ? Mark::missing : Mark::same);
  SideBySide both;
  for (const Passage& passage : finding.passages) {
    canvas.paint(passage.quote_start, passage.quote_end, Mark::same);
    both.found.push_back(found_at(passage, finding.changes));
  }
  for (const Change& change : finding.changes)
    canvas.paint(change.quote_start, change.quote_end, mark_of(change));
  both.quoted = canvas.pieces();
  return both;
}

}  // namespace loccit
