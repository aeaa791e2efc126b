#include "documents/page_notes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/ascii.h"
#include "documents/code_points.h"
#include "documents/note_lists.h"

namespace loccit {
namespace {

// What most characters of the document are set in; 0 where sizes are unknown.
double usual_type_size(const PagedText& text) {
  std::map<int, std::size_t> characters;  // by tenths of a point
  for (const PrintedPage& page : text.pages) {
    for (const PrintedLine& line : page.lines)
      characters[static_cast<int>(line.type_size * 10 + 0.5)] += line.text.size();
  }
  const auto most =
      std::ranges::max_element(characters, {}, [](const auto& entry) { return entry.second; });
  return most == characters.end() ? 0 : most->first / 10.0;
}

constexpr double small_type = 0.94;       // of the usual size
constexpr std::size_t longest_rest = 25;  // lines of a note that goes on

bool is_stop(char32_t c) {
  static constexpr std::u32string_view signs = U".!?)”\"/";
  return signs.find(c) != std::u32string_view::npos;
}

// What text could call: digits glued to a word or at a line's end, raised digits, stars; and, less
// surely, digits that a blank parts from the punctuation before them.
using Labels = std::unordered_set<std::string>;
struct CallableLabels {
  Labels sure, doubtful;
  Labels of_lists;  // called in brackets, as entries of a list there is
  Labels bare;      // called without brackets
  bool contains(const std::string& label) const {
    return sure.contains(label) || doubtful.contains(label);
  }
};

// "Introduction . . . . . 12": a table of contents.
bool has_leaders(std::string_view line) {
  return line.find(". . . .") != std::string_view::npos ||
         line.find("......") != std::string_view::npos;
}

bool follows_punctuation(std::string_view text, std::size_t at) {
  static constexpr std::u32string_view signs = U".,;:!?)]”’\"'»";
  const std::string_view before = trimmed(text.substr(0, at));
  return !before.empty() &&
         signs.find(code_point_before(before, before.size())) != std::u32string_view::npos;
}

// "[16]" calls an entry of the list where there is one.
void add_callable_labels(const PrintedLine& line, const Labels& of_lists, CallableLabels& labels) {
  const std::string& text = line.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    std::string label;
    bool in_brackets = false;
    if (is_digit(c)) {
      while (at < text.size() && is_digit(static_cast<unsigned char>(text[at]))) ++at;
      const char32_t before = code_point_before(text, begin), after = code_point_at(text, at);
      in_brackets = before == U'[' && after == U']';
      if (in_brackets && of_lists.contains(text.substr(begin, at - begin)))
        labels.of_lists.insert(text.substr(begin, at - begin));
      const bool glued = before != 0 && !is_blank(before) && before != U'-' && before != U'/';
      const char32_t next = after == U'/' ? code_point_at(text, at + 1) : U'x';
      // "1.1." numbers a section.
      const bool of_section =
          before == U'.' && after == U'.' && begin >= 2 && ascii::is_digit(text[begin - 2]);
      const bool ends =
          !of_section && (!is_letter(after) || (!is_letter(before) && is_caseless(after)));
      if ((glued && ends) || next == 0 || is_blank(next))
        label = text.substr(begin, at - begin);
      else if (is_blank(before) &&
               (after == 0 || (is_blank(after) && follows_punctuation(text, begin))))
        labels.doubtful.insert(text.substr(begin, std::min<std::size_t>(at - begin, 6)));
    } else if (raised_digit(c)) {
      label += *raised_digit(c);
      while (at < text.size()) {
        std::size_t next = at;
        const auto digit = raised_digit(next_code_point(text, next));
        if (!digit) break;
        label += *digit;
        at = next;
      }
    } else if (c == U'*' || c == U'†' || c == U'‡') {
      while (at < text.size() && text[at] == text[begin] && c == U'*') ++at;
      label = text.substr(begin, at - begin);
    }
    if (label.empty() || label.size() > 5) continue;
    if (!in_brackets) labels.bare.insert(label);
    labels.sure.insert(std::move(label));
  }
}

class FootTaker {
 public:
  FootTaker(PagedText& text, std::vector<PrintedNote>& notes, Labels of_lists)
      : text_(text),
        notes_(notes),
        usual_size_(usual_type_size(text)),
        of_lists_(std::move(of_lists)) {}

  void take() {
    for (std::size_t p = 0; p < text_.pages.size(); ++p) {
      auto& lines = text_.pages[p].lines;
      std::optional<std::size_t> begin = after_rule(p);
      bool ruled = begin.has_value();
      if (!begin) begin = earlier(small_type_at_foot(p), labelled_tail(p));
      if (!ruled) begin = with_rest_of_note_before(p, begin);
      if (!begin) continue;
      read_block(p, *begin);
      lines.resize(ruled ? *begin - 1 : *begin);
    }
    drop_other_rules();
  }

 private:
  // Fonts differ in the height that they claim: of a note only some lines may seem small.
  static std::optional<std::size_t> earlier(std::optional<std::size_t> a,
                                            std::optional<std::size_t> b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
  }

