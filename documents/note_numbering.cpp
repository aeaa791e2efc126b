#include "documents/note_numbering.h"

#include <array>
#include <cctype>
#include <cstddef>
#include <utility>

namespace loccit {
namespace {

std::string roman(int number) {
  static constexpr std::array<std::pair<int, std::string_view>, 13> figures = {{{1000, "m"},
                                                                                {900, "cm"},
                                                                                {500, "d"},
                                                                                {400, "cd"},
                                                                                {100, "c"},
                                                                                {90, "xc"},
                                                                                {50, "l"},
                                                                                {40, "xl"},
                                                                                {10, "x"},
                                                                                {9, "ix"},
                                                                                {5, "v"},
                                                                                {4, "iv"},
                                                                                {1, "i"}}};
  std::string out;
  for (const auto& [value, figure] : figures) {
    for (; number >= value; number -= value) out += figure;
  }
  return out;
}

// a … z, aa, bb, …: the letter again for each time round (ECMA-376 §17.18.59, lowerLetter).
std::string letters(int number) {
  const auto index = static_cast<std::size_t>(number - 1);
  return std::string(index / 26 + 1, static_cast<char>('a' + index % 26));
}

std::string symbols(int number) {
  static constexpr std::array<std::string_view, 4> cycle = {"*", "\u2020", "\u2021", "\u00A7"};
  const auto index = static_cast<std::size_t>(number - 1);
  std::string out;
  for (std::size_t times = 0; times <= index / cycle.size(); ++times)
    out += cycle[index % cycle.size()];
  return out;
}

std::string upper(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string note_number(int number, std::string_view format) {
  constexpr int most = 4000;  // beyond that nobody prints letters or Roman figures
  if (number < 1 || number >= most) return std::to_string(number);
  if (format == "lowerRoman") return roman(number);
  if (format == "upperRoman") return upper(roman(number));
  if (format == "lowerLetter") return letters(number);
  if (format == "upperLetter") return upper(letters(number));
  if (format == "chicago") return symbols(number);
  return std::to_string(number);
}

}  // namespace loccit
