#include "documents/printed_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "documents/code_points.h"
#include "documents/month_names.h"

namespace loccit {
namespace {

// Small words that may stand before or within a date and say nothing.
constexpr auto date_particles = std::to_array<std::string_view>(
    {"le", "den", "der", "am", "on", "el", "il",   "the",  "de",    "del", "of",
     "st", "nd",  "rd",  "th", "er", "г",  "року", "года", "dated", "lo",  "a"});
constexpr auto leading_particles =
    std::to_array<std::string_view>({"le", "den", "am", "on", "el", "il", "the", "a"});

constexpr auto weekdays = std::to_array<std::string_view>(
    {"monday", "tuesday",  "wednesday", "thursday",   "friday",   "saturday", "sunday",
     "lundi",  "mardi",    "mercredi",  "jeudi",      "vendredi", "samedi",   "dimanche",
     "montag", "dienstag", "mittwoch",  "donnerstag", "freitag",  "samstag",  "sonntag",
     "lunes",  "martes",   "miércoles", "jueves",     "viernes",  "sábado",   "domingo",
     "lunedì", "martedì",  "mercoledì", "giovedì",    "venerdì",  "sabato",   "domenica"});

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::ranges::end(list);
}

struct Token {
  enum Kind {
    number,
    month,
    particle,
    weekday,
    stop,
    slash,
    dash,
    comma,
    year_sign,
    month_sign,
    day_sign
  } kind;
  unsigned value = 0;
  std::size_t digits = 0;
};

std::optional<Token> token_of_sign(char32_t c) {
  switch (c) {
    case U'.':
    case U'º':
    case U'°':
    case U'ª':
      return Token{Token::stop};
    case U'/':
      return Token{Token::slash};
    case U'-':
    case U'\u2010':
    case U'\u2011':
    case U'\u2013':
      return Token{Token::dash};
    case U',':
      return Token{Token::comma};
    case U'年':
      return Token{Token::year_sign};
    case U'月':
      return Token{Token::month_sign};
    case U'日':
      return Token{Token::day_sign};
    default:
      return std::nullopt;
  }
}

std::optional<Token> token_of_word(std::string_view word) {
  const std::string lower = lower_case(word);
  if (const auto month = month_named(lower)) return Token{Token::month, *month};
  if (contains(date_particles, lower)) return Token{Token::particle};
  if (contains(weekdays, lower)) return Token{Token::weekday};
  return std::nullopt;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const char32_t c = code_point_at(text, at);
    if (!is_letter(c) || token_of_sign(c)) break;
    next_code_point(text, at);
  }
  return at;
}

// A month may have two words.
std::optional<Token> take_word(std::string_view text, std::size_t begin, std::size_t& at) {
  const std::size_t end = end_of_word(text, begin);
  if (end < text.size() && text[end] == ' ') {
    const std::size_t second_end = end_of_word(text, end + 1);
    if (const auto month = month_named(lower_case(text.substr(begin, second_end - begin)))) {
      at = second_end;
      return Token{Token::month, *month};
    }
  }
  at = end;
  return token_of_word(text.substr(begin, end - begin));
}

// nullopt where something stands there that no date has.
std::optional<std::vector<Token>> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (tokens.size() > 12) return std::nullopt;
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (is_blank(c)) continue;
    if (is_digit(c)) {
      while (at < text.size() && is_digit(static_cast<unsigned char>(text[at]))) ++at;
      if (at - begin > 4) return std::nullopt;
      unsigned value = 0;
      std::from_chars(text.data() + begin, text.data() + at, value);
      tokens.push_back({Token::number, value, at - begin});
    } else if (const auto sign = token_of_sign(c)) {
      tokens.push_back(*sign);
    } else if (is_letter(c)) {
      const auto word = take_word(text, begin, at);
      if (!word) return std::nullopt;
      tokens.push_back(*word);
    } else {
      return std::nullopt;
    }
  }
  return tokens;
}

std::optional<std::string> iso(unsigned year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(month), std::chrono::day(day)};
  if (year < 1000 || !date.ok()) return std::nullopt;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04u-%02u-%02u", year, month, day);
  return text.data();
}

std::optional<std::string> iso(unsigned year, unsigned month) {
  if (!iso(year, month, 1)) return std::nullopt;
  return iso(year, month, 1)->substr(0, 7);
}

std::optional<std::string> date_of_numbers(const std::vector<Token>& tokens) {
  std::vector<Token> numbers;
  bool slashes = false;
  for (const Token& token : tokens) {
    if (token.kind == Token::number) numbers.push_back(token);
    slashes = slashes || token.kind == Token::slash;
  }
  if (numbers.size() != 3) return std::nullopt;
  if (numbers[0].digits == 4) return iso(numbers[0].value, numbers[1].value, numbers[2].value);
  if (numbers[2].digits != 4) return std::nullopt;
  // Day first, as nearly everywhere; month first only where it cannot be otherwise.
  if (slashes && numbers[1].value > 12)
    return iso(numbers[2].value, numbers[0].value, numbers[1].value);
  return iso(numbers[2].value, numbers[1].value, numbers[0].value);
}

std::optional<std::string> date_with_month_name(const std::vector<Token>& tokens) {
  std::optional<unsigned> month, day, year;
  std::size_t months = 0, slashes = 0;
  for (const Token& token : tokens) {
    if (token.kind == Token::month) {
      if (month && *month != token.value) return std::nullopt;  // "أيار/مايو" is May twice
      month = token.value;
    } else if (token.kind == Token::number) {
      std::optional<unsigned>& slot = token.digits == 4 ? year : day;
      if (slot || token.digits == 3) return std::nullopt;
      slot = token.value;
    } else if (token.kind >= Token::year_sign) {
      return std::nullopt;
    }
    slashes += token.kind == Token::slash ? 1U : 0U;
    months += token.kind == Token::month ? 1U : 0U;
  }
  if (!month || !year || slashes + 1 > std::max<std::size_t>(months, 1)) return std::nullopt;
  return day ? iso(*year, *month, *day) : iso(*year, *month);
}

