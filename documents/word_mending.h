// Words as print breaks them: over lines with a hyphen that was there or was not, and with stray
// blanks inside. What the document itself writes elsewhere decides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loccit {

class Vocabulary {
 public:
  // `text` with "\n" at printed line breaks. The words next to a hyphen at a line's end are not
  // learnt.
  void learn(std::string_view text);
  // After all is learnt: whether this document's lines break words with hyphens at all.
  void settle();

  std::size_t count(std::string_view lower_word) const;
  bool has_compound(std::string_view lower_compound) const;
  bool breaks_words() const { return breaks_words_; }

  // Whether two pieces of one word stand in `left right`: "politica l".
  bool is_torn(std::string_view left, std::string_view right) const;
  // Whether the hyphen between them at a line's end belongs to the word.
  bool keeps_hyphen(std::string_view left, std::string_view right) const;

 private:
  std::unordered_map<std::string, std::size_t> words_;
  std::unordered_map<std::string, std::size_t>
      pairs_;  // "a b" side by side, where "ab" could be a word
  std::unordered_map<std::string, std::size_t> compounds_;  // "so-called"
  std::unordered_map<std::string, std::size_t>
      breaks_;  // "word broken" pairs at line ends, "left\nright"
  bool breaks_words_ = false;
};

// One line of text out of printed ones. Bytes below 0x20 but "\n" are the caller's marks: they are
// kept, and no word ends at one.
std::string unwrap(std::string_view printed, const Vocabulary& vocabulary);

}  // namespace loccit
