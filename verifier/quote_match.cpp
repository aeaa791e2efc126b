#include "verifier/quote_match.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "verifier/changes.h"
#include "verifier/list_labels.h"
#include "verifier/near_match.h"
#include "verifier/omissions.h"
#include "verifier/own_ellipsis.h"
#include "verifier/passages.h"
#include "verifier/quote_parts.h"
#include "verifier/quoted_marks.h"
#include "verifier/search.h"
#include "verifier/source_words.h"

namespace loccit {
namespace {

// A quote folded one way, with its stretches as spans of its tokens.
struct FoldedQuote {
  FoldedText folded;
  std::vector<TokenSpan> stretches;
  // From the first word quoted to the last: an omission mark may be a word, too ("[omissis]").
  TokenSpan all() const {
    return stretches.empty() ? TokenSpan{0, folded.tokens.size()}
                             : TokenSpan{stretches.front().begin, stretches.back().end};
  }
};

FoldedQuote fold_quote(std::string_view quote, const QuoteParts& parts,
                       std::span<const TextRange> excluded) {
  FoldedQuote result;
  result.folded = fold(quote, excluded);
  const auto& tokens = result.folded.tokens;
  std::size_t at = 0;
  for (const TextRange& stretch : parts.stretches) {
    while (at < tokens.size() && tokens[at].source_begin < stretch.begin) ++at;
    const std::size_t first = at;
    while (at < tokens.size() && tokens[at].source_begin < stretch.end) ++at;
    if (at > first) result.stretches.push_back({first, at});
  }
  return result;
}

// A line of the document may end inside a number: "240" and "000" below it.
std::string with_whole_numbers(std::string_view quote) {
  std::string text(quote);
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    const std::size_t before = text.find_last_not_of(' ', at == 0 ? 0 : at - 1);
    const std::size_t after = text.find_first_not_of(' ', at + 1);
    if (is_digit(before) && is_digit(after)) text[at] = ' ';
  }
  return text;
}

std::string_view letters_of(const FoldedText& text, TokenSpan span) {
  const std::size_t begin = text.tokens[span.begin].begin;
  return std::string_view(text.letters).substr(begin, text.tokens[span.end - 1].end - begin);
}

// One place a stretch, or the whole in one place; empty where the words do not stand in this order.
std::vector<TokenSpan> find_words(const FoldedQuote& quote, const FoldedText& source,
                                  const MatchPolicy& policy) {
  const TokenSpan all = quote.all();
  if (all.size() == 0) return {};
  if (const auto place = find_first(source, letters_of(quote.folded, all))) return {*place};
  if (quote.stretches.size() < 2) return {};
  std::vector<std::vector<TokenSpan>> places;
  for (const TokenSpan& stretch : quote.stretches) {
    places.push_back(find_all(source, letters_of(quote.folded, stretch)));
    if (places.back().empty()) return {};
  }
  std::vector<TokenSpan> chain = find_chain(places, policy.max_gap_words);
  if (stands_reversed(source, places, chain)) return {};
  return chain;
}

constexpr std::size_t longest_character = 4;  // bytes

class Matcher {
 public:
  Matcher(std::string_view quote, const TextContent& source, const SourceWords& words,
          const MatchPolicy& policy)
      : quote_text_(with_whole_numbers(quote)),
        quote_(quote_text_),
        source_(source),
        words_(words),
        policy_(policy),
        parts_(take_apart(quote_)),
        lexicon_(Lexicon::of(source.language)) {}

  QuoteFinding match() {
    const FoldedQuote quote = fold_quote(quote_, parts_, {});
    if (quote.folded.tokens.empty()) return {};
    if (found_in_any_reading(quote)) return finding_;
    if (!parts_.sic_marks.empty() && found_in_any_reading(without(parts_.sic_marks)))
      return finding_;
    if (const std::vector<TextRange> insertions = insertions_to_drop(); !insertions.empty()) {
      std::vector<TextRange> brackets = parts_.sic_marks;
      brackets.insert(brackets.end(), insertions.begin(), insertions.end());
      if (found_in_any_reading(without(std::move(brackets))) && !source_has_brackets(insertions))
        return finding_;
      finding_ = {};
    }
    if (found_but_for_note_marks()) return finding_;
    if (found_but_for_list_labels()) return finding_;
    if (stands_in(source_.title, quote))
      return found_unseen("the words stand only in the page's title");
    const FoldedQuote bare = parts_.sic_marks.empty() ? quote : without(parts_.sic_marks);
    QuoteFinding nearly =
        match_nearly(quote_, bare.folded, bare.stretches, source_.text, words_, lexicon_, policy_);
    // What a reader sees says otherwise: then metadata that was left as it was does not count.
    if (nearly.state != QuoteState::absent || !stands_unseen(quote)) return nearly;
    return found_unseen(
        "the words stand only in the page's metadata, where a reader does not see them");
  }

