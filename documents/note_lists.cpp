#include "documents/note_lists.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_set>

#include "documents/code_points.h"
#include "documents/line_shapes.h"
#include "documents/note_numbering.h"
#include "documents/notes_heading.h"

namespace loccit {
namespace {

struct Place {
  std::size_t page = 0, line = 0;
};

// A label at a line's start that may begin a list's entry.
struct Entry {
  Place place;
  NoteLabel label;
};

class ListTaker {
 public:
  explicit ListTaker(PagedText& text) : text_(text) {
    for (std::size_t p = 0; p < text.pages.size(); ++p) {
      for (std::size_t l = 0; l < text.pages[p].lines.size(); ++l) places_.push_back({p, l});
    }
    taken_.assign(places_.size(), false);
  }

  std::vector<PrintedNote> take() {
    std::size_t last_raised_one = places_.size();
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (raised_label(i, 1)) last_raised_one = i;
    }
    for (std::size_t i = 0; i < places_.size();) {
      std::size_t end = i;
      if (is_notes_heading(line(i).text)) {
        end = take_list(i + 1, Kind::under_heading);
        if (end > i + 1) taken_[i] = true;
      }
      if (end == i && leads_back(i)) end = take_list(i, Kind::under_heading);
      if (end == i && begins_entry(i)) end = take_list(i, Kind::bracketed);
      if (end == i && i == last_raised_one) end = take_list(i, Kind::raised);
      i = std::max(end, i + 1);
    }
    remove_taken();
    return std::move(notes_);
  }

 private:
  const PrintedLine& line(std::size_t i) const {
    return text_.pages[places_[i].page].lines[places_[i].line];
  }
  bool starts_page(std::size_t i) const { return places_[i].line == 0; }
  bool is_apart(std::size_t i) const { return i == 0 || starts_page(i) || line(i).gap >= 1; }

  // `raised`: the endnotes of a word processor, from 1 to the end of all text, each with its number
  // set high.
  enum class Kind { under_heading, bracketed, raised };

  // Without a heading over it only a bracketed label begins a list, and only where another follows.
  bool begins_entry(std::size_t i) const {
    const auto label = note_label_at_start(line(i).text);
    return label && label->form == LabelForm::bracketed && is_apart(i);
  }

  // "1. Minutes, p. 3.↩": the entries of a printed page end with the arrows back to their marks.
  bool leads_back(std::size_t i) const {
    constexpr std::size_t looked_at = 40;
    const auto label = note_label_at_start(line(i).text);
    if (!label || label->label != "1" || !is_apart(i)) return false;
    std::size_t arrows = 0;
    for (std::size_t l = i; l < std::min(places_.size(), i + looked_at); ++l)
      arrows += without_way_back(line(l).text).size() < line(l).text.size() ? 1U : 0U;
    return arrows >= 2;
  }

  struct Draft {
    std::vector<PrintedNote> notes;
    std::vector<std::size_t> lines;
  };

  // Reads entries from `begin` on; gives where the list ended, or `begin` where it is none.
  std::size_t take_list(std::size_t begin, Kind kind) {
    const bool under_heading = kind == Kind::under_heading;
    Draft draft;
    std::optional<LabelForm> form;
    double label_left = 0;
    std::size_t i = begin;
    for (; i < places_.size(); ++i) {
      const auto label = kind == Kind::raised ? raised_entry_at(i, draft)
                                              : entry_at(i, draft, form, label_left, under_heading);
      if (label) {
        form = label->form;
        label_left = line(i).left;
        add_entry(draft, i, *label);
      } else if (draft.notes.empty()) {
        // Under the heading a sentence or a subheading may stand before the first entry.
        if (!under_heading || i - begin > 6) break;
      } else if (begins_foot_notes(i, draft, form)) {
        while (i + 1 < places_.size() && !starts_page(i + 1)) ++i;
      } else if (!goes_on(i, label_left, draft) && !(kind == Kind::raised && starts_page(i))) {
        break;
      } else {
        draft.notes.back().lines.push_back(line(i));
        draft.notes.back().last_page = places_[i].page;
        draft.lines.push_back(i);
      }
    }
    const bool enough = under_heading ? !draft.notes.empty()
                        : kind == Kind::raised
                            ? i == places_.size() && are_endnotes(draft, begin)
                            : draft.notes.size() >= 2 && labels_occur_before(draft, begin);
    if (!enough) return begin;
    for (const std::size_t l : draft.lines) taken_[l] = true;
    for (PrintedNote& note : draft.notes) notes_.push_back(std::move(note));
    return i;
  }

  // "3" or "iii" set high, or glued to the note: "3Letter of 12 May", "iiiIbid.".
  std::optional<NoteLabel> raised_label(std::size_t i, int number) const {
    const PrintedLine& printed = line(i);
    const std::string_view text = printed.text;
    for (const std::string& label : {std::to_string(number), note_number(number, "lowerRoman")}) {
      if (!text.starts_with(label)) continue;
      const bool raised = !printed.raised.empty() && printed.raised.front().begin == 0 &&
                          printed.raised.front().end == label.size();
      if (raised)
        return NoteLabel{label, LabelForm::raised, std::min(label.size() + 1, text.size())};
      if (may_be_glued_to(text.substr(label.size())))
        return NoteLabel{label, LabelForm::raised, label.size()};
    }
    return std::nullopt;
  }

  std::optional<NoteLabel> raised_entry_at(std::size_t i, const Draft& draft) const {
    return raised_label(i, static_cast<int>(draft.notes.size()) + 1);
  }

