#include "verifier/near_match.h"

#include <algorithm>

#include "verifier/passages.h"

namespace loccit {
namespace {

// A sentence of the quote, as far as one alignment of its stretch explains it.
enum class Standing { stands, altered, absent };

struct Unit {
  TokenSpan quoted;
  Standing standing = Standing::absent;
  Alignment alignment;  // of this unit alone, or of the whole stretch
};

std::size_t matched_in(const Alignment& alignment, TokenSpan quoted) {
  const auto begin =
      alignment.partner.begin() + static_cast<std::ptrdiff_t>(quoted.begin - alignment.quote.begin);
  const auto end = begin + static_cast<std::ptrdiff_t>(quoted.size());
  return static_cast<std::size_t>(
      std::count_if(begin, end, [](std::size_t p) { return p != unmatched; }));
}

std::string_view letters_of(const FoldedText& text, TokenSpan span) {
  const std::size_t begin = text.tokens[span.begin].begin;
  return std::string_view(text.letters).substr(begin, text.tokens[span.end - 1].end - begin);
}

// How much of a sentence stands in an alignment: words in runs count whole, a word that stands by
// itself counts half, for any page holds most short words somewhere near.
double agreement(const Alignment& alignment, TokenSpan quoted) {
  const std::size_t offset = quoted.begin - alignment.quote.begin;
  double sum = 0;
  for (std::size_t i = offset; i < offset + quoted.size(); ++i) {
    const std::size_t here = alignment.partner[i];
    if (here == unmatched) continue;
    const bool before =
        i > 0 && alignment.partner[i - 1] != unmatched && alignment.partner[i - 1] + 1 == here;
    const bool after = i + 1 < alignment.partner.size() && alignment.partner[i + 1] == here + 1;
    sum += before || after ? 1.0 : 0.5;
  }
  return sum / static_cast<double>(quoted.size());
}

}  // namespace

QuoteFinding match_nearly(std::string_view quote_text, const FoldedText& quote,
                          const std::vector<TokenSpan>& stretches, std::string_view source_text,
                          const SourceWords& source, const Lexicon& lexicon,
                          const MatchPolicy& policy) {
  const ComparedTexts texts{
      quote_text, quote, source_text, {source.plain(), source.skippable()}, lexicon};
  QuoteFinding finding;
  std::size_t standing = 0, altered = 0, absent = 0, matched = 0, total = 0;
  for (const TokenSpan& stretch : stretches) {
    const Alignment whole = align_best(quote, stretch, texts.source);
    const std::vector<Difference> found = differences(whole, texts);
    const auto starts = sentence_starts(quote, stretch.begin, stretch.end);
    total += stretch.size();
    for (std::size_t s = 0; s < starts.size(); ++s) {
      const TokenSpan sentence{starts[s], s + 1 < starts.size() ? starts[s + 1] : stretch.end};
      const bool touched = std::any_of(found.begin(), found.end(), [&](const Difference& d) {
        return d.quoted.begin < sentence.end &&
               std::max(d.quoted.end, d.quoted.begin + 1) > sentence.begin;
      });
      if (!touched) {
        ++standing;
        matched += sentence.size();
      } else if (agreement(whole, sentence) >= policy.altered_from) {
        ++altered;
        matched += matched_in(whole, sentence);
      } else if (find_first(source.plain(), letters_of(quote, sentence))) {
        ++altered;  // it stands, but not in this order
        matched += sentence.size();
        finding.remark = "parts of the quote stand in another order or far apart";
      } else {
        ++absent;
      }
    }
    if (whole.matched != 0 && agreement(whole, stretch) > 0.3) {
      const auto is_paired = [](std::size_t p) { return p != unmatched; };
      const auto first = static_cast<std::size_t>(
          std::find_if(whole.partner.begin(), whole.partner.end(), is_paired) -
          whole.partner.begin());
      const auto last = whole.partner.size() -
                        static_cast<std::size_t>(
                            std::find_if(whole.partner.rbegin(), whole.partner.rend(), is_paired) -
                            whole.partner.rbegin());
      finding.passages.push_back(make_passage(quote_text, quote,
                                              {stretch.begin + first, stretch.begin + last},
                                              source_text, source.plain(), whole.source));
    }
    for (const Difference& difference : found)
      finding.changes.push_back(describe(difference, whole, texts));
  }
  finding.similarity = total == 0 ? 0.0 : static_cast<double>(matched) / static_cast<double>(total);
  if (absent == 0 && altered == 0) {
    finding.state = finding.changes.empty() && stretches.size() == 1 ? QuoteState::verbatim
                                                                     : QuoteState::altered;
    if (stretches.size() > 1)
      finding.remark = "parts of the quote stand in another order or far apart";
  } else if (standing + altered == 0) {
    finding.state = QuoteState::absent;
    finding.passages.clear();
    finding.changes.clear();
  } else {
    finding.state = absent == 0 ? QuoteState::altered : QuoteState::partial;
  }
  return finding;
}

}  // namespace loccit
