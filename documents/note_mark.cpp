#include "documents/note_mark.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace loccit {
namespace {

constexpr std::size_t longest_key = 32;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// Bytes of a symbol that numbers notes (* † ‡ § ¶ ‖ #, raised figures), 0 for any other.
std::size_t symbol_size(std::string_view text) {
  static constexpr std::array<std::string_view, 18> symbols = {
      "*",      "\u2020", "\u2021", "\u00A7", "\u00B6", "\u2016", "#",      "\u2217", "\u00B9",
      "\u00B2", "\u00B3", "\u2070", "\u2074", "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  const auto* found = std::ranges::find_if(
      symbols, [&](std::string_view symbol) { return text.starts_with(symbol); });
  return found == symbols.end() ? 0 : found->size();
}

bool is_symbols(std::string_view text) {
  while (!text.empty()) {
    const auto size = symbol_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

bool is_number(std::string_view text) {
  return text.size() <= 4 && std::ranges::all_of(text, is_digit);
}

bool is_roman(std::string_view text) {
  return text.size() <= 7 &&
         (std::ranges::all_of(
              text,
              [](char c) { return std::string_view("ivxlc").find(c) != std::string_view::npos; }) ||
          std::ranges::all_of(text, [](char c) {
            return std::string_view("IVXLC").find(c) != std::string_view::npos;
          }));
}

// "note 3", "Anm. 4", "lower-alpha 2", "n 1"
bool is_counted_word(std::string_view text) {
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos || blank + 1 == text.size() || blank > 14) return false;
  const auto number = text.substr(blank + 1);
  return std::ranges::all_of(
             text.substr(0, blank),
             [](char c) { return is_letter(c) || c == '.' || c == '-' || c < 0; }) &&
         (is_number(number) || number.size() == 1);
}

}  // namespace

std::string bare_note_label(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto rest = text.substr(at);
    if (rest.starts_with("\u00A0") || rest.starts_with("\u00AD")) {
      out += rest.starts_with("\u00A0") ? " " : "";
      ++at;
    } else if (rest.starts_with("\u2009") || rest.starts_with("\u202F") ||
               rest.starts_with("\u200B")) {
      out += ' ';
      at += 2;
    } else {
      const char c = text[at];
      out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    }
  }
  constexpr std::string_view around = " []()";
  const auto begin = out.find_first_not_of(around);
  if (begin == std::string::npos) return {};
  const auto end = out.find_last_not_of(" []().:,;");
  if (end == std::string::npos || end < begin) return {};
  std::string label = out.substr(begin, end - begin + 1);
  if (label.find('(') != std::string::npos && label.find(')') == std::string::npos) label += ')';
  return label;  // "Ostrem (1998)" keeps its bracket
}

bool looks_like_note_label(std::string_view text) {
  const auto label = bare_note_label(text);
  if (label.empty() || label.size() > longest_key) return false;
  if (is_number(label) || is_symbols(label) || is_roman(label) || is_counted_word(label))
    return true;
  if (label.find_first_of(" \t/") != std::string::npos) return false;
  if (label.size() <= 2 && std::ranges::all_of(label, is_letter)) return true;
  // A key: "RFC2119", "KMN+02", or any one word in brackets.
  const bool has_digit = std::ranges::any_of(label, is_digit);
  return is_letter(label.front()) && (has_digit || text.find('[') != std::string_view::npos);
}

}  // namespace loccit
