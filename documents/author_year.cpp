#include "documents/author_year.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "documents/code_points.h"
#include "documents/notes_heading.h"

namespace loccit {
namespace {

constexpr std::size_t longest_names = 160;  // bytes before an entry's year
constexpr std::size_t longest_mark = 240;   // bytes in brackets
constexpr std::size_t longest_before = 80;  // "Finch, Mallory and Quill" before "(2012)"

struct Entry {
  std::size_t part = 0;
  std::string surname;  // of the first author, or the institution, in small letters
  std::string year;     // "2012" or "2012a"
  std::string label;    // "Finch 2012"
};

struct FoundYear {
  std::size_t begin = 0;
  std::string year;
};

// A year of our reckoning from the printing press on, with the letter that tells works of one year
// apart.
std::optional<FoundYear> year_at_or_after(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at + 4 <= text.size(); ++at) {
    const auto digit = [&](std::size_t i) {
      return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    if (!digit(at)) continue;
    std::size_t end = at;
    while (digit(end)) ++end;
    const std::string_view number = text.substr(at, end - at);
    const bool glued = at > 0 && is_letter(code_point_before(text, at));
    if (number.size() == 4 && number >= "1450" && number <= "2099" && !glued) {
      const bool lettered = end < text.size() && text[end] >= 'a' && text[end] <= 'z' &&
                            !is_letter(code_point_at(text, end + 1));
      if (lettered || !is_letter(code_point_at(text, end)))
        return FoundYear{at, std::string(text.substr(at, lettered ? 5 : 4))};
    }
    at = end - 1;
  }
  return std::nullopt;
}

// "Finch, H., and Mallory, R. (2012). …", "Harbour Board. 2019. …"
std::optional<Entry> entry_of(const Part& part, std::size_t index) {
  const std::string_view text = part.text;
  if (!starts_with_upper(text) && letter_runs(text.substr(0, 12), 1).empty()) return std::nullopt;
  const auto year = year_at_or_after(text, 0);
  if (!year || year->begin > longest_names) return std::nullopt;
  const std::size_t end = std::min(text.find_first_of(",.(0123456789"), year->begin);
  const std::string_view surname = trimmed(text.substr(0, end));
  constexpr std::size_t shortest = 2, longest = 60;
  if (surname.size() < shortest || surname.size() > longest) return std::nullopt;
  return Entry{index, lower_case(surname), year->year, std::string(surname) + " " + year->year};
}

bool is_whole_word(std::string_view text, std::size_t begin, std::size_t end) {
  return !is_letter(code_point_before(text, begin)) && !is_letter(code_point_at(text, end));
}

class Linker {
 public:
  explicit Linker(MarkedText& text) : text_(text) {}

  void link() {
    find_entries();
    if (entries_.empty()) return;
    for (std::size_t p = 0; p < text_.parts.size(); ++p) {
      if (!is_entry_[p] && text_.parts[p].kind != PartKind::verbatim) find_marks(p);
    }
    take_called_entries();
  }

 private:
  // Under a heading of notes, up to the next heading; most of what stands there must be entries.
  void find_entries() {
    is_entry_.assign(text_.parts.size(), false);
    for (std::size_t i = 0; i < text_.parts.size(); ++i) {
      if (text_.parts[i].kind != PartKind::heading || !is_notes_heading(text_.parts[i].text))
        continue;
      std::vector<Entry> found;
      std::size_t end = i + 1;
      for (; end < text_.parts.size() && text_.parts[end].kind != PartKind::heading; ++end) {
        if (auto entry = entry_of(text_.parts[end], end)) found.push_back(std::move(*entry));
      }
      if (found.size() < 2 || found.size() * 3 < (end - i - 1) * 2) continue;
      for (Entry& entry : found) {
        is_entry_[entry.part] = true;
        by_year_[entry.year].push_back(entries_.size());
        entries_.push_back(std::move(entry));
      }
    }
    called_as_.assign(entries_.size(), no_note);
  }

