#include "verifier/changes.h"

#include <algorithm>

#include "base/text.h"

namespace loccit {
namespace {

// With what parts two numbers: "1 5" is not "15", nor "1939 1945" the range "1939–1945".
std::string letters_of(const FoldedText& text, TokenSpan span, const std::vector<bool>& skippable) {
  std::string letters;
  std::size_t before = unmatched;
  for (std::size_t i = span.begin; i < span.end; ++i) {
    if (!skippable.empty() && skippable[i]) continue;
    const Token& token = text.tokens[i];
    if (before != unmatched && before + 1 == i) {
      letters.append(text.letters, text.tokens[before].end, token.begin - text.tokens[before].end);
    } else if (before != unmatched && token.kind == TokenKind::number &&
               text.tokens[before].kind == TokenKind::number) {
      letters += ' ';
    }
    letters += text.word(token);
    before = i;
  }
  return letters;
}

// What stands between the letters of a token and those of the next, where both are numbers.
std::string_view part_numbers(const FoldedText& text, std::size_t token) {
  const std::size_t begin = text.tokens[token].end;
  return std::string_view(text.letters).substr(begin, text.tokens[token + 1].begin - begin);
}

// "not able" as one side has it, "notable" the other.
bool is_denial_joined(const FoldedText& parted, std::size_t first, const FoldedText& joined,
                      std::size_t whole, const Lexicon& lexicon) {
  return parted.tokens[first + 1].after_blank &&
         lexicon.sense_of(parted.word(parted.tokens[first])) == WordSense::negation &&
         lexicon.hides_a_denial(joined.word(joined.tokens[whole]));
}

// The tokens of `span` that do not stand in `other` as often.
std::vector<std::size_t> only_here(const FoldedText& text, TokenSpan span,
                                   const FoldedText& other_text, TokenSpan other) {
  std::vector<std::string_view> there;
  for (std::size_t i = other.begin; i < other.end; ++i)
    there.push_back(other_text.word(other_text.tokens[i]));
  std::sort(there.begin(), there.end());
  std::vector<bool> used(there.size());
  std::vector<std::size_t> rest;
  for (std::size_t i = span.begin; i < span.end; ++i) {
    const std::string_view word = text.word(text.tokens[i]);
    auto at = static_cast<std::size_t>(std::lower_bound(there.begin(), there.end(), word) -
                                       there.begin());
    while (at < there.size() && there[at] == word && used[at]) ++at;
    if (at < there.size() && there[at] == word) {
      used[at] = true;
    } else {
      rest.push_back(i);
    }
  }
  return rest;
}

// "1939 1945" and "1939–1945".
bool is_same_but_for_what_parts_numbers(const Difference& difference, const ComparedTexts& texts) {
  const TokenSpan quoted = difference.quoted, found = difference.found;
  if (quoted.size() != 2 || found.size() != 2) return false;
  const auto same_word = [&](std::size_t i) {
    return texts.quote.word(texts.quote.tokens[quoted.begin + i]) ==
           texts.source.text.word(texts.source.text.tokens[found.begin + i]);
  };
  return same_word(0) && same_word(1);
}

// An article makes a noun of what it stands before, an adjective between them or not.
bool is_common_noun(const FoldedText& text, std::size_t i, const Lexicon& lexicon) {
  const std::string_view word = text.word(text.tokens[i]);
  if (lexicon.is_common_noun(word, "")) return true;
  for (std::size_t before = 1; before <= 2 && before <= i; ++before) {
    const Token& token = text.tokens[i - before];
    if (lexicon.is_common_noun(word, text.word(token))) return true;
    if (token.capital) break;
  }
  return false;
}

// "Mr. Smith", "J. Smith", "St. Gallen": the full stop of an abbreviation ends no sentence. Where
// it does after all ("in the EU. However, …"), a word too much is taken for a name.
bool follows_abbreviation(const FoldedText& text, std::size_t i) {
  constexpr std::size_t longest = 4;
  if (i == 0 || !text.tokens[i - 1].capital) return false;
  return count_code_points(text.word(text.tokens[i - 1])) <= longest;
}

// A name by its capital. At the beginning of a sentence every word has one: there it is a name when
// the source writes it so in mid-sentence, and never otherwise.
bool is_name(const FoldedText& text, std::size_t i, const ComparedTexts& texts) {
  const Token& token = text.tokens[i];
  if (!token.capital || is_common_noun(text, i, texts.lexicon)) return false;
  if (!token.sentence_start) return true;
  bool in_mid_sentence = false;
  const FoldedText& source = texts.source.text;
  for (const Token& other : source.tokens) {
    if (other.hash != token.hash || source.word(other) != text.word(token)) continue;
    if (!other.capital) return false;
    in_mid_sentence |= !other.sentence_start;
  }
  return in_mid_sentence || follows_abbreviation(text, i);
}

// "1,250,000" and "1.250.000" are one number, grouped by two hands; one group alone may be
// decimals.
std::string ungrouped(std::string_view number) {
  constexpr std::size_t group = 3;
  const std::size_t first = std::min(number.find_first_not_of("0123456789"), number.size());
  std::string digits(number.substr(0, first));
  if (first == 0 || first > group) return std::string(number);
  std::size_t groups = 0;
  for (std::size_t at = first; at < number.size(); at += group + 1, ++groups) {
    const std::string_view next = number.substr(at + 1, group);
    const bool is_group = number[at] == number[first] &&
                          std::string_view(".,'").find(number[at]) != std::string_view::npos &&
                          next.size() == group &&
                          next.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_group) return std::string(number);
    digits += next;
  }
  return groups >= 2 ? digits : std::string(number);
}

// The words of a span that have a sense, sorted.
std::vector<std::string> weighty_words(const FoldedText& text, TokenSpan span,
                                       const Lexicon& lexicon) {
  std::vector<std::string> words;
  for (const SenseOfWords& found : lexicon.senses_in(text, span)) {
    const std::size_t begin = text.tokens[found.words.begin].begin;
    const std::size_t end = text.tokens[found.words.end - 1].end;
    words.push_back(ungrouped(std::string_view(text.letters).substr(begin, end - begin)));
  }
  std::sort(words.begin(), words.end());
  return words;
}

// "can't" is one word for a reader.
TokenSpan whole_words_of(const FoldedText& text, TokenSpan span) {
  while (span.begin > 0 && span.size() > 0 && text.tokens[span.begin].glue != Glue::none)
    --span.begin;
  while (span.size() > 0 && span.end < text.tokens.size() &&
         text.tokens[span.end].glue != Glue::none)
    ++span.end;
  return span;
}

// The bytes of a span that is not empty, with the bracket that opens before it and closes in it.
TextRange bytes_of(std::string_view text, const FoldedText& folded, TokenSpan span) {
  TextRange range{folded.tokens[span.begin].source_begin, folded.tokens[span.end - 1].source_end};
  const std::string_view inside = text.substr(range.begin, range.end - range.begin);
  const std::size_t close = inside.find(']');
  if (range.begin > 0 && text[range.begin - 1] == '[' && close != std::string_view::npos &&
      inside.substr(0, close).find('[') == std::string_view::npos)
    --range.begin;
  return range;
}

std::string printed(std::string_view text, const FoldedText& folded, TokenSpan span) {
  if (span.size() == 0) return {};
  const TextRange range = bytes_of(text, folded, span);
  return std::string(text.substr(range.begin, range.end - range.begin));
}

// Code points of [begin, end) of the span; an empty span stands before its first token.
std::pair<std::size_t, std::size_t> offsets(std::string_view text, const FoldedText& folded,
                                            TokenSpan span) {
  if (span.size() == 0) {
    const std::size_t at =
        span.begin < folded.tokens.size() ? folded.tokens[span.begin].source_begin : text.size();
    const std::size_t place = count_code_points(text.substr(0, at));
    return {place, place};
  }
  const TextRange range = bytes_of(text, folded, span);
  const std::size_t first = count_code_points(text.substr(0, range.begin));
  return {first, first + count_code_points(text.substr(range.begin, range.end - range.begin))};
}

}  // namespace

