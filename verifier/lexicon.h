// Words that carry the sense of a sentence: negations, quantifiers, modal verbs, number words,
// months, exceptions. The words are data (verifier/lexicons/*.txt, one file a language), built into
// the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loccit {

enum class WordSense : std::uint8_t { none, negation, exception, quantifier, modal, number, date };

class Lexicon {
 public:
  // The lexicon of a language (ISO 639 code), or of all languages where there is none for it.
  static const Lexicon& of(std::string_view language);

  // `word` is folded (FoldedText::word). A compound of the language's denying prefix or suffix
  // counts as negation.
  WordSense sense_of(std::string_view word) const;

 private:
  friend struct LexiconReader;
  std::unordered_map<std::string, WordSense> words_;
  std::vector<std::string> endings_;  // "n't" as "nt", …: a word that ends so denies
  std::vector<std::string> infixes_;  // Turkish -ma-, -me-: told only between two forms of one word
};

}  // namespace loccit
