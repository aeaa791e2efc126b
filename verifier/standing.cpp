#include "verifier/standing.h"

#include <algorithm>
#include <unordered_map>

#include "verifier/quote_parts.h"
#include "verifier/search.h"

namespace loccit {
namespace {

constexpr double lined_up_weight = 0.9;
constexpr double kindred_weight = 0.7;  // another form of the word stands in its place

// What is no chance agreement, in tokens: a run that says something, and one that is a good part of
// a sentence. Where each letter is a token, it takes more of them to make a word, and most where
// letters are sounds.
struct RunLengths {
  std::size_t telling = 2;
  std::size_t lengthy = 6;
};
RunLengths run_lengths(const FoldedText& text, TokenSpan span) {
  std::size_t unspaced = 0, sounds = 0;
  for (std::size_t i = span.begin; i < span.end; ++i) {
    if (text.tokens[i].kind != TokenKind::unspaced) continue;
    ++unspaced;
    if (is_southeast_asian(text.word(text.tokens[i]))) ++sounds;
  }
  if (sounds * 2 > span.size()) return {8, 30};
  if (unspaced * 2 > span.size()) return {4, 18};
  return {};
}

std::size_t matched_in(const Alignment& alignment, TokenSpan quoted) {
  const auto begin =
      alignment.partner.begin() + static_cast<std::ptrdiff_t>(quoted.begin - alignment.quote.begin);
  return static_cast<std::size_t>(std::count_if(begin,
                                                begin + static_cast<std::ptrdiff_t>(quoted.size()),
                                                [](std::size_t p) { return p != unmatched; }));
}

// Where the neighbour pairs of a sentence stand in one line: its words keep their distance although
// one between was changed.
bool in_line(const Alignment& alignment, std::size_t i, std::size_t j) {
  return alignment.partner[j] != unmatched && alignment.partner[i] + j == alignment.partner[j] + i;
}

template <class Visit>  // visit(first, length) for each maximal run of neighbours paired with
                        // neighbours
void for_each_run(const Alignment& alignment, TokenSpan quoted, Visit visit) {
  const std::size_t offset = quoted.begin - alignment.quote.begin;
  std::size_t length = 0;
  for (std::size_t i = offset; i < offset + quoted.size(); ++i) {
    const std::size_t here = alignment.partner[i];
    const bool goes_on = length != 0 && here != unmatched && alignment.partner[i - 1] + 1 == here;
    if (!goes_on && length != 0) visit(i - length, length);
    if (here == unmatched) {
      length = 0;
    } else {
      length = goes_on ? length + 1 : 1;
    }
  }
  if (length != 0) visit(offset + quoted.size() - length, length);
}

bool kindred(std::string_view a, std::string_view b) {
  const auto differ = std::mismatch(
      a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
  const auto stem = static_cast<std::size_t>(differ.first - a.begin());
  return stem >= 4 && stem * 10 >= std::max(a.size(), b.size()) * 6;
}

// Words whose place, counted from a paired neighbour, holds another form of them: taking out a
// "not" changes the cases of what follows in many languages.
std::size_t kindred_in(const FoldedText& quote, const FoldedText& source,
                       const Alignment& alignment, TokenSpan quoted) {
  std::size_t count = 0;
  const std::size_t offset = quoted.begin - alignment.quote.begin;
  const auto place_of = [&](std::size_t i) -> std::size_t {
    for (std::size_t before = i; before-- > offset;) {
      if (alignment.partner[before] != unmatched) return alignment.partner[before] + (i - before);
    }
    for (std::size_t after = i + 1; after < offset + quoted.size(); ++after) {
      const std::size_t partner = alignment.partner[after];
      if (partner != unmatched) return partner >= after - i ? partner - (after - i) : unmatched;
    }
    return unmatched;
  };
  for (std::size_t i = offset; i < offset + quoted.size(); ++i) {
    if (alignment.partner[i] != unmatched) continue;
    const std::size_t place = place_of(i);
    if (place >= source.tokens.size()) continue;
    const Token& token = quote.tokens[alignment.quote.begin + i];
    if (token.kind == TokenKind::word &&
        kindred(quote.word(token), source.word(source.tokens[place])))
      ++count;
  }
  return count;
}

std::string_view letters_of(const FoldedText& text, TokenSpan span) {
  const std::size_t begin = text.tokens[span.begin].begin;
  return std::string_view(text.letters).substr(begin, text.tokens[span.end - 1].end - begin);
}

bool overlap(TokenSpan a, TokenSpan b) { return a.begin < b.end && b.begin < a.end; }

bool touched(TokenSpan sentence, const std::vector<Difference>& found) {
  return std::any_of(found.begin(), found.end(), [&](const Difference& d) {
    return d.quoted.begin < sentence.end &&
           std::max(d.quoted.end, d.quoted.begin + 1) > sentence.begin;
  });
}

Alignment paired_with(TokenSpan sentence, TokenSpan place) {
  Alignment alignment;
  alignment.quote = sentence;
  alignment.source = place;
  alignment.matched = sentence.size();
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    alignment.partner.push_back(place.begin +
                                std::min(i * place.size() / sentence.size(), place.size() - 1));
  }
  alignment.partner.back() = place.end - 1;
  return alignment;
}

}  // namespace

double agreement(const FoldedText& quote, const FoldedText& source, const Alignment& alignment,
                 TokenSpan quoted) {
  const std::size_t whole_from = run_lengths(quote, quoted).telling;
  const std::size_t offset = quoted.begin - alignment.quote.begin;
  double sum = kindred_weight * static_cast<double>(kindred_in(quote, source, alignment, quoted));
  for_each_run(alignment, quoted, [&](std::size_t first, std::size_t length) {
    const bool whole = length >= whole_from;
    const bool lined_up = (first >= offset + 2 && in_line(alignment, first, first - 2)) ||
                          (first + length + 1 < offset + quoted.size() &&
                           in_line(alignment, first, first + length + 1));
    sum += static_cast<double>(length) * (whole ? 1.0 : lined_up ? lined_up_weight : 0.5);
  });
  return sum / static_cast<double>(quoted.size());
}

Standing standing_of(TokenSpan sentence, const Alignment& whole,
                     const std::vector<Difference>& found, const ComparedTexts& texts,
                     double altered_from) {
  Standing standing;
  standing.quoted = sentence;
  if (whole.matched != 0 && !touched(sentence, found)) {
    standing.kind = StandingKind::stands;
    standing.in_whole = true;
    standing.matched = sentence.size();
    return standing;
  }
  const FoldedText& source = texts.source.text;
  const double in_whole = agreement(texts.quote, source, whole, sentence);
  if (const auto place = find_first(source, letters_of(texts.quote, sentence));
      place && in_whole < 1.0 && !overlap(*place, whole.source)) {
    standing.kind = StandingKind::displaced;
    standing.alignment = paired_with(sentence, *place);
    standing.matched = sentence.size();
    return standing;
  }
  if (in_whole >= altered_from) {
    standing.kind = StandingKind::altered;
    standing.in_whole = true;
    standing.matched = matched_in(whole, sentence);
    return standing;
  }
  standing.alignment =
      whole.quote == sentence ? whole : align_best(texts.quote, sentence, texts.source);
  standing.matched = standing.alignment.matched;
  const double alone = agreement(texts.quote, source, standing.alignment, sentence);
  if (alone >= altered_from) {
    standing.kind = StandingKind::altered;
    return standing;
  }
  std::size_t longest = 0;
  for_each_run(standing.alignment, sentence,
               [&](std::size_t, std::size_t length) { longest = std::max(longest, length); });
  if (longest >= run_lengths(texts.quote, sentence).lengthy && longest * 4 >= sentence.size()) {
    standing.kind = StandingKind::half;
    return standing;
  }
  standing.kind = StandingKind::absent;
  standing.matched = 0;
  return standing;
}

}  // namespace loccit