bool joins_deny(const FoldedText& a, TokenSpan in_a, const FoldedText& b, TokenSpan in_b,
                const Lexicon& lexicon) {
  if (in_a.size() == 0 || in_b.size() == 0) return false;
  const std::size_t base_a = a.tokens[in_a.begin].begin, base_b = b.tokens[in_b.begin].begin;
  const auto end_of = [](const FoldedText& text, std::size_t token, std::size_t base) {
    return text.tokens[token].end - base;
  };
  for (std::size_t i = in_a.begin, j = in_b.begin; i < in_a.end && j < in_b.end; ++i, ++j) {
    const std::size_t first_a = i, first_b = j;
    while (end_of(a, i, base_a) != end_of(b, j, base_b)) {
      const bool a_is_behind = end_of(a, i, base_a) < end_of(b, j, base_b);
      if (a_is_behind ? ++i >= in_a.end : ++j >= in_b.end) return false;
    }
    if (i - first_a == 1 && j == first_b && is_denial_joined(a, first_a, b, j, lexicon))
      return true;
    if (j - first_b == 1 && i == first_a && is_denial_joined(b, first_b, a, i, lexicon))
      return true;
  }
  return false;
}

std::vector<Difference> differences(const Alignment& alignment, const ComparedTexts& texts) {
  std::vector<Difference> found;
  if (alignment.matched == 0) {
    if (alignment.quote.size() != 0) found.push_back({alignment.quote, {}});
    return found;
  }
  const auto is_paired = [&](std::size_t i) {
    return i >= alignment.quote.begin && i < alignment.quote.end &&
           alignment.partner[i - alignment.quote.begin] != unmatched;
  };
  const auto close = [&](TokenSpan quoted, TokenSpan in_source) {
    // The paired words on both sides bring along what parts numbers.
    const TokenSpan around{quoted.begin - (quoted.begin > 0 && is_paired(quoted.begin - 1) ? 1 : 0),
                           quoted.end + (is_paired(quoted.end) ? 1 : 0)};
    const TokenSpan around_there{in_source.begin - (quoted.begin - around.begin),
                                 in_source.end + (around.end - quoted.end)};
    if (quoted.size() == 0 && in_source.size() == 0) {
      if (around.size() == 2 && part_numbers(texts.quote, around.begin) !=
                                    part_numbers(texts.source.text, around_there.begin))
        found.push_back({around, around_there});
      return;
    }
    // Furniture is stepped over whole, from prose to prose; a quote that stands inside of it, as in
    // a sidebar, owes every word.
    const auto& skippable = texts.source.skippable;
    const auto is_furniture = [&](std::size_t i) { return i < skippable.size() && skippable[i]; };
    const bool inside =
        is_furniture(in_source.end) || (in_source.begin > 0 && is_furniture(in_source.begin - 1));
    const std::vector<bool> none;
    const std::string there =
        letters_of(texts.source.text, around_there, inside ? none : skippable);
    if (letters_of(texts.quote, around, {}) == there &&
        !joins_deny(texts.quote, quoted, texts.source.text, in_source, texts.lexicon))
      return;
    found.push_back({quoted, in_source});
  };
  TokenSpan quoted{alignment.quote.begin, alignment.quote.begin};
  std::size_t next_source = alignment.source.begin;
  for (std::size_t i = 0; i < alignment.partner.size(); ++i) {
    if (alignment.partner[i] == unmatched) continue;
    quoted.end = alignment.quote.begin + i;
    // What the source has in place of the first words: as many of its own sentence.
    if (quoted.begin == alignment.quote.begin) {
      const auto& tokens = texts.source.text.tokens;
      for (std::size_t n = 0; n < quoted.size() && next_source > 0; ++n) {
        if (tokens[next_source].sentence_start) break;
        --next_source;
      }
    }
    close(quoted, {next_source, alignment.partner[i]});
    quoted.begin = quoted.end + 1;
    next_source = alignment.partner[i] + 1;
  }
  quoted.end = alignment.quote.end;
  if (quoted.begin < quoted.end) {
    // What the source has in place of the last words: as many of its own.
    const std::size_t end = std::min(texts.source.text.tokens.size(), next_source + quoted.size());
    close(quoted, {next_source, end});
  }
  return found;
}

