#include "verifier/quote_match.h"

#include <algorithm>

#include "verifier/near_match.h"
#include "verifier/omissions.h"
#include "verifier/passages.h"
#include "verifier/quote_parts.h"
#include "verifier/search.h"
#include "verifier/source_words.h"

namespace loccit {
namespace {

// A quote folded one way, with its stretches as spans of its tokens.
struct FoldedQuote {
  FoldedText folded;
  std::vector<TokenSpan> stretches;
};

FoldedQuote fold_quote(std::string_view quote, const QuoteParts& parts,
                       std::span<const TextRange> excluded) {
  FoldedQuote result;
  result.folded = fold(quote, excluded);
  const auto& tokens = result.folded.tokens;
  std::size_t at = 0;
  for (const TextRange& stretch : parts.stretches) {
    const std::size_t first = at;
    while (at < tokens.size() && tokens[at].source_begin < stretch.end) ++at;
    if (at > first) result.stretches.push_back({first, at});
  }
  return result;
}

std::string_view letters_of(const FoldedText& text, TokenSpan span) {
  const std::size_t begin = text.tokens[span.begin].begin;
  return std::string_view(text.letters).substr(begin, text.tokens[span.end - 1].end - begin);
}

// One place a stretch, or the whole in one place; empty where the words do not stand.
std::vector<TokenSpan> find_words(const FoldedQuote& quote, const FoldedText& source,
                                  const MatchPolicy& policy) {
  const TokenSpan all{0, quote.folded.tokens.size()};
  if (all.size() == 0) return {};
  if (const auto place = find_first(source, letters_of(quote.folded, all))) return {*place};
  if (quote.stretches.size() < 2) return {};
  std::vector<std::vector<TokenSpan>> places;
  for (const TokenSpan& stretch : quote.stretches) {
    places.push_back(find_all(source, letters_of(quote.folded, stretch)));
    if (places.back().empty()) return {};
  }
  return find_chain(places, policy.max_gap_words);
}

enum class MarkForm { none, bare, bracketed };

MarkForm omission_in(std::string_view text) {
  MarkForm form = MarkForm::none;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (omission_mark_length(text.substr(at)) == 0) continue;
    const bool bare = text[at] == '.' || text[at] == '*' || text.substr(at, 3) == "\u2026" ||
                      text.substr(at, 3) == "\u22EF" || text.substr(at, 3) == "\u3002";
    if (!bare) return MarkForm::bracketed;
    form = MarkForm::bare;
  }
  return form;
}

// An ellipsis that stands at the source too is no omission mark: nothing may be skipped at it. A
// bracketed one is the editor's, unless the source has brackets as well.
bool is_the_sources_own(std::string_view mark, TokenSpan before, TokenSpan after,
                        const FoldedText& source, std::string_view text) {
  if (before.end == after.begin) return false;
  const MarkForm quoted = omission_in(mark);
  const auto has_it_after = [&](std::size_t token) {
    const std::size_t begin = source.tokens[token].source_end;
    return omission_in(text.substr(begin, source.tokens[token + 1].source_begin - begin)) == quoted;
  };
  return has_it_after(before.end - 1) || has_it_after(after.begin - 1);
}

class Matcher {
 public:
  Matcher(std::string_view quote, const TextContent& source, const SourceWords& words,
          const MatchPolicy& policy)
      : quote_(quote),
        source_(source),
        words_(words),
        policy_(policy),
        parts_(take_apart(quote)),
        lexicon_(Lexicon::of(source.language)) {}

  QuoteFinding match() {
    const FoldedQuote quote = fold_quote(quote_, parts_, {});
    if (quote.folded.tokens.empty()) return {};
    if (found_in_any_reading(quote)) return finding_;
    if (!parts_.sic_marks.empty() && found_in_any_reading(without(parts_.sic_marks)))
      return finding_;
    if (may_drop_insertions()) {
      std::vector<TextRange> brackets = parts_.sic_marks;
      brackets.insert(brackets.end(), parts_.insertions.begin(), parts_.insertions.end());
      if (found_in_any_reading(without(std::move(brackets))) && !source_has_brackets())
        return finding_;
      finding_ = {};
    }
    if (found_but_for_note_marks()) return finding_;
    if (in_metadata(quote)) return finding_;
    const FoldedQuote bare = parts_.sic_marks.empty() ? quote : without(parts_.sic_marks);
    return match_nearly(quote_, bare.folded, bare.stretches, source_.text, words_, lexicon_,
                        policy_);
  }

 private:
  FoldedQuote without(std::vector<TextRange> brackets) const {
    std::sort(brackets.begin(), brackets.end(),
              [](const TextRange& a, const TextRange& b) { return a.begin < b.begin; });
    return fold_quote(quote_, parts_, brackets);
  }

  bool found_in_any_reading(const FoldedQuote& quote) {
    if (found(quote, words_.plain())) return true;
    if (words_.has_note_marks() && found(quote, words_.whole(source_))) return true;
    return words_.has_furniture() && found(quote, words_.prose(source_));
  }

