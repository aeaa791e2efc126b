// The state of folding between two characters. See folding.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "verifier/fold_table.h"
#include "verifier/folded_letters.h"
#include "verifier/folding.h"

namespace loccit {

// What stood between the last token and here.
enum Between : unsigned {
  nothing = 0,
  blanks = 1U << 0U,
  lines = 1U << 1U,
  apostrophes = 1U << 2U,
  hyphens = 1U << 3U,
  joiners = 1U << 4U,
  dashes = 1U << 5U,
  sentence_ends = 1U << 6U,
  others = 1U << 7U,
  full_ends = 1U << 8U,  // sentence punctuation that needs no blank after it
};

struct Character {
  char32_t code_point = 0;
  std::size_t length = 1;
};

// Malformed bytes count one each, as U+FFFD.
Character decode(std::string_view text, std::size_t at);

class Folder {
 public:
  explicit Folder(std::string_view text) : text_(text), letters_(text.size()) {
    out_.tokens.reserve(text.size() / 3 + 8);  // room that is not used costs nothing
  }

  void fold_stretch(std::size_t begin, std::size_t end);
  // Something that is not read stands here: no word goes on across it.
  void interrupt();
  FoldedText take();

 private:
  // What stands at `at`, class and all; past the end nothing does.
  const FoldEntry& entry(std::size_t at, std::size_t& length, char32_t& code_point) const {
    static const FoldEntry past_the_end{};
    length = 0;
    code_point = 0;
    if (at >= end_) return past_the_end;
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) {
      length = 1;
      code_point = byte;
      return ascii_[byte];
    }
    const Character character = decode(text_.substr(0, end_), at);
    length = character.length;
    code_point = character.code_point;
    return fold_entry(character.code_point);
  }

  bool digit_at(std::size_t at) const {
    std::size_t length = 0;
    char32_t code_point = 0;
    return entry(at, length, code_point).fold_class == FoldClass::digit;
  }

  std::size_t after_blanks(std::size_t at) const {
    std::size_t length = 0;
    char32_t code_point = 0;
    while (entry(at, length, code_point).fold_class == FoldClass::blank) at += length;
    return at;
  }

  // folding.cpp: words, and what stands between them
  void step();
  void plain_words();
  void run_of_letters();
  void put_mark(const FoldEntry& folded);
  void dash(FoldClass fold_class, std::size_t next);
  void open(TokenKind kind);
  void word_begun();
  Glue glue_between(TokenKind before, TokenKind after) const;
  bool capital_after_small_letter() const;
  void close();
  bool goes_on(TokenKind kind) const {
    return open_ && between_ == nothing && out_.tokens.back().kind == kind;
  }

  void advance(std::size_t length, char32_t code_point) {
    at_ += length;
    last_ = code_point;
  }

  // folding_numbers.cpp
  bool sign(char32_t code_point, std::size_t length);
  void plus(std::size_t length);
  void symbol(const FoldEntry& folded, std::size_t length, char32_t code_point);
  void number();
  bool line_break_and_digit_at(std::size_t at) const;
  static char inside_number(FoldClass fold_class);
  bool three_digits_at(std::size_t at) const;

  std::string_view text_;
  const FoldEntry* ascii_ = &fold_entry(0);  // the first block, whole
  Letters letters_;
  FoldedText out_;  // but for its letters, until it is taken
  std::size_t at_ = 0, end_ = 0;
  std::size_t token_end_ = 0;
  bool open_ = false;
  unsigned between_ = nothing;
  bool hyphen_at_line_end_ = false;
  char32_t last_ = 0;  // the code point before, of those that count
  std::uint8_t last_mark_class_ = 0;
  std::size_t last_mark_at_ = 0;
};

}  // namespace loccit