bool changes_meaning(const Difference& difference, const ComparedTexts& texts) {
  const Lexicon& lexicon = texts.lexicon;
  const FoldedText& quote = texts.quote;
  const FoldedText& source = texts.source.text;
  if (weighty_words(quote, difference.quoted, lexicon) !=
      weighty_words(source, difference.found, lexicon))
    return true;
  if (is_same_but_for_what_parts_numbers(difference, texts)) return true;
  const auto quoted = only_here(quote, difference.quoted, source, difference.found);
  const auto found = only_here(source, difference.found, quote, difference.quoted);
  std::vector<bool> respelled(found.size());
  for (const std::size_t q : quoted) {
    const std::string_view word = quote.word(quote.tokens[q]);
    bool is_respelled = false;
    for (std::size_t f = 0; f < found.size(); ++f) {
      const std::string_view other = source.word(source.tokens[found[f]]);
      if (lexicon.one_denies_the_other(word, other)) return true;
      if (!lexicon.same_but_for_spelling(word, other)) continue;
      is_respelled = true;
      respelled[f] = true;
    }
    if (!is_respelled && is_name(quote, q, texts)) return true;
  }
  for (std::size_t f = 0; f < found.size(); ++f) {
    if (!respelled[f] && is_name(source, found[f], texts)) return true;
  }
  return false;
}

Change describe(const Difference& difference, const Alignment& alignment,
                const ComparedTexts& texts) {
  Change change;
  TokenSpan quoted = difference.quoted;
  TokenSpan found = difference.found;
  if ((quoted.size() == 0) != (found.size() == 0) && alignment.matched != 0) {
    if (quoted.end < alignment.quote.end &&
        alignment.partner[quoted.end - alignment.quote.begin] == found.end) {
      ++quoted.end;
      ++found.end;
    } else if (quoted.begin > alignment.quote.begin && found.begin > 0 &&
               alignment.partner[quoted.begin - 1 - alignment.quote.begin] == found.begin - 1) {
      --quoted.begin;
      --found.begin;
    }
  }
  quoted = whole_words_of(texts.quote, quoted);
  found = whole_words_of(texts.source.text, found);
  const bool meaning = changes_meaning(difference, texts) ||
                       changes_meaning({quoted, found}, texts) ||
                       texts.lexicon.one_denies_the_other(letters_of(texts.quote, quoted, {}),
                                                          letters_of(texts.source.text, found, {}));
  change.kind = meaning ? ChangeKind::meaning : ChangeKind::wording;
  change.quoted = printed(texts.quote_text, texts.quote, quoted);
  change.found = printed(texts.source_text, texts.source.text, found);
  std::tie(change.quote_start, change.quote_end) = offsets(texts.quote_text, texts.quote, quoted);
  std::tie(change.source_start, change.source_end) =
      offsets(texts.source_text, texts.source.text, found);
  return change;
}

}  // namespace loccit
