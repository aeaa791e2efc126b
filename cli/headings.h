// The headings under which --help tells the options, and the table of loccit.toml of each.
#pragma once

#include <array>
#include <string_view>

namespace loccit {

struct Heading {
  const char* name;
  const char* table;  // "": above all tables
};

namespace headings {
inline constexpr Heading reports{"Reports and exit code", ""};
inline constexpr Heading fetching{"Fetching", "fetch"};
inline constexpr Heading sealing{"Sealing", "seal"};
inline constexpr Heading auditing{"Auditing", "audit"};
inline constexpr Heading watching{"Watching", "watch"};
inline constexpr Heading notifying{"Being told of changes", "notify"};
inline constexpr Heading working{"Working", "worker"};
inline constexpr Heading serving{"Serving", "serve"};
inline constexpr std::array all = {reports,  fetching,  sealing, auditing,
                                   watching, notifying, working, serving};
}  // namespace headings

constexpr const char* table_under(std::string_view name) {
  for (const Heading& heading : headings::all) {
    if (name == heading.name) return heading.table;
  }
  return "";
}

}  // namespace loccit
