// A file that was put into the program when it was built (cmake/embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace loccit {

struct EmbeddedFile {
  std::string_view name;
  std::string_view content;
};

}  // namespace loccit
