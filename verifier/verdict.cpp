#include "verifier/verdict.h"

#include <array>
#include <string_view>

namespace loccit {
namespace {

// The order is that of the enumerations in verdict.h.
constexpr std::array verdict_names = {"intact", "drifted", "rotten", "unverifiable"};
constexpr std::array quote_names = {"verbatim", "altered",    "partial",
                                    "absent",   "translated", "unchecked"};
constexpr std::array link_names = {"ok",      "moved",       "gone",     "error",  "soft404",
                                   "refused", "unreachable", "insecure", "blocked"};
constexpr std::array change_names = {"meaning", "wording"};
constexpr std::array drift_names = {"unknown", "none", "elsewhere", "passage"};

template <class Enum, std::size_t N>
std::optional<Enum> lookup(const std::array<const char*, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (name == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

const char* name(VerdictKind kind) { return verdict_names.at(static_cast<std::size_t>(kind)); }
const char* name(QuoteState state) { return quote_names.at(static_cast<std::size_t>(state)); }
const char* name(LinkState state) { return link_names.at(static_cast<std::size_t>(state)); }
const char* name(ChangeKind kind) { return change_names.at(static_cast<std::size_t>(kind)); }
const char* name(TextDrift drift) { return drift_names.at(static_cast<std::size_t>(drift)); }
std::optional<VerdictKind> verdict_kind_from(std::string_view name) {
  return lookup<VerdictKind>(verdict_names, name);
}
std::optional<QuoteState> quote_state_from(std::string_view name) {
  return lookup<QuoteState>(quote_names, name);
}
std::optional<LinkState> link_state_from(std::string_view name) {
  return lookup<LinkState>(link_names, name);
}
std::optional<ChangeKind> change_kind_from(std::string_view name) {
  return lookup<ChangeKind>(change_names, name);
}

}  // namespace loccit
