#include "base/timestamp.h"

#include <array>
#include <cstdio>

namespace loccit {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<const char*, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> day_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Parts {
  int year = 0;
  unsigned month = 1, day = 1;
  int hour = 0, minute = 0, second = 0, micros = 0;
};

Parts parts_of(Timestamp time) {
  const auto date = floor<days>(time);
  const year_month_day ymd(date);
  const auto rest = time - date;
  const auto h = floor<hours>(rest);
  const auto m = floor<minutes>(rest - h);
  const auto s = floor<seconds>(rest - h - m);
  return {static_cast<int>(ymd.year()),
          static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day()),
          static_cast<int>(h.count()),
          static_cast<int>(m.count()),
          static_cast<int>(s.count()),
          static_cast<int>((rest - h - m - s).count())};
}

std::optional<Timestamp> from_parts(const Parts& p) {
  const year_month_day ymd(std::chrono::year(p.year), std::chrono::month(p.month),
                           std::chrono::day(p.day));
  // Second 60 is a leap second: it is the next minute's first.
  if (!ymd.ok() || p.hour > 23 || p.minute > 59 || p.second > 60) return std::nullopt;
  return Timestamp(sys_days(ymd)) + hours(p.hour) + minutes(p.minute) + seconds(p.second) +
         microseconds(p.micros);
}

// Takes exactly `count` digits off the front.
bool take_digits(std::string_view& text, std::size_t count, int& value) {
  if (text.size() < count) return false;
  value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, std::string_view expected) {
  if (text.substr(0, expected.size()) != expected) return false;
  text.remove_prefix(expected.size());
  return true;
}

bool take_month(std::string_view& text, unsigned& month) {
  for (unsigned i = 0; i < month_names.size(); ++i) {
    if (take(text, month_names[i])) {
      month = i + 1;
      return true;
    }
  }
  return false;
}

bool take_clock(std::string_view& text, Parts& p) {
  return take_digits(text, 2, p.hour) && take(text, ":") && take_digits(text, 2, p.minute) &&
         take(text, ":") && take_digits(text, 2, p.second);
}

template <class... Args>
std::string formatted(const char* format, Args... args) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), format, args...);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

}  // namespace

Clock system_clock() {
  return [] { return floor<microseconds>(std::chrono::system_clock::now()); };
}

std::string to_iso8601(Timestamp time) {
  const Parts p = parts_of(time);
  return formatted("%04d-%02u-%02uT%02d:%02d:%02dZ", p.year, p.month, p.day, p.hour, p.minute,
                   p.second);
}

std::string to_iso8601_micros(Timestamp time) {
  const Parts p = parts_of(time);
  return formatted("%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", p.year, p.month, p.day, p.hour, p.minute,
                   p.second, p.micros);
}

std::optional<Timestamp> from_iso8601(std::string_view text) {
  Parts p;
  int month = 0;
  int day = 0;
  if (!take_digits(text, 4, p.year) || !take(text, "-") || !take_digits(text, 2, month) ||
      !take(text, "-") || !take_digits(text, 2, day) || (!take(text, "T") && !take(text, "t")) ||
      !take_clock(text, p)) {
    return std::nullopt;
  }
  p.month = static_cast<unsigned>(month);
  p.day = static_cast<unsigned>(day);
  if (take(text, ".")) {
    int scale = 100'000;
    std::size_t digits = 0;
    while (!text.empty() && text[0] >= '0' && text[0] <= '9' && digits < 9) {
      p.micros += (text[0] - '0') * scale;
      scale /= 10;
      text.remove_prefix(1);
      ++digits;
    }
    if (digits == 0) return std::nullopt;
  }
  auto time = from_parts(p);
  if (!time) return std::nullopt;
  if (take(text, "Z") || take(text, "z")) return text.empty() ? time : std::nullopt;
  const bool ahead = take(text, "+");
  if (!ahead && !take(text, "-")) return std::nullopt;
  int hour = 0;
  int minute = 0;
  if (!take_digits(text, 2, hour) || !take(text, ":") || !take_digits(text, 2, minute) ||
      !text.empty())
    return std::nullopt;
  const auto offset = hours(hour) + minutes(minute);
  return ahead ? *time - offset : *time + offset;
}

std::string to_digits14(Timestamp time) {
  const Parts p = parts_of(time);
  return formatted("%04d%02u%02u%02d%02d%02d", p.year, p.month, p.day, p.hour, p.minute, p.second);
}

std::optional<Timestamp> from_digits14(std::string_view digits) {
  if (digits.size() < 4 || digits.size() > 17) return std::nullopt;
  static constexpr std::string_view earliest = "00000101000000000";
  std::string full(digits);
  full += earliest.substr(full.size());
  std::string_view rest = full;
  Parts p;
  int month = 0;
  int day = 0;
  int millis = 0;
  if (!take_digits(rest, 4, p.year) || !take_digits(rest, 2, month) || !take_digits(rest, 2, day) ||
      !take_digits(rest, 2, p.hour) || !take_digits(rest, 2, p.minute) ||
      !take_digits(rest, 2, p.second) || !take_digits(rest, 3, millis)) {
    return std::nullopt;
  }
  p.month = static_cast<unsigned>(month);
  p.day = static_cast<unsigned>(day);
  p.micros = millis * 1000;
  return from_parts(p);
}

std::string to_http_date(Timestamp time) {
  const Parts p = parts_of(time);
  const std::chrono::weekday weekday{floor<days>(time)};
  return formatted("%s, %02u %s %04d %02d:%02d:%02d GMT", day_names[weekday.c_encoding()], p.day,
                   month_names[p.month - 1], p.year, p.hour, p.minute, p.second);
}

std::optional<Timestamp> from_http_date(std::string_view text) {
  const std::size_t comma = text.find(',');
  Parts p;
  int day = 0;
  if (comma == std::string_view::npos) {  // asctime: "Sun Nov  6 08:49:37 1994"
    if (text.size() < 4) return std::nullopt;
    text.remove_prefix(4);
    if (!take_month(text, p.month) || !take(text, " ")) return std::nullopt;
    if (take(text, " ") ? !take_digits(text, 1, day) : !take_digits(text, 2, day))
      return std::nullopt;
    if (!take(text, " ") || !take_clock(text, p) || !take(text, " ") ||
        !take_digits(text, 4, p.year))
      return std::nullopt;
  } else {
    text.remove_prefix(comma + 1);
    if (!take(text, " ") || !take_digits(text, 2, day)) return std::nullopt;
    const bool rfc850 = take(text, "-");  // "Sunday, 06-Nov-94 08:49:37 GMT"
    if (!rfc850 && !take(text, " ")) return std::nullopt;
    if (!take_month(text, p.month) || !take(text, rfc850 ? "-" : " ")) return std::nullopt;
    if (!take_digits(text, rfc850 ? 2 : 4, p.year)) return std::nullopt;
    // RFC 9110 §5.6.7: two digits mean the nearest year that is not more than 50 years ahead.
    if (rfc850) p.year += p.year < 70 ? 2000 : 1900;
    if (!take(text, " ") || !take_clock(text, p) || !take(text, " GMT")) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  p.day = static_cast<unsigned>(day);
  return from_parts(p);
}

}  // namespace loccit
