// Numbers that are next in sequence and have a note are marks; nothing else is. So the marks are a
// chain through the candidates: one for each note, in order, each on its note's page, believable
// together (the chain of the greatest score).
#include "documents/note_marks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "documents/close_marks.h"
#include "documents/code_points.h"
#include "documents/mark_candidates.h"

namespace loccit {
namespace {

// A label with more candidates than this on its pages is a number of the text; the first ones are
// tried.
constexpr std::size_t most_candidates_per_note = 64;

class MarkFinder {
 public:
  MarkFinder(const std::vector<PrintedText>& paragraphs, const std::vector<PrintedNote>& notes,
             const Vocabulary& vocabulary)
      : paragraphs_(paragraphs),
        notes_(notes),
        vocabulary_(vocabulary),
        candidates_(mark_candidates(paragraphs)) {
    for (std::size_t n = 0; n < notes.size(); ++n) {
      by_label_[notes[n].label.label].push_back(n);
      if (notes[n].label.form == LabelForm::bracketed) has_bracketed_notes_ = true;
    }
    candidates_ =
        part_marks_set_close(std::move(candidates_), paragraphs,
                             [&](const std::string& label) { return by_label_.contains(label); });
    calls_.resize(candidates_.size());
    for (std::size_t c = 0; c < candidates_.size(); ++c)
      by_content_[candidates_[c].content].push_back(c);
  }

  std::vector<std::vector<FoundMark>> find() {
    // Foot notes and lists number on their own: each is a chain of its own.
    for (const bool at_foot : {true, false}) chain(at_foot);
    repeat_uses();
    read_brackets();
    read_symbols();
    find_names_with_numbers();
    return marks();
  }

 private:
  bool is_numbered(std::size_t n) const {
    return number_of(notes_[n].label.label).has_value() &&
           (notes_[n].label.form != LabelForm::bracketed || notes_[n].at_foot);
  }

  bool may_call(const MarkCandidate& candidate, const PrintedNote& note) const {
    if (note.label.form == LabelForm::bracketed && candidate.form != MarkShape::bracketed)
      return false;
    if (candidate.form == MarkShape::parenthesized && note.label.form != LabelForm::parenthesized)
      return false;
    if ((candidate.form == MarkShape::slashed) != (note.label.form == LabelForm::slashed))
      return false;
    if (!note.at_foot) return candidate.page <= note.last_page;
    // A note that found no room stands on the next page.
    return candidate.page == note.page || candidate.page + 1 == note.page;
  }

  static double score_of(const MarkCandidate& candidate, const PrintedNote& note) {
    return candidate.score - (note.at_foot && candidate.page != note.page ? 1.5 : 0);
  }

  // The best chain by dynamic programming: for every candidate the best score of a chain that ends
  // with it, kept as a frontier of rising positions and rising scores.
  void chain(bool at_foot) {
    struct Link {
      std::size_t candidate;
      std::size_t note;
      double score;
      std::ptrdiff_t before;
    };
    std::vector<Link> links;
    std::map<std::size_t, std::size_t> frontier;  // candidate → link
    for (std::size_t n = 0; n < notes_.size(); ++n) {
      if (notes_[n].at_foot != at_foot || !is_numbered(n)) continue;
      const std::size_t first_new = links.size();
      std::size_t tried = 0;
      for (const std::size_t c : candidates_for(n)) {
        if (!may_call(candidates_[c], notes_[n])) continue;
        const double own = score_of(candidates_[c], notes_[n]);
        if (own < 1 || ++tried > most_candidates_per_note) continue;
        auto after = frontier.lower_bound(c);
        const std::ptrdiff_t before =
            after == frontier.begin() ? -1 : static_cast<std::ptrdiff_t>(std::prev(after)->second);
        links.push_back(
            {c, n, own + (before < 0 ? 0 : links[static_cast<std::size_t>(before)].score), before});
      }
      for (std::size_t l = first_new; l < links.size(); ++l) {
        auto after = frontier.upper_bound(links[l].candidate);
        if (after != frontier.begin() && links[std::prev(after)->second].score >= links[l].score)
          continue;
        while (after != frontier.end() && links[after->second].score <= links[l].score)
          after = frontier.erase(after);
        frontier.insert_or_assign(links[l].candidate, l);
      }
    }
    std::ptrdiff_t link =
        frontier.empty() ? -1 : static_cast<std::ptrdiff_t>(std::prev(frontier.end())->second);
    for (; link >= 0; link = links[static_cast<std::size_t>(link)].before) {
      const Link& chosen = links[static_cast<std::size_t>(link)];
      calls_[chosen.candidate] = {chosen.note};
    }
  }