 private:
  FoldedQuote without(std::vector<TextRange> brackets) const {
    std::sort(brackets.begin(), brackets.end(),
              [](const TextRange& a, const TextRange& b) { return a.begin < b.begin; });
    return fold_quote(quote_, parts_, brackets);
  }

  bool found_in_any_reading(const FoldedQuote& quote) {
    if (found(quote, words_.plain())) return true;
    if (may_hold_note_marks(quote.folded) && found(quote, words_.whole(source_))) return true;
    if (words_.has_furniture() && found(quote, words_.prose(source_))) return true;
    return words_.has_inner_furniture() && found(quote, words_.sidebars(source_));
  }

  bool may_hold_note_marks(const FoldedText& quote) const {
    if (!words_.has_note_marks()) return false;
    return !words_.note_marks_are_numbers() ||
           std::any_of(quote.tokens.begin(), quote.tokens.end(),
                       [](const Token& token) { return token.kind == TokenKind::number; });
  }

  // The tokens of the quote that stand at the place: all of them where there is but one.
  static TokenSpan quoted_at(const FoldedQuote& quote, const std::vector<TokenSpan>& places,
                             std::size_t place) {
    return places.size() == 1 ? quote.all() : quote.stretches[place];
  }

  bool found(const FoldedQuote& quote, const FoldedText& source) {
    const std::vector<TokenSpan> places = find_words(quote, source, policy_);
    if (places.empty()) return false;
    for (std::size_t k = 1; k < places.size(); ++k) {
      const std::size_t end = parts_.stretches[k - 1].end;
      const std::string_view mark = quote_.substr(end, parts_.stretches[k].begin - end);
      if (is_the_sources_own(mark, places[k - 1], places[k], source, source_.text)) return false;
    }
    for (std::size_t k = 0; k < places.size(); ++k) {
      if (joins_deny(quote.folded, quoted_at(quote, places, k), source, places[k], lexicon_))
        return false;
    }
    finding_.state = QuoteState::verbatim;
    finding_.similarity = 1.0;
    for (std::size_t k = 0; k < places.size(); ++k) {
      finding_.passages.push_back(make_passage(quote_, quote.folded, quoted_at(quote, places, k),
                                               source_.text, source, places[k]));
    }
    finding_.remark = remark_on_omissions(parts_, places, source, source_.text, lexicon_);
    return true;
  }

  // What the editor wrote in brackets between the words, none where a word among them turns the
  // sense round, or where they are most of the quote. Brackets before letters are a part of the
  // word: "[un]likely", "[T]he".
  std::vector<TextRange> insertions_to_drop() const {
    std::vector<TextRange> dropped;
    std::size_t words_dropped = 0;
    for (const TextRange& range : parts_.insertions) {
      const FoldedText words = fold(quote_.substr(range.begin, range.end - range.begin));
      const auto senses = lexicon_.senses_in(words, {0, words.tokens.size()});
      if (std::any_of(senses.begin(), senses.end(), [](const SenseOfWords& found) {
            return found.sense == WordSense::number || found.sense == WordSense::negation ||
                   found.sense == WordSense::exception || found.sense == WordSense::quantifier ||
                   found.sense == WordSense::modal;
          }))
        return {};
      const FoldedText after = fold(quote_.substr(range.end, longest_character));
      const bool is_part_of_word = !after.tokens.empty() &&
                                   after.tokens.front().source_begin == 0 &&
                                   after.tokens.front().kind == TokenKind::word;
      if (is_part_of_word) continue;
      dropped.push_back(range);
      words_dropped += words.tokens.size();
    }
    if (words_dropped * 2 > fold(quote_).tokens.size()) return {};
    return dropped;
  }

