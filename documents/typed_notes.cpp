#include "documents/typed_notes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "documents/code_points.h"
#include "documents/note_label.h"
#include "documents/notes_heading.h"
#include "documents/part_text.h"

namespace loccit {
namespace {

constexpr std::size_t fewest_entries = 2;
constexpr std::size_t longest_mark = 40;  // bytes: "[1, 3, 5–9]"
constexpr int longest_range = 30;

constexpr std::size_t longest_rest = 2;  // paragraphs of an entry after its first

struct Entry {
  std::size_t part = 0;
  std::size_t end = 0;  // after its last part
  int number = 0;
  std::size_t text_begin = 0;  // after its label
};

struct Mark {
  TextRange range;
  std::vector<int> numbers;
};

// "1", "1, 3", "2–4"; nothing where it says anything else.
std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  while (!text.empty()) {
    const std::size_t cut = std::min(text.find_first_of(",;"), text.size());
    std::string_view piece = trimmed(text.substr(0, cut));
    text = cut < text.size() ? text.substr(cut + 1) : std::string_view{};
    std::size_t digits = 0;
    while (digits < piece.size() && is_digit(static_cast<unsigned char>(piece[digits]))) ++digits;
    const auto from = number_of(piece.substr(0, digits));
    if (!from) return {};
    piece.remove_prefix(digits);
    int last = *from;
    for (const std::string_view dash : {"-", "–", "—"}) {
      if (!piece.starts_with(dash)) continue;
      const auto to = number_of(trimmed(piece.substr(dash.size())));
      if (!to || *to <= *from || *to - *from > longest_range) return {};
      last = *to;
      piece = {};
    }
    if (!piece.empty()) return {};
    for (int number = *from; number <= last; ++number) numbers.push_back(number);
  }
  return numbers;
}

std::string_view without_brackets(std::string_view text) {
  text = trimmed(text);
  const bool bracketed = text.size() > 2 && ((text.front() == '[' && text.back() == ']') ||
                                             (text.front() == '(' && text.back() == ')'));
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

bool lies_in(const std::vector<TextRange>& ranges, std::size_t at) {
  return std::ranges::any_of(
      ranges, [&](const TextRange& range) { return range.begin <= at && at < range.end; });
}

// "m", "x", "10" before a raised figure: it is a power.
bool is_base(std::string_view before) {
  if (before.ends_with("10")) return true;
  const std::size_t last = start_of_code_point_before(before, before.size());
  return is_letter(code_point_at(before, last)) && !is_letter(code_point_before(before, last));
}

std::vector<Mark> marks_in(const Part& part) {
  std::vector<Mark> marks;
  const std::string_view text = part.text;
  for (const TextRange& raised : part.raised) {
    if (raised.begin >= raised.end || raised.end > text.size()) continue;
    const std::string_view words = text.substr(raised.begin, raised.end - raised.begin);
    if (auto numbers = numbers_in(without_brackets(words));
        !numbers.empty() && !is_base(text.substr(0, raised.begin)))
      marks.push_back({raised, std::move(numbers)});
  }
  for (std::size_t open = text.find('['); open != std::string_view::npos;
       open = text.find('[', open + 1)) {
    const std::size_t close = text.find(']', open);
    if (close == std::string_view::npos) break;
    if (close - open > longest_mark || lies_in(part.code, open)) continue;
    if (auto numbers = numbers_in(text.substr(open + 1, close - open - 1)); !numbers.empty())
      marks.push_back({{open, close + 1}, std::move(numbers)});
  }
  std::ranges::stable_sort(marks, {}, [](const Mark& mark) { return mark.range.begin; });
  std::size_t done = 0;
  std::erase_if(marks, [&](const Mark& mark) {
    if (mark.range.begin < done) return true;
    done = mark.range.end;
    return false;
  });
  return marks;
}

class Linker {
 public:
  explicit Linker(MarkedText& text) : text_(text) {}

  void link() {
    find_list();
    if (entries_.size() < fewest_entries) return;
    std::vector<std::vector<Mark>> marks(text_.parts.size());
    std::size_t called = 0;
    std::unordered_map<int, bool> is_called;
    for (std::size_t p = 0; p < text_.parts.size(); ++p) {
      if (is_entry_[p] || text_.parts[p].kind == PartKind::verbatim) continue;
      marks[p] = marks_in(text_.parts[p]);
      std::erase_if(marks[p], [&](const Mark& mark) {
        return std::ranges::any_of(mark.numbers, [&](int n) { return !entries_.contains(n); });
      });
      for (const Mark& mark : marks[p]) {
        for (const int number : mark.numbers) called += is_called.emplace(number, true).second;
      }
    }
    // What is called by less than half is a numbered list.
    if (called * 2 < entries_.size()) return;
    make_notes();
    for (std::size_t p = 0; p < text_.parts.size(); ++p) call(text_.parts[p], marks[p]);
    std::size_t i = 0;
    std::erase_if(text_.parts, [&](const Part&) { return bool{is_entry_[i++]}; });
  }

 private:
  // The last run of parts that begin with rising labels of one form; under a heading of notes those
  // without a printed number count from 1 on.
  void find_list() {
    is_entry_.assign(text_.parts.size(), false);
    std::vector<Entry> run;
    std::optional<LabelForm> form;
    const auto keep = [&] {
      if (run.size() >= fewest_entries) last_run_ = std::move(run);
      run.clear();
      form.reset();
    };
    bool under_heading = false;
    for (std::size_t p = 0; p < text_.parts.size(); ++p) {
      const Part& part = text_.parts[p];
      const bool names_notes = is_notes_heading(part.text);
      if (part.kind == PartKind::heading || (part.kind == PartKind::paragraph && names_notes)) {
        keep();
        under_heading = names_notes;
        continue;
      }
      const bool in_reach = !run.empty() && p <= run.back().end + longest_rest;
      if (!run.empty() && !in_reach) keep();
      const int next = run.empty() ? 1 : run.back().number + 1;
      const auto label = label_of_entry(p, under_heading);
      const auto number =
          label && (!form || form == label->form) ? number_of(label->label) : std::nullopt;
      if (number && (run.empty() || *number == next)) {
        if (!run.empty()) run.back().end = std::max(run.back().end, p);
        form = label->form;
        const bool alone = label->end >= part.text.size();
        run.push_back(
            {p, std::min(p + (alone ? 2U : 1U), text_.parts.size()), *number, label->end});
      } else if (under_heading && !number && part.kind == PartKind::list_item &&
                 part.calls.empty()) {
        run.push_back({p, p + 1, next, 0});
      } else if (number) {
        keep();
      }
    }
    keep();
    for (const Entry& entry : last_run_) {
      entries_.emplace(entry.number, entry);
      for (std::size_t p = entry.part; p < entry.end; ++p) is_entry_[p] = true;
    }
  }

  // "[1]", or a figure set high; in a table's cell of its own "(1)" and "1." as well, and under a
  // heading of notes whatever numbers a paragraph.
  std::optional<NoteLabel> label_of_entry(std::size_t p, bool under_heading) const {
    const Part& part = text_.parts[p];
    if (!part.raised.empty() && part.raised.front().begin == 0 &&
        part.raised.front().end < part.text.size()) {
      const std::size_t end = part.raised.front().end;
      const std::string_view figure = without_brackets(std::string_view(part.text).substr(0, end));
      if (number_of(figure))
        return NoteLabel{std::string(figure), LabelForm::raised, after_blanks(part.text, end)};
    }
    constexpr std::string_view arrows = "\u2191";
    const std::size_t arrow = part.text.starts_with(arrows) ? arrows.size() : 0;
    auto label = note_label_at_start(std::string_view(part.text).substr(arrow));
    if (!label) return std::nullopt;
    label->end += arrow;
    const bool is_cell = part.kind == PartKind::cell && label->end >= part.text.size() &&
                         p + 1 < text_.parts.size() && text_.parts[p + 1].kind == PartKind::cell;
    const bool may_be_one = label->form == LabelForm::bracketed || is_cell ||
                            (under_heading && part.kind != PartKind::list_item);
    return may_be_one ? label : std::nullopt;
  }

  static std::size_t after_blanks(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(' ', at), text.size());
  }

  void make_notes() {
    for (const Entry& entry : last_run_) {
      Part& part = text_.parts[entry.part];
      erase_text(part, {{0, std::min(entry.text_begin, part.text.size())}});
      Note note;
      note.label = std::to_string(entry.number);
      note.location = part.location;
      for (std::size_t p = entry.part; p < entry.end; ++p) {
        const Part& piece = text_.parts[p];
        note.text += (note.text.empty() ? "" : " ") + piece.text;
        for (const TextLink& link : piece.links) note.links.push_back(link.url);
        for (const NoteCall& inner : piece.calls) note.cites.push_back(inner.note);
      }
      notes_.emplace(entry.number, text_.notes.size());
      text_.notes.push_back(std::move(note));
    }
  }

  // The marks go, with the blank before them.
  void call(Part& part, const std::vector<Mark>& marks) const {
    std::vector<TextRange> erased;
    for (const Mark& mark : marks) {
      TextRange range = mark.range;
      const std::size_t least = erased.empty() ? 0 : erased.back().end;
      while (range.begin > least && part.text[range.begin - 1] == ' ') --range.begin;
      for (const int number : mark.numbers)
        part.calls.push_back({range.begin, notes_.at(number), part.location});
      erased.push_back(range);
    }
    if (erased.empty()) return;
    std::ranges::stable_sort(part.calls, {}, &NoteCall::at);
    erase_text(part, erased);
  }

  MarkedText& text_;
  std::vector<Entry> last_run_;
  std::unordered_map<int, Entry> entries_;
  std::unordered_map<int, std::size_t> notes_;  // by number
  std::vector<bool> is_entry_;                  // by part
};

}  // namespace

void link_typed_notes(MarkedText& text) { Linker(text).link(); }

}  // namespace loccit