  // The last rule that notes, or the rest of a note from the page before, follow.
  std::optional<std::size_t> after_rule(std::size_t p) const {
    const auto& lines = text_.pages[p].lines;
    for (std::size_t i = lines.size(); i-- > 0;) {
      if (!is_rule(lines[i].text) || i + 1 == lines.size()) continue;
      const auto label = note_label_at_start(lines[i + 1].text);
      if (label && may_begin_block(*label)) return i + 1;
      if (!label && runs_over(lines[i + 1])) return i + 1;
    }
    return std::nullopt;
  }

  bool may_begin_block(const NoteLabel& label) const {
    const auto number = number_of(label.label);
    if (!number) return true;
    const auto last = last_number();
    return !last || *number == 1 || (*number > *last && *number <= *last + 5);
  }

  std::optional<int> last_number() const {
    for (auto note = notes_.rbegin(); note != notes_.rend(); ++note) {
      if (const auto number = number_of(note->label.label)) return number;
    }
    return std::nullopt;
  }

  bool runs_over(const PrintedLine& line) const {
    if (notes_.empty()) return false;
    if (usual_size_ > 0 && line.type_size < usual_size_ * small_type) return true;
    const std::string& before = notes_.back().lines.back().text;
    return starts_with_lower(line.text) ||
           !(before.ends_with('.') || before.ends_with(')') || before.ends_with('/'));
  }

  // Small type down to the page's end, that begins with a label or goes on with the page before.
  std::optional<std::size_t> small_type_at_foot(std::size_t p) const {
    if (usual_size_ <= 0) return std::nullopt;
    const auto& lines = text_.pages[p].lines;
    std::size_t begin = lines.size();
    while (begin > 0 && lines[begin - 1].type_size < usual_size_ * small_type) --begin;
    for (std::size_t i = begin; i < lines.size(); ++i) {
      if (has_leaders(lines[i].text)) return std::nullopt;
      const auto label = note_label_at_start(lines[i].text);
      if (label && may_begin_block(*label) && is_wanted(p, i, label->label)) return i;
      if (i == begin && !label && p > 0 && runs_over(lines[i]) && goes_on_from_page_before(p))
        return i;
    }
    return std::nullopt;
  }

  // Next in the sequence, or called above: small print has numbers of its own.
  bool is_wanted(std::size_t p, std::size_t begin, const std::string& label) const {
    const auto number = number_of(label);
    if (!number || last_number() == *number - 1) return true;
    CallableLabels callable;
    const auto& lines = text_.pages[p].lines;
    for (std::size_t i = 0; i < begin; ++i) add_callable_labels(lines[i], of_lists_, callable);
    return callable.contains(label);
  }

  bool goes_on_from_page_before(std::size_t p) const {
    return !notes_.empty() && notes_.back().last_page + 1 == p;
  }

  // Without a rule: labels that go on from the notes before, down to the page's end, for each
  // number that the text above calls and for no other. The lowest such run counts: a numbered
  // paragraph stands higher.
  std::optional<std::size_t> labelled_tail(std::size_t p) const {
    const auto& lines = text_.pages[p].lines;
    std::vector<std::size_t> starts;
    for (std::size_t i = 1; i < lines.size() && starts.size() < 256; ++i) {
      const auto label = note_label_at_start(lines[i].text);
      if (label && may_begin_tail(*label, lines[i].gap)) starts.push_back(i);
    }
    std::optional<std::size_t> tail;
    CallableLabels callable;
    std::size_t seen = 0;
    for (const std::size_t start : starts) {
      for (; seen < start; ++seen) add_callable_labels(lines[seen], of_lists_, callable);
      if (is_tail_of_notes(p, start, callable)) tail = start;
    }
    return tail;
  }

  bool may_begin_tail(const NoteLabel& label, int gap) const {
    const auto number = number_of(label.label);
    if (!number) return gap >= 1 && label.form != LabelForm::bracketed;
    const auto last = last_number();
    return !last || *number == 1 || *number == *last + 1 || (gap >= 1 && may_begin_block(label));
  }