  // Brackets that stand in or beside the passage are the source's own, and so are the words in
  // them; those that stand near it with the same words as well. Note marks are no words.
  bool source_has_brackets(std::span<const TextRange> insertions) const {
    constexpr std::size_t beside = 4, near = 200;  // bytes
    const std::string_view text = source_.text;
    return std::any_of(finding_.passages.begin(), finding_.passages.end(), [&](const Passage& p) {
      const std::size_t begin = byte_offset(text, p.source_start);
      const std::size_t end = begin + p.exact.size();
      if (has_bracket({begin - std::min(begin, beside), end + beside})) return true;
      const std::size_t from = begin - std::min(begin, near);
      const std::string_view around = text.substr(from, end + near - from);
      return std::any_of(insertions.begin(), insertions.end(), [&](const TextRange& range) {
        return around.find(quote_.substr(range.begin, range.end - range.begin)) !=
               std::string_view::npos;
      });
    });
  }

  bool has_bracket(TextRange range) const {
    const auto& marks = words_.note_marks();
    for (std::size_t at = source_.text.find_first_of("[]", range.begin); at < range.end;
         at = source_.text.find_first_of("[]", at + 1)) {
      const auto mark = std::partition_point(marks.begin(), marks.end(),
                                             [&](const TextRange& m) { return m.end <= at; });
      if (mark == marks.end() || mark->begin > at) return true;
    }
    return false;
  }

  // Note marks of the quote are the source's own, or the document's where the source has none.
  bool found_but_for_note_marks() {
    if (parts_.note_marks.empty()) return false;
    std::vector<TextRange> marks = parts_.note_marks;
    marks.insert(marks.end(), parts_.sic_marks.begin(), parts_.sic_marks.end());
    const FoldedQuote quote = without(std::move(marks));
    const FoldedText& source = words_.plain();
    if (found(quote, source) && all_note_marks_agree(quote, source)) return true;
    finding_ = {};
    return false;
  }

  bool all_note_marks_agree(const FoldedQuote& quote, const FoldedText& source) const {
    const std::vector<TokenSpan> places = find_words(quote, source, policy_);
    for (std::size_t k = 0; k < places.size(); ++k) {
      if (!note_marks_agree({quote_, quote.folded, quoted_at(quote, places, k)},
                            {source_.text, source, places[k]}))
        return false;
    }
    return true;
  }

  // "1." and "2." that only one side has: a browser prints the numbers of a list and its text does
  // not have them, a PDF's does.
  bool found_but_for_list_labels() {
    const std::vector<TextRange> labels = list_labels_of_quote(quote_);
    if (labels.empty() && !words_.has_list_labels()) return false;
    std::vector<TextRange> excluded = labels;
    excluded.insert(excluded.end(), parts_.sic_marks.begin(), parts_.sic_marks.end());
    const FoldedQuote quote = without(std::move(excluded));
    const FoldedText& source = words_.unnumbered(source_);
    if (found(quote, source)) {
      const std::vector<TokenSpan> places = find_words(quote, source, policy_);
      bool agree = true;
      for (std::size_t k = 0; k < places.size(); ++k) {
        agree = agree && list_labels_agree({quote_, quote.folded, quoted_at(quote, places, k)},
                                           {source_.text, source, places[k]}, source_);
      }
      if (agree) return true;
    }
    finding_ = {};
    return false;
  }

  bool stands_in(std::string_view text, const FoldedQuote& quote) const {
    return !find_words(quote, fold(text), policy_).empty();
  }

  bool stands_unseen(const FoldedQuote& quote) const {
    return std::any_of(source_.unseen.begin(), source_.unseen.end(),
                       [&](std::string_view text) { return stands_in(text, quote); });
  }

  QuoteFinding found_unseen(const char* where) const {
    QuoteFinding finding;
    finding.state = QuoteState::verbatim;
    finding.similarity = 1.0;
    finding.remark = where;
    return finding;
  }

  std::string quote_text_;
  std::string_view quote_;
  const TextContent& source_;
  const SourceWords& words_;
  const MatchPolicy& policy_;
  QuoteParts parts_;
  const Lexicon& lexicon_;
  QuoteFinding finding_;
};

}  // namespace

QuoteFinding match_quote(std::string_view quote, const TextContent& source,
                         const MatchPolicy& policy) {
  return match_quote(quote, source, SourceWords(source), policy);
}

QuoteFinding match_quote(std::string_view quote, const TextContent& source,
                         const SourceWords& words, const MatchPolicy& policy) {
  return Matcher(quote, source, words, policy).match();
}

}  // namespace loccit