  bool found(const FoldedQuote& quote, const FoldedText& source) {
    const std::vector<TokenSpan> places = find_words(quote, source, policy_);
    if (places.empty()) return false;
    for (std::size_t k = 1; k < places.size(); ++k) {
      const std::size_t end = parts_.stretches[k - 1].end;
      const std::string_view mark = quote_.substr(end, parts_.stretches[k].begin - end);
      if (is_the_sources_own(mark, places[k - 1], places[k], source, source_.text)) return false;
    }
    finding_.state = QuoteState::verbatim;
    finding_.similarity = 1.0;
    const bool in_one_place = places.size() == 1;
    for (std::size_t k = 0; k < places.size(); ++k) {
      const TokenSpan quoted =
          in_one_place ? TokenSpan{0, quote.folded.tokens.size()} : quote.stretches[k];
      finding_.passages.push_back(
          make_passage(quote_, quote.folded, quoted, source_.text, source, places[k]));
    }
    finding_.remark = remark_on_omissions(parts_, places, source, source_.text, lexicon_);
    return true;
  }

  // An editor may add a word in brackets, but not one that turns the sense round.
  bool may_drop_insertions() const {
    for (const TextRange& range : parts_.insertions) {
      const FoldedText words = fold(quote_.substr(range.begin, range.end - range.begin));
      for (const Token& token : words.tokens) {
        if (token.kind == TokenKind::number ||
            lexicon_.sense_of(words.word(token)) == WordSense::negation)
          return false;
      }
    }
    return !parts_.insertions.empty();
  }

  // Brackets that stand in or beside the passage are the source's own, and so are the words in
  // them.
  bool source_has_brackets() const {
    return std::any_of(
        finding_.passages.begin(), finding_.passages.end(), [](const Passage& passage) {
          constexpr std::size_t beside = 4;
          const std::size_t from = passage.prefix.size() - std::min(beside, passage.prefix.size());
          return passage.exact.find('[') != std::string::npos ||
                 passage.prefix.find_first_of("[]", from) != std::string::npos ||
                 passage.suffix.substr(0, beside).find_first_of("[]") != std::string::npos;
        });
  }

  // Note marks of the quote are the source's own, or the document's where the source has none.
  bool found_but_for_note_marks() {
    if (parts_.note_marks.empty()) return false;
    std::vector<TextRange> marks = parts_.note_marks;
    marks.insert(marks.end(), parts_.sic_marks.begin(), parts_.sic_marks.end());
    const FoldedQuote quote = without(std::move(marks));
    const FoldedText& source = words_.plain();
    if (found(quote, source) && note_marks_agree(quote, source)) return true;
    finding_ = {};
    return false;
  }

  bool note_marks_agree(const FoldedQuote& quote, const FoldedText& source) const {
    const std::vector<TokenSpan> places = find_words(quote, source, policy_);
    const auto& tokens = quote.folded.tokens;
    for (std::size_t k = 0; k < places.size(); ++k) {
      const TokenSpan quoted =
          places.size() == 1 ? TokenSpan{0, tokens.size()} : quote.stretches[k];
      // Both sides have the same letters, so that a place in one is a place in the other.
      const std::size_t offset = source.tokens[places[k].begin].begin - tokens[quoted.begin].begin;
      for (std::size_t i = quoted.begin; i <= quoted.end; ++i) {
        const std::size_t from = i == quoted.begin ? 0 : tokens[i - 1].source_end;
        const std::size_t to = i < tokens.size() ? tokens[i].source_begin : quote_.size();
        const std::string mark = numerals(quote_.substr(from, to - from));
        if (mark.empty()) continue;
        const std::size_t letters =
            i == quoted.begin ? tokens[i].begin + offset : tokens[i - 1].end + offset;
        const std::string there = numerals(gap_at(source, letters, i == quoted.begin));
        if (!there.empty() && there != mark) return false;
      }
    }
    return true;
  }

  // What stands before the token that begins with a letter, or after the one that ends there.
  std::string_view gap_at(const FoldedText& source, std::size_t letters, bool before) const {
    const auto after = std::partition_point(
        source.tokens.begin(), source.tokens.end(),
        [&](const Token& token) { return before ? token.begin < letters : token.end <= letters; });
    std::size_t from = after == source.tokens.begin() ? 0 : std::prev(after)->source_end;
    std::size_t to = after == source.tokens.end() ? source_.text.size() : after->source_begin;
    // A bracketed number that is no note mark there, an index, is a word of the text.
    if (before && from > 0 && source_.text.substr(from, 1) == "]")
      from = std::prev(after)->source_begin;
    if (!before && to > from && source_.text[to - 1] == '[' && after != source.tokens.end())
      to = after->source_end;
    return std::string_view(source_.text).substr(from, to - from);
  }

  static std::string numerals(std::string_view text) {
    std::string digits;
    for (const char c : text) {
      if (c >= '0' && c <= '9') digits.push_back(c);
    }
    return digits;
  }

  bool in_metadata(const FoldedQuote& quote) {
    const auto holds = [&](std::string_view text) {
      return !find_words(quote, fold(text), policy_).empty();
    };
    const char* where = nullptr;
    if (holds(source_.title)) {
      where = "the words stand only in the page's title";
    } else if (std::any_of(source_.unseen.begin(), source_.unseen.end(), holds)) {
      where = "the words stand only in the page's metadata, where a reader does not see them";
    }
    if (where == nullptr) return false;
    finding_.state = QuoteState::verbatim;
    finding_.similarity = 1.0;
    finding_.remark = where;
    return true;
  }

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
