#include "documents/printed_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "documents/code_points.h"

namespace loccit {
namespace {

struct MonthName {
  std::string_view name;
  unsigned month;
};
// Nominative and, where dates decline the month, genitive; English abbreviations too.
constexpr std::array month_names{
    // English, and what other languages share with it
    MonthName{"january", 1},
    MonthName{"february", 2},
    MonthName{"march", 3},
    MonthName{"april", 4},
    MonthName{"may", 5},
    MonthName{"june", 6},
    MonthName{"july", 7},
    MonthName{"august", 8},
    MonthName{"september", 9},
    MonthName{"october", 10},
    MonthName{"november", 11},
    MonthName{"december", 12},
    MonthName{"jan", 1},
    MonthName{"feb", 2},
    MonthName{"mar", 3},
    MonthName{"apr", 4},
    MonthName{"jun", 6},
    MonthName{"jul", 7},
    MonthName{"aug", 8},
    MonthName{"sep", 9},
    MonthName{"sept", 9},
    MonthName{"oct", 10},
    MonthName{"nov", 11},
    MonthName{"dec", 12},
    // French
    MonthName{"janvier", 1},
    MonthName{"février", 2},
    MonthName{"fevrier", 2},
    MonthName{"mars", 3},
    MonthName{"avril", 4},
    MonthName{"mai", 5},
    MonthName{"juin", 6},
    MonthName{"juillet", 7},
    MonthName{"août", 8},
    MonthName{"aout", 8},
    MonthName{"septembre", 9},
    MonthName{"octobre", 10},
    MonthName{"novembre", 11},
    MonthName{"décembre", 12},
    MonthName{"decembre", 12},
    // German
    MonthName{"januar", 1},
    MonthName{"jänner", 1},
    MonthName{"februar", 2},
    MonthName{"märz", 3},
    MonthName{"juni", 6},
    MonthName{"juli", 7},
    MonthName{"oktober", 10},
    MonthName{"dezember", 12},
    // Spanish
    MonthName{"enero", 1},
    MonthName{"febrero", 2},
    MonthName{"marzo", 3},
    MonthName{"abril", 4},
    MonthName{"mayo", 5},
    MonthName{"junio", 6},
    MonthName{"julio", 7},
    MonthName{"agosto", 8},
    MonthName{"septiembre", 9},
    MonthName{"setiembre", 9},
    MonthName{"octubre", 10},
    MonthName{"noviembre", 11},
    MonthName{"diciembre", 12},
    // Italian
    MonthName{"gennaio", 1},
    MonthName{"febbraio", 2},
    MonthName{"aprile", 4},
    MonthName{"maggio", 5},
    MonthName{"giugno", 6},
    MonthName{"luglio", 7},
    MonthName{"settembre", 9},
    MonthName{"ottobre", 10},
    MonthName{"dicembre", 12},
    // Portuguese
    MonthName{"janeiro", 1},
    MonthName{"fevereiro", 2},
    MonthName{"março", 3},
    MonthName{"maio", 5},
    MonthName{"junho", 6},
    MonthName{"julho", 7},
    MonthName{"setembro", 9},
    MonthName{"outubro", 10},
    MonthName{"novembro", 11},
    MonthName{"dezembro", 12},
    // Dutch, Danish, Norwegian, Swedish
    MonthName{"januari", 1},
    MonthName{"februari", 2},
    MonthName{"maart", 3},
    MonthName{"mei", 5},
    MonthName{"augustus", 8},
    MonthName{"maj", 5},
    MonthName{"marts", 3},
    MonthName{"augusti", 8},
    MonthName{"desember", 12},
    // Polish, Czech
    MonthName{"stycznia", 1},
    MonthName{"lutego", 2},
    MonthName{"marca", 3},
    MonthName{"kwietnia", 4},
    MonthName{"maja", 5},
    MonthName{"czerwca", 6},
    MonthName{"lipca", 7},
    MonthName{"sierpnia", 8},
    MonthName{"września", 9},
    MonthName{"października", 10},
    MonthName{"listopada", 11},
    MonthName{"grudnia", 12},
    MonthName{"ledna", 1},
    MonthName{"února", 2},
    MonthName{"března", 3},
    MonthName{"dubna", 4},
    MonthName{"května", 5},
    MonthName{"června", 6},
    MonthName{"července", 7},
    MonthName{"srpna", 8},
    MonthName{"září", 9},
    MonthName{"října", 10},
    MonthName{"listopadu", 11},
    MonthName{"prosince", 12},
    // Russian, Ukrainian
    MonthName{"января", 1},
    MonthName{"февраля", 2},
    MonthName{"марта", 3},
    MonthName{"апреля", 4},
    MonthName{"мая", 5},
    MonthName{"июня", 6},
    MonthName{"июля", 7},
    MonthName{"августа", 8},
    MonthName{"сентября", 9},
    MonthName{"октября", 10},
    MonthName{"ноября", 11},
    MonthName{"декабря", 12},
    MonthName{"січня", 1},
    MonthName{"лютого", 2},
    MonthName{"березня", 3},
    MonthName{"квітня", 4},
    MonthName{"травня", 5},
    MonthName{"червня", 6},
    MonthName{"липня", 7},
    MonthName{"серпня", 8},
    MonthName{"вересня", 9},
    MonthName{"жовтня", 10},
    MonthName{"листопада", 11},
    MonthName{"грудня", 12},
    // Turkish
    MonthName{"ocak", 1},
    MonthName{"şubat", 2},
    MonthName{"mart", 3},
    MonthName{"nisan", 4},
    MonthName{"mayıs", 5},
    MonthName{"haziran", 6},
    MonthName{"temmuz", 7},
    MonthName{"ağustos", 8},
    MonthName{"eylül", 9},
    MonthName{"ekim", 10},
    MonthName{"kasım", 11},
    MonthName{"aralık", 12},
};

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
  if (const auto* found = std::ranges::find(month_names, lower, &MonthName::name);
      found != month_names.end()) {
    return Token{Token::month, found->month};
  }
  if (contains(date_particles, lower)) return Token{Token::particle};
  if (contains(weekdays, lower)) return Token{Token::weekday};
  return std::nullopt;
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
      while (at < text.size()) {
        const std::size_t here = at;
        const char32_t next = next_code_point(text, at);
        if (!is_letter(next) || token_of_sign(next)) {
          at = here;
          break;
        }
      }
      const auto word = token_of_word(text.substr(begin, at - begin));
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
  for (const Token& token : tokens) {
    if (token.kind == Token::month) {
      if (month) return std::nullopt;
      month = token.value;
    } else if (token.kind == Token::number) {
      std::optional<unsigned>& slot = token.digits == 4 ? year : day;
      if (slot || token.digits == 3) return std::nullopt;
      slot = token.value;
    } else if (token.kind == Token::slash || token.kind >= Token::year_sign) {
      return std::nullopt;
    }
  }
  if (!month || !year) return std::nullopt;
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

std::size_t count_words(std::string_view text) { return letter_runs(text, 20).size(); }

// Every date has a year in figures.
bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// Where the date may begin: after each comma or blank, from the left, so that the longest date
// wins.
std::vector<std::size_t> split_points(std::string_view line) {
  std::vector<std::size_t> points{0};
  for (std::size_t i = 0; i + 1 < line.size() && points.size() < 40; ++i) {
    if (line[i] == ' ' || line[i] == ',' || line[i] == '(') points.push_back(i + 1);
  }
  return points;
}

}  // namespace

std::optional<std::string> printed_date(std::string_view text) {
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

std::optional<PlaceAndDate> place_and_date(std::string_view line) {
  line = trimmed(line);
  if (line.size() > 160 || !has_digit(line)) return std::nullopt;
  while (!line.empty() && (line.back() == '.' || line.back() == ':' || line.back() == ')'))
    line.remove_suffix(1);
  for (const std::size_t split : split_points(line)) {
    const auto date = printed_date(line.substr(split));
    if (!date) continue;
    std::string_view place = trimmed(line.substr(0, split));
    const bool parted = place.ends_with(',') || place.ends_with('(');
    while (!place.empty() && (place.back() == ',' || place.back() == '(' || place.back() == ' '))
      place.remove_suffix(1);
    if (!place.empty() && contains(leading_particles, lower_case(place))) place = {};
    if (!looks_like_place(place)) return std::nullopt;
    // Without a comma a heading that ends in a date looks the same; a place is one word or two.
    if (!parted && count_words(place) > 2) return std::nullopt;
    return PlaceAndDate{std::string(place), *date};
  }
  return std::nullopt;
}

}  // namespace loccit