  void find_marks(std::size_t p) {
    const std::string_view text = text_.parts[p].text;
    std::vector<NoteCall> calls;
    for (std::size_t open = text.find_first_of("(["); open != std::string_view::npos;
         open = text.find_first_of("([", open + 1)) {
      const std::size_t close = text.find_first_of(text[open] == '(' ? "()" : "[]", open + 1);
      if (close == std::string_view::npos || close - open > longest_mark || text[close] == '(' ||
          text[close] == '[')
        continue;
      for (const std::size_t entry :
           called_in(text.substr(open + 1, close - open - 1), names_before(text, open)))
        calls.push_back({open, note_of(entry), text_.parts[p].location});
    }
    auto& all = text_.parts[p].calls;
    all.insert(all.end(), calls.begin(), calls.end());
    std::ranges::stable_sort(all, {}, &NoteCall::at);
  }

  static std::string_view names_before(std::string_view text, std::size_t open) {
    std::size_t begin = open - std::min(open, longest_before);
    while (begin < open && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) ++begin;
    return text.substr(begin, open - begin);
  }

  // "see Tarn, 1931; Oakes 1988, 1990": each year with the names before it; "2012, p. 3" has them
  // before the bracket.
  std::vector<std::size_t> called_in(std::string_view mark, std::string_view before) const {
    std::vector<std::size_t> called;
    std::string_view names;
    std::size_t done = 0;
    for (auto year = year_at_or_after(mark, 0); year; year = year_at_or_after(mark, done)) {
      const std::string_view own = mark.substr(done, year->begin - done);
      const bool has_names = !letter_runs(own, 1).empty();
      if (has_names)
        names = own;
      else if (done == 0)
        names = before;
      done = year->begin + year->year.size();
      const auto entry = entry_named(names, year->year, !has_names && names == before);
      if (entry && std::ranges::find(called, *entry) == called.end()) called.push_back(*entry);
    }
    return called;
  }

  // The one whose first author is named first; before a bracket, the one named last.
  std::optional<std::size_t> entry_named(std::string_view names, const std::string& year,
                                         bool last) const {
    const auto of_year = by_year_.find(year);
    if (of_year == by_year_.end()) return std::nullopt;
    const std::string lower = lower_case(names);
    std::optional<std::size_t> best;
    std::size_t best_at = 0;
    for (const std::size_t e : of_year->second) {
      const std::string& surname = entries_[e].surname;
      const std::size_t at = last ? lower.rfind(surname) : lower.find(surname);
      if (at == std::string::npos || !is_whole_word(lower, at, at + surname.size())) continue;
      if (best && (last ? at <= best_at : at >= best_at)) continue;
      best = e;
      best_at = at;
    }
    return best;
  }

  std::size_t note_of(std::size_t entry) {
    if (called_as_[entry] != no_note) return called_as_[entry];
    const Part& part = text_.parts[entries_[entry].part];
    Note note;
    note.label = entries_[entry].label;
    note.text = part.text;
    note.location = part.location;
    for (const TextLink& link : part.links) note.links.push_back(link.url);
    called_as_[entry] = text_.notes.size();
    text_.notes.push_back(std::move(note));
    return called_as_[entry];
  }

  void take_called_entries() {
    std::vector<bool> taken(text_.parts.size(), false);
    for (std::size_t e = 0; e < entries_.size(); ++e)
      taken[entries_[e].part] = called_as_[e] != no_note;
    std::size_t i = 0;
    std::erase_if(text_.parts, [&](const Part&) { return taken[i++]; });
  }

  static constexpr std::size_t no_note = static_cast<std::size_t>(-1);

  MarkedText& text_;
  std::vector<Entry> entries_;
  std::vector<bool> is_entry_;                                         // by part
  std::unordered_map<std::string, std::vector<std::size_t>> by_year_;  // of entries_
  std::vector<std::size_t> called_as_;                                 // the note, by entry
};

}  // namespace

void link_authors_and_years(MarkedText& text) { Linker(text).link(); }

}  // namespace loccit
