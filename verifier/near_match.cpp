#include "verifier/near_match.h"

#include <algorithm>
#include <optional>

#include "verifier/passages.h"
#include "verifier/quote_parts.h"
#include "verifier/standing.h"

namespace loccit {
namespace {

constexpr const char* out_of_order = "parts of the quote stand in another order or far apart";

class NearMatch {
 public:
  NearMatch(const ComparedTexts& texts, const MatchPolicy& policy)
      : texts_(texts), policy_(policy) {}

  void hear(TokenSpan stretch) {
    const Alignment whole = align_best(texts_.quote, stretch, texts_.source);
    const std::vector<Difference> found = differences(whole, texts_);
    std::vector<Standing> standings;
    const auto starts = sentence_starts(texts_.quote, stretch.begin, stretch.end);
    for (std::size_t s = 0; s < starts.size(); ++s) {
      const TokenSpan sentence{starts[s], s + 1 < starts.size() ? starts[s + 1] : stretch.end};
      standings.push_back(standing_of(sentence, whole, found, texts_, policy_.altered_from));
    }
    find_shuffled(standings, stretch, texts_.quote, texts_.source.text);
    total_ += stretch.size();
    for (const Standing& standing : standings) count(standing);
    report(whole, found, standings);
  }

  QuoteFinding conclude(std::size_t stretches) && {
    finding_.similarity =
        total_ == 0 ? 0.0 : static_cast<double>(matched_) / static_cast<double>(total_);
    if (displaced_) finding_.remark = out_of_order;
    if (standing_ + altered_ == 0 || stands_by_chance() || is_but_alike()) {
      QuoteFinding absent;
      absent.state = QuoteState::absent;
      absent.similarity = finding_.similarity;
      return absent;
    }
    if (absent_ != 0) {
      finding_.state = QuoteState::partial;
    } else if (altered_ == 0 && finding_.changes.empty() && stretches == 1) {
      finding_.state = QuoteState::verbatim;  // but for page furniture stepped over
      finding_.similarity = 1.0;
    } else {
      finding_.state = QuoteState::altered;
      if (finding_.changes.empty() && finding_.remark.empty()) finding_.remark = out_of_order;
    }
    return std::move(finding_);
  }

 private:
  // "At the end of the day.": a few words that any page may hold, in a quote that is not there.
  bool stands_by_chance() const {
    constexpr std::size_t few = 12;  // five words or so
    return absent_ != 0 && matched_weight_ < few && matched_ * 4 < total_;
  }

  // No sentence stands, one is a little like another of the source, and most of the quote is gone.
  bool is_but_alike() const {
    return absent_ != 0 && standing_ + nearly_ + half_ == 0 && !displaced_ && matched_ * 3 < total_;
  }

  void count(const Standing& standing) {
    matched_ += standing.matched;
    if (standing.quoted.size() != 0)
      matched_weight_ += standing.matched * weight_of(texts_.quote.tokens[standing.quoted.begin]);
    switch (standing.kind) {
      case StandingKind::stands:
        ++standing_;
        break;
      case StandingKind::altered:
        ++altered_;
        if (standing.matched * 20 >= standing.quoted.size() * 17) ++nearly_;
        break;
      case StandingKind::displaced:
      case StandingKind::shuffled:
        ++altered_;
        displaced_ = true;
        break;
      case StandingKind::half:
        ++half_;
        ++altered_;
        ++absent_;
        break;
      case StandingKind::absent:
        ++absent_;
        break;
    }
  }

  void report(const Alignment& whole, const std::vector<Difference>& found,
              const std::vector<Standing>& standings) {
    // Sentences that the stretch's own alignment explains are told together, the others one by one.
    const auto explained = [&](std::size_t token) {
      return std::any_of(standings.begin(), standings.end(), [&](const Standing& s) {
        return s.in_whole && token >= s.quoted.begin && token < s.quoted.end;
      });
    };
    for (const Difference& difference : found) {
      if (explained(difference.quoted.begin) ||
          (difference.quoted.size() > 1 && explained(difference.quoted.end - 1)) ||
          difference.quoted.size() == 0) {
        finding_.changes.push_back(describe(difference, whole, texts_));
      }
    }
    for (std::size_t s = 0; s < standings.size(); ++s) {
      const Standing& standing = standings[s];
      if (standing.in_whole) {
        TokenSpan run = standing.quoted;
        while (s + 1 < standings.size() && standings[s + 1].in_whole)
          run.end = standings[++s].quoted.end;
        add_passage(whole, run);
      } else if (standing.kind == StandingKind::absent) {
        finding_.changes.push_back(describe({standing.quoted, {}}, standing.alignment, texts_));
      } else {
        add_passage(standing.alignment, standing.quoted);
        if (standing.kind == StandingKind::shuffled || standing.kind == StandingKind::displaced)
          continue;
        for (const Difference& difference : differences(standing.alignment, texts_)) {
          finding_.changes.push_back(describe(difference, standing.alignment, texts_));
        }
      }
    }
    cut_short(whole, standings);
  }

  // All tokens paired, but the first or last is only part of a word there: "we can" in "we can't".
  void cut_short(const Alignment& whole, const std::vector<Standing>& standings) {
    if (whole.matched != whole.quote.size() || !finding_.changes.empty() || standings.empty())
      return;
    const FoldedText& source = texts_.source.text;
    if (!may_begin(source, whole.source.begin)) {
      finding_.changes.push_back(describe({{whole.quote.begin, whole.quote.begin + 1},
                                           {whole.source.begin, whole.source.begin + 1}},
                                          whole, texts_));
    } else if (!may_end(source, whole.source.end - 1)) {
      finding_.changes.push_back(describe(
          {{whole.quote.end - 1, whole.quote.end}, {whole.source.end - 1, whole.source.end}}, whole,
          texts_));
    }
  }

  void add_passage(const Alignment& alignment, TokenSpan quoted) {
    std::optional<TokenSpan> in_quote, in_source;
    for (std::size_t i = quoted.begin; i < quoted.end; ++i) {
      const std::size_t partner = alignment.partner[i - alignment.quote.begin];
      if (partner == unmatched) continue;
      if (!in_quote) {
        in_quote = TokenSpan{i, i + 1};
        in_source = TokenSpan{partner, partner + 1};
      }
      in_quote->end = i + 1;
      in_source->end = partner + 1;
    }
    if (!in_quote) return;
    finding_.passages.push_back(make_passage(texts_.quote_text, texts_.quote, *in_quote,
                                             texts_.source_text, texts_.source.text, *in_source));
  }

  const ComparedTexts& texts_;
  const MatchPolicy& policy_;
  QuoteFinding finding_;
  // Sentences; one that is half there counts as altered and as absent too, one that is nearly whole
  // as altered.
  std::size_t standing_ = 0, altered_ = 0, absent_ = 0, half_ = 0, nearly_ = 0;
  std::size_t matched_ = 0, total_ = 0;  // words
  std::size_t matched_weight_ = 0;
  bool displaced_ = false;
};

}  // namespace

QuoteFinding match_nearly(std::string_view quote_text, const FoldedText& quote,
                          const std::vector<TokenSpan>& stretches, std::string_view source_text,
                          const SourceWords& source, const Lexicon& lexicon,
                          const MatchPolicy& policy) {
  const ComparedTexts texts{
      quote_text, quote, source_text, {source.plain(), source.skippable()}, lexicon};
  NearMatch match(texts, policy);
  for (const TokenSpan& stretch : stretches) match.hear(stretch);
  return std::move(match).conclude(stretches.size());
}

}  // namespace loccit
