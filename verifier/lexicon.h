// Words that carry the sense of a sentence: negations, exceptions, quantifiers, modal verbs,
// numbers, units, dates, names. What a language's grammar says is data (verifier/lexicons/*.txt,
// one file a language, built into the program); months, weekdays, number words and, for scripts
// without capitals, countries are those of Unicode's CLDR.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "verifier/folding.h"
#include "verifier/search.h"

namespace loccit {

enum class WordSense : std::uint8_t {
  none,
  negation,
  exception,
  quantifier,
  modal,
  number,
  unit,  // counts after a number only
  date,
  name,
};

// Words of a text that have a sense; more than one token where the script has no blanks.
struct SenseOfWords {
  TokenSpan words;
  WordSense sense = WordSense::none;
};

class Lexicon {
 public:
  // The lexicon of a language (ISO 639 code); for a language without one, that of all languages,
  // which tells too much rather than too little. Valid for the life of the program.
  static const Lexicon& of(std::string_view language);

  // Of one folded word (FoldedText::word), with the particles off that its language writes together
  // with it.
  WordSense sense_of(std::string_view word) const;

  // What tokens of `span` are part of, in order. Words that begin before it or end after it count
  // too.
  std::vector<SenseOfWords> senses_in(const FoldedText& text, TokenSpan span) const;

  // Two forms of one word, of which exactly one denies: "lawful" and "unlawful", "tanıyor" and
  // "tanımıyor".
  bool one_denies_the_other(std::string_view a, std::string_view b) const;

  // A word that denies nothing, but is a denial and another word written together: "notable".
  bool hides_a_denial(std::string_view word) const;

  // Two spellings of one word: "recognise" and "recognize".
  bool same_but_for_spelling(std::string_view a, std::string_view b) const;

  // Where every noun has a capital: whether this one, after the word `before`, is a common noun all
  // the same.
  bool is_common_noun(std::string_view word, std::string_view before) const;

 private:
  friend struct LexiconReader;
  WordSense sense_of_bare(std::string_view word) const;
  std::size_t longest_unspaced(const FoldedText& text, std::size_t token, WordSense& sense) const;

  std::unordered_map<std::string, WordSense> words_;
  std::size_t longest_word_ = 0;           // bytes
  std::vector<std::string> before_;        // particles written together with the word that follows
  std::vector<std::string> after_;         // with the word before
  std::vector<std::string> prefixes_;      // "un-": denies, told only between two forms of a word
  std::vector<std::string> endings_;       // "-less": a word that ends so denies
  std::vector<std::string> infixes_;       // Turkish "-mıyor-": a word that holds it denies
  std::vector<std::string> form_infixes_;  // Turkish "-ma-": told only between two forms of a word
  std::vector<std::string> joined_;        // hides_a_denial()
  std::vector<std::string> articles_, noun_endings_;
  std::vector<std::pair<std::string, std::string>> spellings_;
  bool nouns_are_capitalised_ = false;
};

}  // namespace loccit
