#include "documents/prose_quotes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "documents/code_points.h"
#include "documents/quotations.h"

namespace loccit {
namespace {

bool parts_one_place(std::string_view between) {
  between = trimmed(between);
  return between.empty() || between == "," || between == ";" || between == "–" || between == "-" ||
         between == "][";
}

// A quotation with its place in the paragraph's run of sentences.
struct Candidate {
  Quotation quotation;
  std::size_t sentence = 0;
  bool taken = false;
};

bool is_stop(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == U'…' || c == U'。' || c == U'！' || c == U'？';
}

bool is_ideographic_stop(char32_t c) { return c == U'。' || c == U'！' || c == U'？'; }

bool is_abbreviation(std::string_view text, std::size_t stop) {
  std::size_t begin = stop;
  while (begin > 0 && stop - begin < 8 && is_letter(code_point_before(text, begin)))
    begin = start_of_code_point_before(text, begin);
  const std::string_view word = text.substr(begin, stop - begin);
  static constexpr auto abbreviations = std::to_array<std::string_view>(
      {"Mr", "Mrs", "Ms", "Dr",  "Prof", "St",  "No",  "Nr",  "Art", "Abs", "vgl", "cf",
       "al", "vs",  "v",  "Rep", "Sen",  "Gov", "Gen", "bzw", "ca",  "Jr",  "Sr",  "art"});
  if (std::ranges::find(abbreviations, word) != abbreviations.end()) return true;
  if (word.size() == 1 && is_upper(code_point_at(word, 0))) return true;  // "J. Smith", "U.S."
  // "vol. 612", "col. 44": no sentence begins with a figure after so short a word.
  constexpr std::size_t longest_before_figure = 5;
  const std::size_t next = text.find_first_not_of(' ', stop + 1);
  return next != std::string_view::npos && next > stop + 1 && !word.empty() &&
         word.size() <= longest_before_figure && is_lower(code_point_at(word, 0)) &&
         is_digit(code_point_at(text, next));
}

// Where each sentence of the paragraph ends; a stop inside a quotation ends none but its own.
std::vector<std::size_t> sentence_ends(std::string_view text,
                                       const std::vector<Quotation>& quotations) {
  std::vector<std::size_t> ends;
  std::size_t quotation = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (quotation < quotations.size() && at >= quotations[quotation].outer_begin) {
      const Quotation& q = quotations[quotation++];
      if (q.outer_end <= at) continue;
      at = q.outer_end;
      // “… .” And on: the stop stands inside the marks.
      const char32_t last = code_point_before(text, q.end);
      const char32_t next = code_point_at(text, at);
      const bool goes_on =
          is_blank(next) ? !starts_with_upper(text.substr(at, 16)) : !is_letter(next);
      if (is_stop(last) && !goes_on && (is_blank(next) || is_ideographic_stop(last)))
        ends.push_back(at);
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (!is_stop(c) || is_abbreviation(text, begin)) continue;
    std::size_t after = at;
    while (after < text.size() && is_stop(code_point_at(text, after))) next_code_point(text, after);
    if (after == text.size() || is_ideographic_stop(c) ||
        (is_blank(code_point_at(text, after)) && !starts_with_lower(text.substr(after, 16)))) {
      ends.push_back(after);
    }
    at = after;
  }
  if (ends.empty() || ends.back() < text.size()) ends.push_back(text.size());
  return ends;
}

// The sentence that a position belongs to; a mark right after the stop belongs to the sentence
// before it.
std::size_t sentence_at(const std::vector<std::size_t>& ends, std::size_t at) {
  const auto found = std::ranges::lower_bound(ends, at);
  return static_cast<std::size_t>(found - ends.begin());
}

class QuoteFinder {
 public:
  QuoteFinder(const Part& part, const std::vector<CitedPlace>& places)
      : part_(part), places_(places) {
    const std::vector<Quotation> all = find_quotations(part.text);
    ends_ = sentence_ends(part.text, all);
    std::vector<Quotation> printed;
    for (const Quotation& quotation : all) {
      if (!is_in_code(quotation) &&
          quotes_somebody(part.text, quotation, has_note_at(quotation.outer_end)))
        printed.push_back(quotation);
    }
    for (const Quotation& quotation : printed) add(quotation);
    for (const InlineQuotation& quotation : part.quotations) {
      const auto after =
          std::ranges::upper_bound(printed, quotation.begin, {}, &Quotation::outer_begin);
      const bool printed_too =
          after != printed.begin() && quotation.end <= std::prev(after)->outer_end;
      if (!printed_too) add({quotation.begin, quotation.end, quotation.begin, quotation.end});
    }
    std::ranges::stable_sort(candidates_, {},
                             [](const Candidate& c) { return c.quotation.outer_begin; });
  }

