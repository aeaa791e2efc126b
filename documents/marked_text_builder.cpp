#include "documents/marked_text_builder.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "documents/code_points.h"
#include "documents/part_text.h"

namespace loccit {
namespace {

using ascii::is_blank;

// Bytes of the blank or invisible character at `at`, 0 for any other: U+00A0, U+00AD,
// U+2000–U+200D, U+202F, U+205F, U+2060, U+3000, U+FEFF.
struct Special {
  std::size_t size = 0;
  bool blank = false;
};
Special special_at(std::string_view text, std::size_t at) {
  const auto starts = [&](std::string_view what) { return text.substr(at, what.size()) == what; };
  switch (static_cast<unsigned char>(text[at])) {
    case 0xC2:
      if (starts("\xC2\xA0")) return {2, true};
      if (starts("\xC2\xAD")) return {2, false};
      return {};
    case 0xE2:
      if (text.size() - at < 3) return {};
      if (text[at + 1] == '\x80') {
        const auto last = static_cast<unsigned char>(text[at + 2]);
        if (last >= 0x80 && last <= 0x8A) return {3, true};
        if (last >= 0x8B && last <= 0x8F) return {3, false};
        if (last == 0xAF) return {3, true};
      }
      if (starts("\xE2\x81\x9F")) return {3, true};
      if (starts("\xE2\x81\xA0")) return {3, false};
      return {};
    case 0xE3:
      return starts("\xE3\x80\x80") ? Special{3, true} : Special{};
    case 0xEF:
      return starts("\xEF\xBB\xBF") ? Special{3, false} : Special{};
    default:
      return {};
  }
}

// Where the next word of a part will begin.
std::size_t next_word(const Part& part, bool is_open, bool blank_waits) {
  if (!is_open) return 0;
  return part.text.size() + (blank_waits && !part.text.empty() ? 1U : 0U);
}

bool starts_with_dash(std::string_view text) {
  for (const std::string_view dash : {"\u2014", "\u2013", "\u2015", "--", "~ "}) {
    if (text.starts_with(dash)) return true;
  }
  return false;
}

}  // namespace

void MarkedTextBuilder::begin_part(PartKind kind, int level, const Location& location) {
  end_part();
  auto& open = flow();
  open.part = Part{};
  open.part.kind = kind;
  open.part.level = level;
  open.part.location = location;
  open.part.attribution = open.attribution > 0;
  if (!open.quotations.empty()) {
    if (!open.part.attribution && kind != PartKind::verbatim) open.part.kind = PartKind::quotation;
    open.part.group = open.quotations.front().group;  // speech within a quotation belongs to it
    open.part.cite = open.quotations.front().cite;
  }
  open.in_part = true;
  open.pending_blank = false;
  open.breaks.clear();
  // A link or quotation that runs over a part's end goes on in the next one.
  for (auto& link : open.links) link.begin = 0;
  for (auto& quote : open.quotes) quote.begin = 0;
  for (auto* begins : {&open.raised, &open.code}) std::ranges::fill(*begins, 0);
}

void MarkedTextBuilder::end_part() {
  auto& open = flow();
  if (!open.in_part) return;
  open.in_part = false;
  close_spans();
  if (in_note()) {
    hand_on_to_note();
  } else if (!open.part.text.empty() || !open.part.calls.empty()) {
    hand_on_part();
  }
  open.part = Part{};
}

void MarkedTextBuilder::close_spans() {
  auto& open = flow();
  auto& part = open.part;
  const auto end = part.text.size();
  for (const auto& link : open.links) {
    if (link.begin < end) part.links.push_back({link.begin, end, link.url, link.location});
  }
  for (const auto& quote : open.quotes) {
    if (quote.begin < end) part.quotations.push_back({quote.begin, end, quote.cite});
  }
  std::ranges::stable_sort(part.links, {}, &TextLink::begin);
  std::ranges::stable_sort(part.quotations, {}, &InlineQuotation::begin);
}

void MarkedTextBuilder::hand_on_to_note() {
  auto& note = notes_[note_].note;
  const auto& part = flow().part;
  if (!note.text.empty() && !part.text.empty()) note.text += ' ';
  note.text += part.text;
}

// A block quotation's last line may name its source: "— Name". It is then a part of its own.
void MarkedTextBuilder::hand_on_part() {
  auto& open = flow();
  auto& part = open.part;
  if (!part.calls.empty()) erase_empty_brackets(part);
  if (part.kind == PartKind::quotation && !open.breaks.empty()) {
    const auto at = open.breaks.back();
    if (at < part.text.size() && starts_with_dash(std::string_view(part.text).substr(at + 1))) {
      text_.parts.push_back(split_text(part, at, at + 1));
      part.attribution = true;
      part.kind = PartKind::paragraph;
    }
  }
  if (part.kind == PartKind::quotation && starts_with_dash(part.text) && !text_.parts.empty() &&
      text_.parts.back().group == part.group) {
    part.attribution = true;
    part.kind = PartKind::paragraph;
  }
  text_.parts.push_back(std::move(part));
}

void MarkedTextBuilder::open_paragraph(const Location& location) {
  if (!flow().in_part) begin_part(PartKind::paragraph, 0, location);
}

// The blank that waits is written only when words follow it, so that nothing ends in a blank.
void MarkedTextBuilder::settle_blank() {
  auto& open = flow();
  if (open.pending_blank && !open.part.text.empty() && open.part.text.back() != ' ') {
    open.part.text += ' ';
    ++size_;
  }
  open.pending_blank = false;
}

void MarkedTextBuilder::add_text(std::string_view utf8, const Location& location) {
  if (full()) return;
  for (std::size_t at = 0; at < utf8.size();) {
    if (is_blank(utf8[at])) {
      flow().pending_blank = true;
      ++at;
      continue;
    }
    if (const auto special = special_at(utf8, at); special.size != 0) {
      flow().pending_blank = flow().pending_blank || special.blank;
      at += special.size;
      continue;
    }
    if (!flow().in_part) open_paragraph(location);
    settle_blank();
    auto end = at + 1;
    while (end < utf8.size() && !is_blank(utf8[end]) &&
           (static_cast<unsigned char>(utf8[end]) < 0xC2 || special_at(utf8, end).size == 0)) {
      ++end;
    }
    flow().part.text.append(utf8, at, end - at);
    size_ += end - at;
    at = end;
  }
}

bool MarkedTextBuilder::at_line_start() const {
  const auto& open = in_note() ? note_flow_ : body_;
  return !open.in_part || open.part.text.empty() ||
         (!open.breaks.empty() && open.breaks.back() == open.part.text.size());
}

void MarkedTextBuilder::add_line_break() {
  auto& open = flow();
  if (!open.in_part || open.part.text.empty()) return;
  open.pending_blank = true;
  open.breaks.push_back(open.part.text.size());
}

void MarkedTextBuilder::begin_link(std::string url, LinkOrigin origin, const Location& location) {
  if (full()) return;
  auto& open = flow();
  size_ += url.size() + sizeof(TextLink);
  open.links.push_back(
      {next_word(open.part, open.in_part, open.pending_blank), std::move(url), origin, location});
}

void MarkedTextBuilder::end_link() {
  auto& open = flow();
  if (open.links.empty()) return;
  auto link = std::move(open.links.back());
  open.links.pop_back();
  if (!open.in_part && !in_note()) return;
  const auto end = open.part.text.size();
  // An image or an empty anchor has no words that the text carries; a note gives its URL all the
  // same.
  if (in_note()) {
    auto& entry = notes_[note_];
    auto& urls = link.origin == LinkOrigin::own_site ? entry.own_site_links : entry.note.links;
    urls.push_back(std::move(link.url));
  } else if (link.begin < end) {
    open.part.links.push_back({link.begin, end, std::move(link.url), link.location});
  }
}

void MarkedTextBuilder::begin_quote(std::string cite) {
  auto& open = flow();
  open.quotes.push_back({next_word(open.part, open.in_part, open.pending_blank), std::move(cite)});
}

void MarkedTextBuilder::end_quote() {
  auto& open = flow();
  if (open.quotes.empty()) return;
  auto quote = std::move(open.quotes.back());
  open.quotes.pop_back();
  const auto end = open.part.text.size();
  if (open.in_part && quote.begin < end) {
    open.part.quotations.push_back({quote.begin, end, std::move(quote.cite)});
  }
}

void MarkedTextBuilder::end_range(Flow& open, std::vector<std::size_t>& begins,
                                  std::vector<TextRange>& ranges) {
  if (begins.empty()) return;
  const auto begin = begins.back();
  begins.pop_back();
  const auto end = open.part.text.size();
  if (open.in_part && begin < end) ranges.push_back({begin, end});
}

// "10<sup>2</sup>" is typed 10². What holds a call or a link is no exponent.
bool MarkedTextBuilder::raise_exponent(Flow& open, std::size_t begin) {
  const Part& part = open.part;
  const auto ends_inside = [&](const auto& ranges) {
    return !ranges.empty() && ranges.back().end > begin;
  };
  const bool calls = !part.calls.empty() && part.calls.back().at >= begin;
  const bool links =
      ends_inside(part.links) || (!open.links.empty() && open.links.back().begin >= begin);
  return open.in_part && !calls && !links && !ends_inside(part.quotations) &&
         !ends_inside(part.code) && raise_digits(open.part.text, begin);
}

void MarkedTextBuilder::begin_raised() {
  auto& open = flow();
  open.raised.push_back(next_word(open.part, open.in_part, open.pending_blank));
}

void MarkedTextBuilder::end_raised() {
  auto& open = flow();
  if (!open.raised.empty() && raise_exponent(open, open.raised.back())) {
    open.raised.pop_back();
    return;
  }
  end_range(open, open.raised, open.part.raised);
}

void MarkedTextBuilder::begin_code() {
  auto& open = flow();
  open.code.push_back(next_word(open.part, open.in_part, open.pending_blank));
}

void MarkedTextBuilder::end_code() {
  auto& open = flow();
  end_range(open, open.code, open.part.code);
}

void MarkedTextBuilder::begin_quotation(std::string cite) {
  end_part();
  flow().quotations.push_back({++quotation_count_, std::move(cite)});
}

void MarkedTextBuilder::end_quotation() {
  end_part();
  auto& open = flow();
  if (!open.quotations.empty()) open.quotations.pop_back();
}

void MarkedTextBuilder::begin_attribution() {
  end_part();
  ++flow().attribution;
}

void MarkedTextBuilder::end_attribution() {
  end_part();
  auto& open = flow();
  if (open.attribution > 0) --open.attribution;
}

void MarkedTextBuilder::set_title(std::string_view title) {
  Flow waiting;
  std::swap(waiting, body_);
  add_text(title);
  text_.title = std::move(body_.part.text);
  std::swap(waiting, body_);
}

void MarkedTextBuilder::warn(std::string message, const Location& location) {
  text_.warnings.push_back({std::move(message), location});
}

}  // namespace loccit
