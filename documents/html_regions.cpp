#include <algorithm>

#include "base/ascii.h"
#include "documents/html_head.h"
#include "documents/html_reader.h"

namespace loccit {
namespace {

// How long a part may be and still be taken for furniture. A part that is furniture by its tag may
// be a long list; one that is so by its class name only may be the whole article in a wrapper with
// an unlucky name.
constexpr std::size_t max_furniture_by_tag = 20'000;
constexpr std::size_t max_furniture_by_sign = 2'000;
constexpr std::size_t max_mark = 64;
constexpr std::size_t max_ruby = 200;
constexpr std::size_t max_spoken = 200;
constexpr std::size_t longest_word_mark = 12;

// "F1", "fn12", "n.3": the labels of notes that a law's editors number apart.
bool is_lettered_mark(std::string_view text) {
  constexpr std::size_t most_letters = 3, most_digits = 3;
  std::size_t letters = 0;
  while (letters < text.size() &&
         (ascii::is_lower(text[letters]) || ascii::is_upper(text[letters])))
    ++letters;
  const std::size_t stop = letters < text.size() && text[letters] == '.' ? 1 : 0;
  const std::string_view number = text.substr(letters + stop);
  return letters >= 1 && letters <= most_letters && !number.empty() &&
         number.size() <= most_digits && std::ranges::all_of(number, ascii::is_digit);
}

}  // namespace

void HtmlReader::open_region(const HtmlToken& token, const Element& element,
                             ElementEffects& effects) {
  if (out_of_sight()) return;
  Region region{0, max_furniture_by_tag, Region::furniture, content_.links.size()};
  SkipKind kind = SkipKind::page_furniture;
  if (element.tag == Tag::sup) {
    region = {0, max_mark, Region::superscript, content_.links.size()};
    kind = SkipKind::note_mark;
  } else if (element.tag == Tag::rt || element.tag == Tag::rtc) {
    region = {0, max_ruby, Region::ruby, content_.links.size()};
    kind = SkipKind::note_mark;
  } else if (!has(element, is_furniture)) {
    if (token.attributes.empty() || is_table_part(element.tag) || element.tag == Tag::article)
      return;
    const PartSign sign = signs_.sign_of(token);
    if (sign == PartSign::none) return;
    if (sign == PartSign::for_listeners) {
      region = {0, max_spoken, Region::spoken, content_.links.size()};
      kind = SkipKind::note_mark;
    } else if (sign == PartSign::note_mark) {
      region = {0, max_mark, Region::mark, content_.links.size()};
      kind = SkipKind::note_mark;
    } else {
      region.max_size = max_furniture_by_sign;
      if (effects.parts_text) set_kind(BlockKind::page_furniture, effects);
    }
  }
  if (region.form == Region::furniture) ++furniture_;
  region.skip = builder_.open_skip(kind);
  regions_.push_back(region);
  effects.is_region = true;
}

void HtmlReader::open_link(const HtmlToken& token, ElementEffects& effects) {
  Link link;
  link.url = attribute_text(token, "href");
  if (link.url.empty()) return;
  close_link();
  link.rel = attribute_text(token, "rel");
  link.language = attribute_text(token, "hreflang");
  link.range = {builder_.position(), builder_.position()};
  link_ = content_.links.size();
  content_.links.push_back(std::move(link));
  effects.is_link = true;
}

void HtmlReader::close_region() {
  const Region region = regions_.back();
  regions_.pop_back();
  if (region.form == Region::furniture) {
    // Its last block ends with it, before it counts as outside again.
    --furniture_;
    builder_.close_skip(region.skip, region.max_size);
    return;
  }
  builder_.close_skip(region.skip, region.max_size);
  if (region.form == Region::ruby || region.form == Region::spoken) return;
  const TextRange range = content_.skips[region.skip].range;
  const std::string_view text = content_.text;
  const std::string_view mark = text.substr(range.begin, range.end - range.begin);
  const MarkForm form = mark_form(mark);
  if (region.form == Region::mark) {
    // "Permalink", "edit": what its class calls a mark is one only while it is as short as one.
    if (form == MarkForm::none && range.end - range.begin > longest_word_mark)
      builder_.drop_skip(region.skip);
    return;
  }
  const bool has_link = content_.links.size() > region.links_before || link_;
  const bool digits =
      range.end > range.begin && text[range.begin] >= '0' && text[range.begin] <= '9';
  const std::string_view before = text.substr(0, range.begin);
  const bool is_mark =
      form == MarkForm::certain || is_page_of_note(mark, range.begin) ||
      (form == MarkForm::bare && (has_link || (digits && may_end_before_note(before, mark))));
  if (is_mark) return;
  builder_.drop_skip(region.skip);
  // "10<sup>2</sup>" is not 102.
  if (content_.links.size() == region.links_before) builder_.raise_digits(range.begin);
}

// "[3]:12–14": the pages of the note right before.
bool HtmlReader::is_page_of_note(std::string_view mark, std::size_t begin) const {
  if (!mark.starts_with(':') || mark.find_first_of("0123456789") == std::string_view::npos)
    return false;
  const bool has_letters =
      std::ranges::any_of(mark, [](char c) { return ascii::is_lower(c) || ascii::is_upper(c); });
  constexpr std::size_t last_ones = 4;  // the mark's own part among them
  const auto ends_here = [&](const Skip& skip) {
    return skip.kind == SkipKind::note_mark && skip.range.end == begin;
  };
  const auto& skips = content_.skips;
  const auto last = static_cast<std::ptrdiff_t>(std::min(skips.size(), last_ones));
  return !has_letters && std::any_of(skips.end() - last, skips.end(), ends_here);
}

// "[1]" or "†" that leads to a place in a page is a note's mark, and so is "1" where it is glued to
// the word before.
void HtmlReader::close_link() {
  if (!link_) return;
  Link& link = content_.links[*link_];
  link_.reset();
  link.range = builder_.range_from(link.range.begin);
  const std::size_t size = link.range.end - link.range.begin;
  if (size == 0) return;
  if (builder_.in_block() && link.range.begin >= builder_.block_begin()) count_link(link.range);
  if (link.url.find('#') == std::string::npos || size > max_mark) return;
  const std::string_view text = content_.text;
  const std::string_view mark = text.substr(link.range.begin, size);
  const MarkForm form = mark_form(mark);
  const bool glued = may_end_before_note(text.substr(0, link.range.begin), mark) &&
                     link.range.begin > builder_.block_begin();
  const bool lettered = link.url.starts_with('#') && is_lettered_mark(mark);
  if (form == MarkForm::certain || ((form == MarkForm::bare || lettered) && glued)) {
    builder_.add_skip(SkipKind::note_mark, link.range);
  }
}

}  // namespace loccit
