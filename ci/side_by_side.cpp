#include "ci/side_by_side.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace loccit {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

// ASCII punctuation and blanks; a letter of any script is none of these.
bool is_between_words(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool word =
      byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !word;
}

// A text with a mark on each code point: ranges are painted over one another, then runs of one mark
// are read off.
class Canvas {
 public:
  Canvas(std::string_view text, Mark ground) : text_(text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool continues = is_continuation(text[i]);
      if (!continues) starts_.push_back(i);
    }
    marks_.assign(starts_.size(), ground);
  }

  void paint(std::size_t begin, std::size_t end, Mark mark) {
    end = std::min(end, marks_.size());
    for (std::size_t i = begin; i < end; ++i) marks_[i] = mark;
  }

  // What lies between words is no difference by itself: next to words that differ it goes with
  // them, elsewhere it agrees; blanks at the edge of a difference are not part of it.
  void settle_between_words() {
    for (std::size_t i = 0; i < marks_.size();) {
      const std::size_t end = run_end(i);
      if (marks_[i] == Mark::missing && all(i, end, is_between_words)) {
        const std::optional<Mark> before = i > 0 ? difference(i - 1) : std::nullopt;
        const std::optional<Mark> after = end < marks_.size() ? difference(end) : std::nullopt;
        paint(i, end, before ? *before : after.value_or(Mark::same));
      }
      i = end;
    }
    for (std::size_t i = 0; i < marks_.size();) {
      std::size_t end = run_end(i);
      const std::size_t next = end;
      if (difference(i)) {
        const bool after_same = i == 0 || marks_[i - 1] == Mark::same;
        const bool before_same = end == marks_.size() || marks_[end] == Mark::same;
        for (; after_same && i < end && is_blank(text_[starts_[i]]); ++i) marks_[i] = Mark::same;
        for (; before_same && end > i && is_blank(text_[starts_[end - 1]]); --end)
          marks_[end - 1] = Mark::same;
      }
      i = next;
    }
  }

  Pieces pieces() const {
    Pieces pieces;
    for (std::size_t i = 0; i < marks_.size();) {
      const std::size_t end = run_end(i);
      const std::size_t last = end < starts_.size() ? starts_[end] : text_.size();
      pieces.push_back({std::string(text_.substr(starts_[i], last - starts_[i])), marks_[i]});
      i = end;
    }
    return pieces;
  }

 private:
  std::size_t run_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < marks_.size() && marks_[end] == marks_[begin]) ++end;
    return end;
  }
  std::optional<Mark> difference(std::size_t i) const {
    const bool same = marks_[i] == Mark::same || marks_[i] == Mark::context;
    return same ? std::nullopt : std::optional(marks_[i]);
  }
  bool all(std::size_t begin, std::size_t end, bool (*is)(char)) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (!is(text_[starts_[i]])) return false;
    }
    return true;
  }

  std::string_view text_;
  std::vector<std::size_t> starts_;  // of each code point
  std::vector<Mark> marks_;
};

Mark mark_of(const Change& change) {
  return change.kind == ChangeKind::meaning ? Mark::meaning : Mark::wording;
}

// Of what stands around a passage, its own paragraph in whole words: the menu above an article and
// the footer below it are not what a reader compares.
constexpr std::size_t cut_context = 48;  // bytes; verifier/passages.cpp gives 64 where there are

std::string context_before(const std::string& prefix) {
  if (const std::size_t line = prefix.rfind('\n'); line != std::string::npos)
    return prefix.substr(line + 1);
  const std::size_t blank = prefix.find(' ');
  if (prefix.size() < cut_context || blank == std::string::npos) return prefix;
  return "… " + prefix.substr(blank + 1);
}

std::string context_after(const std::string& suffix) {
  if (const std::size_t line = suffix.find('\n'); line != std::string::npos)
    return suffix.substr(0, line);
  const std::size_t blank = suffix.rfind(' ');
  if (suffix.size() < cut_context || blank == std::string::npos) return suffix;
  return suffix.substr(0, blank) + " …";
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
  if (std::string before = context_before(passage.prefix); !before.empty())
    pieces.insert(pieces.begin(), {std::move(before), Mark::context});
  if (std::string after = context_after(passage.suffix); !after.empty())
    pieces.push_back({std::move(after), Mark::context});
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
  canvas.settle_between_words();
  both.quoted = canvas.pieces();
  return both;
}

}  // namespace loccit