  std::vector<std::vector<QuotedWords>> find() {
    std::vector<std::vector<QuotedWords>> quotes(places_.size());
    // Notes first: where a sentence has a note and a link, the words are the note's.
    for (const bool links : {false, true}) {
      for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].is_link() == links) quotes[i] = links ? around_link(i) : before_note(i);
      }
      if (links) continue;
      for (std::size_t i = 0; i < places_.size(); ++i) {
        if (!places_[i].is_link() && quotes[i].empty()) quotes[i] = after_note(i);
      }
    }
    return quotes;
  }

 private:
  void add(const Quotation& quotation) {
    candidates_.push_back({quotation, sentence_at(ends_, quotation.outer_end)});
  }

  bool is_in_code(const Quotation& quotation) const {
    return std::ranges::any_of(part_.code, [&](const TextRange& code) {
      return code.begin <= quotation.outer_begin && quotation.outer_begin < code.end;
    });
  }

  bool has_note_at(std::size_t end) const {
    auto place = std::ranges::lower_bound(places_, end, {}, &CitedPlace::begin);
    while (place != places_.end() && place->is_link()) ++place;
    return place != places_.end() && place->begin <= end + 1;
  }

  // Only what stands between the note before and this one.
  std::size_t previous_note_end(std::size_t i) const {
    while (i-- > 0) {
      if (!places_[i].is_link()) return places_[i].end;
    }
    return 0;
  }

  std::size_t next_note(std::size_t i) const {
    while (++i < places_.size()) {
      if (!places_[i].is_link()) return places_[i].begin;
    }
    return part_.text.size() + 1;
  }

  // From this sentence backwards, as long as no two sentences in a row quote nothing: whoever
  // quotes gives his source soon.
  std::vector<QuotedWords> before_note(std::size_t i) {
    const CitedPlace& place = places_[i];
    const std::size_t from = previous_note_end(i);
    const std::size_t sentence_of_place = sentence_at(ends_, place.begin);
    std::size_t sentence = sentence_of_place;
    bool follows_another_work = false;
    std::vector<QuotedWords> found;
    // Candidates are in order and each is looked at once: the cursor never goes back past what was
    // taken.
    std::size_t c = static_cast<std::size_t>(
        std::ranges::lower_bound(candidates_, place.begin, {},
                                 [](const Candidate& x) { return x.quotation.begin; }) -
        candidates_.begin());
    while (c-- > 0) {
      Candidate& candidate = candidates_[c];
      if (candidate.taken || candidate.quotation.outer_begin < from) break;
      if (candidate.sentence + 1 < sentence) break;
      if (candidate.sentence < sentence &&
          (stands_in_brackets(candidate.quotation) || follows_another_work))
        break;
      if (candidate.quotation.outer_end > place.begin && ends_before_next_note(candidate, i)) break;
      if (introduced_by_note_before(candidate, from, place.begin)) break;
      if (candidate.sentence < sentence_of_place &&
          (has_note_before_it(candidate, from) || has_link_after_it(candidate)))
        break;
      candidate.taken = true;
      // “…” 5 Rep. 12; see also id., at 14 (“…”).[6]: what stands before was quoted from the text's
      // own reference.
      follows_another_work = stands_in_brackets(candidate.quotation);
      found.push_back({candidate.quotation.begin, candidate.quotation.end});
      sentence = candidate.sentence;
    }
    std::ranges::reverse(found);
    return found;
  }

  // "Doe v. Roe, 5 U. S. 1 (1801) (“…”). The charter …[6]": the case was quoted, not the note.
  bool stands_in_brackets(const Quotation& q) const {
    return code_point_before(part_.text, q.outer_begin) == U'(' &&
           code_point_at(part_.text, q.outer_end) == U')';
  }

  // "According to [3], “…”, which is why it is so [4]", "[3] says that “…”, and many others agree
  // [4]": the nearer note has the words.
  bool introduced_by_note_before(const Candidate& candidate, std::size_t from,
                                 std::size_t place) const {
    const Quotation& q = candidate.quotation;
    if (from == 0 || place <= q.outer_end + 4) return false;
    const std::size_t before = q.outer_begin - from, after = place - q.outer_end;
    const std::string_view between = std::string_view(part_.text).substr(from, before);
    if (before <= 3) return between.find_first_of(":,") != std::string_view::npos;
    constexpr std::size_t farthest = 40;
    const bool introduces = before <= farthest && after > 2 * before && !ends_sentence(from) &&
                            sentence_at(ends_, from + 1) == candidate.sentence;
    // A note that ends a quotation of its own introduces none.
    const auto after_from = std::ranges::upper_bound(
        candidates_, from, {}, [](const Candidate& c) { return c.quotation.outer_end; });
    return introduces && (after_from == candidates_.begin() ||
                          std::prev(after_from)->quotation.outer_end + 3 < from);
  }

  // "X says [3] that “…”. Years went by [4].": the words belong to the note in their sentence.
  bool has_note_before_it(const Candidate& candidate, std::size_t from) const {
    return from > 0 && sentence_at(ends_, from + 1) == candidate.sentence && !ends_sentence(from);
  }

  bool ends_sentence(std::size_t at) const { return std::ranges::binary_search(ends_, at); }

  // "X said “…” (link). Years went by [4].": likewise.
  bool has_link_after_it(const Candidate& candidate) const {
    auto place = std::ranges::lower_bound(places_, candidate.quotation.end, {}, &CitedPlace::begin);
    while (place != places_.end() && !place->is_link()) ++place;
    return place != places_.end() && sentence_at(ends_, place->end) == candidate.sentence;
  }

  // A mark within a quotation that has a mark at its own end is a mark of the quoted words.
  bool ends_before_next_note(const Candidate& candidate, std::size_t i) const {
    const std::size_t next = next_note(i);
    return next <= part_.text.size() && next >= candidate.quotation.end &&
           next - candidate.quotation.end <= 6;
  }

  // "According to X [3]: “…”": the first quotation after the mark, in the same sentence, that no
  // mark of its own follows.
  std::vector<QuotedWords> after_note(std::size_t i) {
    const CitedPlace& place = places_[i];
    const std::size_t stop = next_note(i);
    const auto found = std::ranges::lower_bound(
        candidates_, place.end, {}, [](const Candidate& x) { return x.quotation.outer_begin; });
    if (found == candidates_.end() || found->taken || found->quotation.outer_end > stop) return {};
    const std::string_view between =
        std::string_view(part_.text).substr(place.end, found->quotation.outer_begin - place.end);
    const bool stop_before_mark = place.begin > 0 && ends_sentence(place.begin);
    const bool same_sentence =
        sentence_at(ends_, place.end + 1) == sentence_at(ends_, found->quotation.outer_begin + 1);
    if (stop_before_mark || !same_sentence || between.size() > 160) return {};
    found->taken = true;
    return {{found->quotation.begin, found->quotation.end}};
  }

  // Farther where a clause ends between: “…”; the page [link] says “…”.
  std::size_t distance(const Quotation& q, const CitedPlace& place) const {
    const bool before = q.outer_end <= place.begin;
    if (!before && q.outer_begin < place.end) return 0;
    const std::size_t begin = before ? q.outer_end : place.end;
    const std::size_t end = before ? place.begin : q.outer_begin;
    constexpr std::size_t of_clause = 60, most = 200;
    const bool parted =
        end - begin < most &&
        std::string_view(part_.text).substr(begin, end - begin).find(';') != std::string_view::npos;
    return end - begin + (parted ? of_clause : 0);
  }

  // Whether another link stands nearer to the quotation.
  bool is_nearer_to_another(const Quotation& q, std::size_t i) const {
    const std::size_t own = distance(q, places_[i]);
    const std::size_t last = std::min(places_.size(), i + looked_at);
    for (std::size_t other = i - std::min(i, looked_at); other < last; ++other) {
      if (other != i && places_[other].is_link() && distance(q, places_[other]) < own) return true;
    }
    return false;
  }

  // A link quotes the words that it covers, or those next to it in its sentence.
  std::vector<QuotedWords> around_link(std::size_t i) {
    const CitedPlace& place = places_[i];
    const std::size_t sentence = sentence_at(ends_, place.end);
    const auto first =
        std::ranges::lower_bound(candidates_, sentence == 0 ? 0 : ends_[sentence - 1], {},
                                 [](const Candidate& x) { return x.quotation.outer_end; });
    Candidate* nearest = nullptr;
    std::size_t apart = 121;  // farther apart they have nothing to do with each other
    for (auto c = first; c != candidates_.end() && c->sentence <= sentence + 1 && c - first < 64;
         ++c) {
      const Quotation& q = c->quotation;
      if (c->taken || (c->sentence != sentence && q.outer_begin > place.end + 4)) continue;
      const bool within_longer_words = q.begin < place.begin && place.end < q.end &&
                                       place.end - place.begin < (q.end - q.begin) / 2;
      if (within_longer_words || distance(q, place) >= apart || is_nearer_to_another(q, i))
        continue;
      apart = distance(q, place);
      nearest = &*c;
    }
    if (nearest == nullptr) return {};
    nearest->taken = true;
    return {{nearest->quotation.begin, nearest->quotation.end}};
  }

  static constexpr std::size_t looked_at = 8;  // links to either side

  const Part& part_;
  const std::vector<CitedPlace>& places_;
  std::vector<std::size_t> ends_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<CitedPlace> cited_places(const Part& part, bool with_links) {
  std::vector<CitedPlace> places;
  std::size_t link = 0;
  const auto add_links_before = [&](std::size_t at) {
    for (; with_links && link < part.links.size() && part.links[link].end <= at; ++link) {
      places.push_back(
          {part.links[link].begin, part.links[link].end, {}, link, part.links[link].location});
    }
  };
  for (const NoteCall& call : part.calls) {
    add_links_before(call.at);
    const bool joins = !places.empty() && !places.back().is_link() &&
                       call.at >= places.back().end && call.at - places.back().end <= 4 &&
                       parts_one_place(std::string_view(part.text).substr(
                           places.back().end, call.at - places.back().end));
    if (!joins) places.push_back({call.at, call.at, {}, 0, call.location});
    auto& notes = places.back().notes;
    if (std::ranges::find(notes, call.note) == notes.end()) notes.push_back(call.note);
    places.back().end = call.at;
  }
  add_links_before(part.text.size());
  return places;
}

std::vector<std::vector<QuotedWords>> quotes_of_places(const Part& part,
                                                       const std::vector<CitedPlace>& places) {
  if (places.empty()) return {};
  auto quotes = QuoteFinder(part, places).find();
  for (auto& of_place : quotes) {
    // A comma before the closing mark belongs to the sentence around.
    for (QuotedWords& words : of_place) {
      while (words.end > words.begin && part.text[words.end - 1] == ',') --words.end;
    }
  }
  return quotes;
}

std::size_t begin_of_last_sentence(const Part& part) {
  const auto ends = sentence_ends(part.text, find_quotations(part.text));
  return ends.size() < 2 ? 0 : ends[ends.size() - 2];
}

}  // namespace loccit