  bool is_tail_of_notes(std::size_t p, std::size_t start, const CallableLabels& callable) const {
    const auto& lines = text_.pages[p].lines;
    const auto first = note_label_at_start(lines[start].text);
    std::optional<int> number = number_of(first->label);
    const bool bracketed = first->form == LabelForm::bracketed;
    if (number && *number > 1 && !last_number() && callable.contains(std::to_string(*number - 1)))
      return false;
    // "16 Conclusions" at a column's end is a heading.
    const bool is_first_of_all = number && *number > 1 && !last_number() && !bracketed;
    const bool is_small = usual_size_ > 0 && lines[start].type_size < usual_size_ * small_type;
    if (is_first_of_all && !is_small && lines[start].raised.empty() &&
        (usual_size_ > 0 || !callable.sure.contains(first->label) ||
         callable.of_lists.contains(first->label)))
      return false;
    // Numbers set high at the beginnings of lines, that go on from the notes before, are labels
    // whatever the text calls: a mark or a note may have found no room on the page.
    bool are_high = is_high(lines[start]) && number && (*number == last_number().value_or(0) + 1);
    std::size_t labels = 0, missed = 0;
    for (std::size_t i = start; i < lines.size(); ++i) {
      if (has_leaders(lines[i].text)) return false;
      const auto label = note_label_at_start(lines[i].text);
      const auto here = label ? number_of(label->label) : std::nullopt;
      const bool next =
          i == start ||
          (label && label->form == first->form && label->stopped == first->stopped &&
           (here ? number && *here == *number + 1 : label->form == LabelForm::symbol));
      if (!next) {
        // Without a number only what stands close is the note's.
        if (!number && lines[i].gap >= 1 && lines[i].left <= lines[start].left + 1) return false;
        continue;
      }
      // "1." begins a numbered paragraph as well. Where a list has its marks in brackets, those
      // call nothing else.
      const Labels& sure = of_lists_.empty() || bracketed ? callable.sure : callable.bare;
      const bool called = sure.contains(label->label) ||
                          (!label->stopped && callable.doubtful.contains(label->label));
      are_high = are_high && is_high(lines[i]);
      if (!called && !bracketed && !are_high && (label->stopped || i == start)) return false;
      if (!called && !bracketed) ++missed;
      number = here;
      ++labels;
    }
    if (are_high) return true;
    // A mark may be lost in the text layer.
    return labels > 0 && missed * 4 <= labels &&
           (!number || bracketed || !callable.sure.contains(std::to_string(*number + 1)));
  }

  static bool is_high(const PrintedLine& line) {
    return !line.raised.empty() && line.raised.front().begin == 0;
  }

  // Between the text and the page's first label the rest of the note before may stand, that found
  // no room on its own page. Without sizes only a gap and a sentence broken off tell.
  std::optional<std::size_t> with_rest_of_note_before(std::size_t p,
                                                      std::optional<std::size_t> begin) const {
    const auto& lines = text_.pages[p].lines;
    if (usual_size_ > 0 || !goes_on_from_page_before(p)) return begin;
    const std::string& broken_off = notes_.back().lines.back().text;
    if (is_stop(code_point_before(broken_off, broken_off.size()))) return begin;
    const std::size_t end = begin.value_or(lines.size());
    for (std::size_t i = end; i-- > 1 && end - i <= longest_rest;) {
      if (lines[i].gap < 1) continue;
      return starts_with_lower(lines[i].text) ? i : begin;
    }
    return begin;
  }

  void read_block(std::size_t p, std::size_t begin) {
    const auto& lines = text_.pages[p].lines;
    bool any = false;
    for (std::size_t i = begin; i < lines.size(); ++i) {
      if (is_rule(lines[i].text)) continue;
      const auto label = note_label_at_start(lines[i].text);
      if (label && begins_note(*label, any)) {
        any = true;
        PrintedNote note;
        note.label = *label;
        note.page = note.last_page = p;
        note.at_foot = true;
        note.lines.push_back(rest_of_line(lines[i], label->end));
        notes_.push_back(std::move(note));
      } else if (!notes_.empty()) {
        notes_.back().lines.push_back(lines[i]);
        notes_.back().last_page = p;
      }
    }
  }

  bool begins_note(const NoteLabel& label, bool any) const {
    if (!any) return may_begin_block(label);
    const auto number = number_of(label.label);
    if (!number) return label.form == LabelForm::symbol;
    const PrintedNote& before = notes_.back();
    if (before.label.form == LabelForm::symbol) return may_begin_block(label);
    const auto last = number_of(before.label.label);
    return last && *number == *last + 1 && label.form == before.label.form;
  }

  void drop_other_rules() {
    for (PrintedPage& page : text_.pages) {
      bool dropped = false;
      std::vector<PrintedLine> kept;
      for (PrintedLine& line : page.lines) {
        if (is_rule(line.text)) {
          dropped = true;
          continue;
        }
        if (dropped && line.gap == 0 && !kept.empty()) line.gap = 1;
        dropped = false;
        kept.push_back(std::move(line));
      }
      page.lines = std::move(kept);
    }
  }

  PagedText& text_;
  std::vector<PrintedNote>& notes_;
  double usual_size_;
  Labels of_lists_;  // in brackets
};

}  // namespace

std::vector<PrintedNote> take_notes(PagedText& text) {
  // Lists first: an entry of a reference list is no foot note of the page that it happens to end.
  std::vector<PrintedNote> lists = take_note_lists(text);
  Labels bracketed;
  for (const PrintedNote& note : lists) {
    if (note.label.form == LabelForm::bracketed) bracketed.insert(note.label.label);
  }
  std::vector<PrintedNote> notes;
  FootTaker(text, notes, std::move(bracketed)).take();
  std::ranges::move(lists, std::back_inserter(notes));
  std::ranges::stable_sort(notes, {}, &PrintedNote::page);
  return notes;
}

}  // namespace loccit
