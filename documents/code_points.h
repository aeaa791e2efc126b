// UTF-8 read code point by code point, and what a reader of print asks about one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loccit {

// The code point at `at`, which moves past it; U+FFFD for a broken sequence. `at` must be inside
// `text`.
char32_t next_code_point(std::string_view text, std::size_t& at);
char32_t code_point_at(std::string_view text, std::size_t at);      // 0 at the end
char32_t code_point_before(std::string_view text, std::size_t at);  // 0 at the beginning
std::size_t start_of_code_point_before(std::string_view text, std::size_t at);
// Letters that end there without a break, as far as `most` are counted.
std::size_t letters_before(std::string_view text, std::size_t at, std::size_t most = 12);

bool is_letter(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_caseless(char32_t c);  // a letter of a script without capitals: Arabic, Chinese, Georgian
bool is_digit(char32_t c);     // 0 to 9 only: labels and dates
bool has_arabic_digits(std::string_view text);  // ٠ to ٩, or Persian ones: no digits of a label
bool is_blank(char32_t c);  // Unicode's blanks, the no-break ones and zero-width ones too

std::string lower_case(std::string_view text);  // Unicode, no locale
std::string_view trimmed(std::string_view text);
std::string collapsed(
    std::string_view text);  // runs of blanks and line breaks are one blank, none at the ends
bool starts_with_upper(std::string_view text);  // its first letter, opening punctuation aside
bool starts_with_lower(std::string_view text);

// Digits from `begin` to the end become superscripts where they stand right after a digit: "10" and
// a raised "2" are 10², not 102. Whether they did.
bool raise_digits(std::string& text, std::size_t begin);

// The maximal runs of letters (with marks), as views of `text`. At most `limit` of them.
std::vector<std::string_view> letter_runs(std::string_view text,
                                          std::size_t limit = static_cast<std::size_t>(-1));

}  // namespace loccit