  // On its own page for a foot note, anywhere before it for a list.
  std::vector<std::size_t> candidates_for(std::size_t n) const {
    const auto found = by_content_.find(notes_[n].label.label);
    if (found == by_content_.end()) return {};
    if (!notes_[n].at_foot) return found->second;
    const std::size_t page = notes_[n].page;
    const auto begin = std::ranges::lower_bound(found->second, page == 0 ? 0 : page - 1, {},
                                                [&](std::size_t c) { return candidates_[c].page; });
    const auto end = std::ranges::upper_bound(found->second, page, {},
                                              [&](std::size_t c) { return candidates_[c].page; });
    return {begin, end};
  }

  // A note may be called again: only by a mark that could be nothing else, and only where no other
  // note has its label.
  void repeat_uses() {
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      const MarkCandidate& candidate = candidates_[c];
      constexpr double sure = 5;  // "m2" and "n2" are powers
      if (!calls_[c].empty() || candidate.score < sure ||
          (candidate.form != MarkShape::raised && candidate.form != MarkShape::bracketed))
        continue;
      const auto notes = by_label_.find(candidate.content);
      if (notes == by_label_.end()) continue;
      if (const auto n = nearest(notes->second, candidate);
          n && is_numbered(*n) && is_called_in_form(*n, candidate.form))
        calls_[c] = {*n};
    }
  }

  // Raised numbers call notes that raised numbers call: "[3]" in a quoted text is not the foot note
  // ³.
  bool is_called_in_form(std::size_t n, MarkShape form) const {
    const auto found = by_content_.find(notes_[n].label.label);
    if (found == by_content_.end()) return false;
    bool called = false;
    for (std::size_t i = 0;
         i < std::min<std::size_t>(found->second.size(), most_candidates_per_note); ++i) {
      const std::size_t c = found->second[i];
      if (calls_[c].empty() || calls_[c].front() != n) continue;
      if (candidates_[c].form == form) return true;
      called = true;
    }
    return !called && candidates_.size() < 2;
  }

  std::optional<std::size_t> nearest(const std::vector<std::size_t>& notes,
                                     const MarkCandidate& candidate) const {
    std::optional<std::size_t> best;
    for (const std::size_t n : notes) {
      if (!may_call(candidate, notes_[n])) continue;
      if (!best || notes_[n].page < notes_[*best].page) best = n;
      if (notes_[n].page >= candidate.page) break;
    }
    return best;
  }

  // "[2,3,4]", "[3–5]", "[RFC2119, Section 3]": every piece that is a label calls its note.
  void read_brackets() {
    if (!has_bracketed_notes_) return;
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      if (!calls_[c].empty() || candidates_[c].form != MarkShape::bracketed) continue;
      calls_[c] = notes_in_brackets(candidates_[c]);
    }
  }

  std::optional<std::size_t> bracketed_note(std::string_view label,
                                            const MarkCandidate& candidate) const {
    const auto notes = by_label_.find(std::string(label));
    if (notes == by_label_.end()) return std::nullopt;
    std::vector<std::size_t> bracketed;
    for (const std::size_t n : notes->second) {
      if (notes_[n].label.form == LabelForm::bracketed) bracketed.push_back(n);
      if (bracketed.size() > most_candidates_per_note) break;
    }
    if (const auto n = nearest(bracketed, candidate)) return n;
    if (!bracketed.empty()) return bracketed.front();
    return std::nullopt;
  }

  std::vector<std::size_t> notes_in_brackets(const MarkCandidate& candidate) const {
    if (const auto whole = bracketed_note(candidate.content, candidate)) return {*whole};
    std::vector<std::size_t> found;
    std::string_view rest = candidate.content;
    bool first = true;
    while (!rest.empty() && found.size() < 50) {
      const std::size_t cut = std::min(rest.find_first_of(",;"), rest.size());
      const std::string_view piece = trimmed(rest.substr(0, cut));
      rest = cut < rest.size() ? rest.substr(cut + 1) : std::string_view{};
      const bool any = add_piece(piece, candidate, found);
      if (first && !any) return {};
      first = false;
    }
    return found;
  }

  bool add_piece(std::string_view piece, const MarkCandidate& candidate,
                 std::vector<std::size_t>& found) const {
    if (const auto n = bracketed_note(piece, candidate)) {
      found.push_back(*n);
      return true;
    }
    for (const std::string_view dash : {"-", "–", "—"}) {
      const std::size_t at = piece.find(dash);
      if (at == std::string_view::npos) continue;
      const auto from = number_of(trimmed(piece.substr(0, at))),
                 to = number_of(trimmed(piece.substr(at + dash.size())));
      if (!from || !to || *to < *from || *to - *from > 50) continue;
      for (int number = *from; number <= *to; ++number) {
        if (const auto n = bracketed_note(std::to_string(number), candidate)) found.push_back(*n);
      }
      return !found.empty();
    }
    return false;
  }

