// The label that a note begins with: "12 ", "12.", "[12]", "(12)", "12/", "¹²", "[RFC2119]", "*".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace loccit {

enum class LabelForm { bare, raised, bracketed, parenthesized, slashed, symbol };

struct NoteLabel {
  std::string label;
  LabelForm form = LabelForm::bare;
  std::size_t end =
      0;  // where the note's text begins in the line; the line's size for a label alone
  bool stopped = false;  // "1." and "1)": a numbered paragraph looks the same
};

std::optional<NoteLabel> note_label_at_start(std::string_view line);

// What may follow a number or Roman figure that is no part of it, with no blank between ("1See …",
// "iiiIbid."): a capital, a letter of a script without capitals, a quotation mark or a URL; no word
// that counts, as in "3月5日".
bool may_be_glued_to(std::string_view text);

std::optional<int> number_of(std::string_view label);  // 1 to 99999
// U+00B9 and its like as the digits that they are; nullopt where `c` is none.
std::optional<char> raised_digit(char32_t c);

}  // namespace loccit
