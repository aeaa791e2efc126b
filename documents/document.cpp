#include "documents/document.h"

#include <array>

namespace loccit {
namespace {

// The order is that of SourceKind.
constexpr std::array kind_names = {"web", "account", "unpublished", "print", "comment"};

}  // namespace

const char* name(SourceKind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

std::optional<SourceKind> source_kind_from(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (name == kind_names[i]) return static_cast<SourceKind>(i);
  }
  return std::nullopt;
}

}  // namespace loccit