bool is_place_word(std::string_view word) {
  // What joins the words of a place's name stays small: "Frankfurt am Main", "Rio de Janeiro".
  static constexpr auto joiners = std::to_array<std::string_view>(
      {"de",   "la",  "le",  "les", "am", "an",  "der", "und", "and", "of", "the",
       "upon", "sur", "del", "do",  "da", "dos", "di",  "im",  "et",  "y",  "by"});
  return contains(joiners, word);
}

bool looks_like_place(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() > 120) return false;
  std::size_t words = 0;
  bool last_is_joiner = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (is_digit(c) || c == U':' || c == U';' || c == U'!' || c == U'?' || c == U'"' ||
        c == U'\u201C')
      return false;
    if (!is_letter(c)) continue;
    while (at < text.size() && (is_letter(code_point_at(text, at)) || text[at] == '\''))
      next_code_point(text, at);
    const std::string_view word = text.substr(begin, at - begin);
    last_is_joiner = is_place_word(word);
    if (is_lower(c) && !last_is_joiner) return false;
    ++words;
  }
  return words >= 1 && words <= 9 && !last_is_joiner;
}

bool is_comma(char32_t c) { return c == U',' || c == U'，' || c == U'、' || c == U'،'; }

std::size_t count_words(std::string_view text) { return letter_runs(text, 20).size(); }

// Every date has a year in figures.
bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// Where the date may begin: after each comma or blank, from the left, so that the longest date
// wins.
std::vector<std::size_t> split_points(std::string_view line) {
  std::vector<std::size_t> points{0};
  for (std::size_t at = 0; at < line.size() && points.size() < 40;) {
    const char32_t c = next_code_point(line, at);
    if ((c == U' ' || c == U'(' || is_comma(c)) && at < line.size()) points.push_back(at);
  }
  return points;
}

// Arabic digits as the others.
std::string with_ascii_digits(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c >= U'\u0660' && c <= U'\u0669')
      result += static_cast<char>('0' + (c - U'\u0660'));
    else if (c >= U'\u06F0' && c <= U'\u06F9')
      result += static_cast<char>('0' + (c - U'\u06F0'));
    else
      result += text.substr(begin, at - begin);
  }
  return result;
}

// "12 May 2024 / 12 mai 2024": one date in two languages.
std::optional<std::string> date_in_languages(std::string_view text) {
  if (auto date = printed_date(text)) return date;
  const std::size_t parted = text.find(" / ");
  if (parted == std::string_view::npos) return std::nullopt;
  auto date = printed_date(text.substr(0, parted));
  return date && date == printed_date(text.substr(parted + 3)) ? date : std::nullopt;
}

std::string_view without_end(std::string_view place) {
  while (!place.empty()) {
    const char32_t last = code_point_before(place, place.size());
    if (!is_comma(last) && last != U'(' && !is_blank(last)) break;
    place.remove_suffix(place.size() - start_of_code_point_before(place, place.size()));
  }
  return place;
}

// "12 May 2024, Geneva".
std::optional<PlaceAndDate> date_and_place(std::string_view line) {
  for (const std::size_t split : split_points(line)) {
    const std::string_view before = line.substr(0, split);
    const std::string_view place = trimmed(line.substr(split));
    if (before.empty() || !is_comma(code_point_before(before, before.size()))) continue;
    const auto date = printed_date(without_end(before));
    if (date && looks_like_place(place) && !has_digit(place) && count_words(place) <= 4)
      return PlaceAndDate{std::string(place), *date};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> printed_date(std::string_view printed) {
  if (printed.size() > 120) return std::nullopt;
  const std::string text = with_ascii_digits(printed);
  if (text.size() > 80 || !has_digit(text)) return std::nullopt;
  const auto tokens = tokens_of(text);
  if (!tokens || tokens->empty()) return std::nullopt;
  if (std::ranges::count(*tokens, Token::month, &Token::kind) > 0)
    return date_with_month_name(*tokens);
  if (std::ranges::any_of(
          *tokens,
          [](const Token& t) { return t.kind == Token::particle || t.kind == Token::comma; }) &&
      tokens->front().kind == Token::number) {
    return std::nullopt;
  }
  return date_of_numbers(*tokens);
}

std::optional<PlaceAndDate> place_and_date(std::string_view printed) {
  if (printed.size() > 240) return std::nullopt;
  const std::string ascii = with_ascii_digits(trimmed(printed));
  std::string_view line = ascii;
  if (line.size() > 160 || !has_digit(line)) return std::nullopt;
  while (!line.empty() && (line.back() == '.' || line.back() == ':' || line.back() == ')'))
    line.remove_suffix(1);
  for (const std::size_t split : split_points(line)) {
    const auto date = date_in_languages(line.substr(split));
    if (!date) continue;
    std::string_view place = trimmed(line.substr(0, split));
    const std::string_view bare = without_end(place);
    const bool parted = bare.size() < place.size();
    place = bare;
    if (!place.empty() && contains(leading_particles, lower_case(place))) place = {};
    if (!looks_like_place(place)) return std::nullopt;
    // Without a comma a heading that ends in a date looks the same; a place is one word or two.
    if (!parted && count_words(place) > 2) return std::nullopt;
    return PlaceAndDate{std::string(place), *date};
  }
  return date_and_place(line);
}

}  // namespace loccit