  // Foot notes are all called on their own page; endnotes are called before.
  bool are_endnotes(const Draft& draft, std::size_t begin) const {
    if (draft.notes.size() < 2) return false;
    std::unordered_set<std::string> on_own_page, before;
    for (std::size_t i = 0; i < begin; ++i) {
      const PrintedLine& printed = line(i);
      for (const TextRange& raised : printed.raised) {
        auto& labels = places_[i].page == places_[begin].page ? on_own_page : before;
        labels.insert(printed.text.substr(raised.begin, raised.end - raised.begin));
      }
    }
    std::size_t called_before = 0;
    for (const PrintedNote& note : draft.notes)
      called_before +=
          before.contains(note.label.label) && !on_own_page.contains(note.label.label) ? 1U : 0U;
    return called_before * 2 > draft.notes.size();
  }

  std::optional<NoteLabel> entry_at(std::size_t i, const Draft& draft,
                                    std::optional<LabelForm> form, double label_left,
                                    bool under_heading) const {
    auto label = note_label_at_start(line(i).text);
    if (!label || (form && *form != label->form)) return std::nullopt;
    if (label->form == LabelForm::bracketed) {
      if (draft.notes.empty()) return label;
      // A reference to another entry may stand at a line's start too: it is wrapped text, deeper or
      // not.
      const bool same_column = line(i).left <= label_left + 1.5;
      const auto number = number_of(label->label);
      const auto before = number_of(draft.notes.back().label.label);
      if (number && before) return same_column && *number == *before + 1 ? label : std::nullopt;
      const bool begins = is_apart(i) || line(i).left < continuation_left(draft) ||
                          (ends_note(draft) && is_key(label->label));
      return same_column && begins ? label : std::nullopt;
    }
    if (!under_heading) return std::nullopt;
    const auto number = number_of(label->label);
    if (!number) return std::nullopt;
    // "Sources" may stand over prose, of which a line may begin with a year.
    if (draft.notes.empty())
      return is_apart(i) || is_notes_heading(line(i - 1).text) ? label : std::nullopt;
    const auto before = number_of(draft.notes.back().label.label);
    // Numbering may start again with each chapter.
    return before && (*number == *before + 1 || (*number == 1 && is_apart(i) && *before > 1))
               ? label
               : std::nullopt;
  }

  // "Mie11a", "KMN+02": letters and a year, or a number.
  static bool is_key(std::string_view label) {
    return is_letter(code_point_at(label, 0)) &&
           label.find_first_of("0123456789") != std::string_view::npos;
  }

  double continuation_left(const Draft& draft) const {
    const auto& lines = draft.notes.back().lines;
    return lines.size() < 2 ? 1e9 : lines.back().left - 0.5;
  }

  void add_entry(Draft& draft, std::size_t i, const NoteLabel& label) {
    PrintedNote note;
    note.label = label;
    note.page = note.last_page = places_[i].page;
    note.lines.push_back(rest_of_line(line(i), label.end));
    draft.notes.push_back(std::move(note));
    draft.lines.push_back(i);
  }

  // Foot notes under the list's column: smaller than the list, or apart from it and labelled in
  // another way. The list goes on after them.
  bool begins_foot_notes(std::size_t i, const Draft& draft, std::optional<LabelForm> form) const {
    const auto label = note_label_at_start(line(i).text);
    if (!label) return false;
    const bool smaller = line(i).type_size < draft.notes.back().lines.back().type_size * 0.9;
    const bool other_label = form == LabelForm::bracketed && label->form != LabelForm::bracketed &&
                             number_of(label->label).has_value();
    return smaller || (other_label && is_apart(i) && !starts_page(i));
  }

  // A line without a label: more of the entry above, a subheading inside the list, or what comes
  // after it.
  bool goes_on(std::size_t i, double label_left, const Draft& draft) const {
    if (is_notes_heading(line(i).text)) return false;
    if (!is_apart(i)) return true;
    if (starts_page(i) && !ends_note(draft)) return true;
    return line(i).left > label_left + 1.5;
  }

  static bool ends_note(const Draft& draft) {
    const std::string& text = draft.notes.back().lines.back().text;
    return text.ends_with('.') || text.ends_with('>') || text.ends_with(')');
  }

  // Entries that nothing calls are a numbered list or code.
  bool labels_occur_before(const Draft& draft, std::size_t begin) const {
    std::unordered_set<std::string> wanted;
    for (const PrintedNote& note : draft.notes) wanted.insert("[" + note.label.label + "]");
    for (std::size_t i = 0; i < begin; ++i) {
      const std::string& text = line(i).text;
      for (std::size_t open = text.find('['); open != std::string::npos;
           open = text.find('[', open + 1)) {
        const std::size_t close = text.find(']', open);
        if (close == std::string::npos) break;
        if (close - open < 40 && wanted.contains(text.substr(open, close - open + 1))) return true;
      }
    }
    return false;
  }

  void remove_taken() {
    std::size_t i = 0;
    for (PrintedPage& page : text_.pages) {
      std::vector<PrintedLine> kept;
      bool gap_lost = false;
      for (PrintedLine& printed : page.lines) {
        if (taken_[i++]) {
          gap_lost = true;
          continue;
        }
        if (gap_lost && printed.gap == 0) printed.gap = 1;
        gap_lost = false;
        kept.push_back(std::move(printed));
      }
      page.lines = std::move(kept);
    }
  }

  PagedText& text_;
  std::vector<Place> places_;
  std::vector<bool> taken_;
  std::vector<PrintedNote> notes_;
};

}  // namespace

std::vector<PrintedNote> take_note_lists(PagedText& text) { return ListTaker(text).take(); }

}  // namespace loccit
