// Dates and place-and-date lines as documents print them, in the languages we know.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loccit {

// ISO 8601 of a text that is one date and nothing else: "31.03.2020", "31 March 2020", "March 31,
// 2020", "le 31 mars 2020", "31. März 2020", "31 de marzo de 2020", "2020-03-31", "2020年3月31日".
// nullopt where it is none, or not a real day.
std::optional<std::string> printed_date(std::string_view text);

// "Moscow/Paris/Washington, D.C., 31.03.2020": a whole line of place and date, or a date alone
// (then `place` is empty).
struct PlaceAndDate {
  std::string place;
  std::string date;
};
std::optional<PlaceAndDate> place_and_date(std::string_view line);

}  // namespace loccit