  void read_symbols() {
    for (std::size_t n = 0; n < notes_.size(); ++n) {
      const bool word_label = (notes_[n].at_foot || notes_[n].label.form == LabelForm::raised) &&
                              !number_of(notes_[n].label.label);
      if (notes_[n].label.form != LabelForm::symbol && !word_label) continue;
      for (const std::size_t c : candidates_for(n)) {
        if (!calls_[c].empty() || !may_call(candidates_[c], notes_[n])) continue;
        calls_[c] = {n};
        break;
      }
    }
  }

  // "libfoo12" beside "libfoo13": the number belongs to the name.
  void find_names_with_numbers() {
    std::unordered_map<std::string, std::string_view> first;
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      const MarkCandidate& candidate = candidates_[c];
      if (candidate.form != MarkShape::glued || !calls_[c].empty()) continue;
      const std::string word = word_before(paragraphs_[candidate.paragraph].text, candidate.begin);
      if (word.empty()) continue;
      const auto [known, added] = first.emplace(word, candidate.content);
      if (!added && known->second != candidate.content) names_with_numbers_.insert(word);
    }
  }

  std::vector<std::vector<FoundMark>> marks() const {
    std::vector<std::vector<FoundMark>> marks(paragraphs_.size());
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      const MarkCandidate& candidate = candidates_[c];
      if (calls_[c].empty() && !is_foreign_mark(candidate)) continue;
      marks[candidate.paragraph].push_back(
          {begin_with_blanks(candidate), candidate.end, candidate.begin, calls_[c]});
    }
    return marks;
  }

  std::size_t begin_with_blanks(const MarkCandidate& candidate) const {
    const std::string& text = paragraphs_[candidate.paragraph].text;
    std::size_t begin = candidate.begin;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\n')) --begin;
    return begin;
  }

  // A quoted text brings its own marks along: "declaration1", "[12]" glued to a word. They are no
  // words of it.
  bool is_foreign_mark(const MarkCandidate& candidate) const {
    if (notes_.empty() || candidate.content.size() > 3 || !number_of(candidate.content))
      return false;
    const std::string& text = paragraphs_[candidate.paragraph].text;
    const char32_t before = code_point_before(text, candidate.begin);
    const char32_t after = code_point_at(text, candidate.end);
    const bool ends_phrase = after == 0 || after == U'\n' || after == U'.' || after == U',' ||
                             after == U';' || after == U':';
    if (candidate.form == MarkShape::bracketed)
      return is_letter(before) || before == U'.' || before == U',' || before == U']';
    if (candidate.form == MarkShape::raised)
      return is_lower(before) && letters_before(text, candidate.begin) >= 3;
    if (candidate.form != MarkShape::glued || !is_lower(before)) return false;
    const std::string word = word_before(text, candidate.begin);
    if (word.empty() || names_with_numbers_.contains(word)) return false;
    return ends_phrase || (is_blank(after) && vocabulary_.count(word) > 1);
  }

  // Only small letters, five or more: "m2", "COVID19" and "sha1" are names.
  static std::string word_before(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    std::size_t letters = 0;
    while (begin > 0 && is_letter(code_point_before(text, begin)) && letters < 30) {
      begin = start_of_code_point_before(text, begin);
      ++letters;
      if (!is_lower(code_point_at(text, begin)) && !is_blank(code_point_before(text, begin)))
        return {};
    }
    return letters >= 5 ? lower_case(text.substr(begin, at - begin)) : std::string{};
  }

  const std::vector<PrintedText>& paragraphs_;
  const std::vector<PrintedNote>& notes_;
  const Vocabulary& vocabulary_;
  std::vector<MarkCandidate> candidates_;
  std::vector<std::vector<std::size_t>> calls_;  // notes, by candidate
  std::unordered_map<std::string, std::vector<std::size_t>> by_content_, by_label_;
  std::unordered_set<std::string> names_with_numbers_;
  bool has_bracketed_notes_ = false;
};

}  // namespace

std::vector<std::vector<FoundMark>> find_marks(const std::vector<PrintedText>& paragraphs,
                                               const std::vector<PrintedNote>& notes,
                                               const Vocabulary& vocabulary) {
  return MarkFinder(paragraphs, notes, vocabulary).find();
}

}  // namespace loccit
