#include "cli/demo_files.h"

#include <span>
#include <stdexcept>
#include <string>

#include "base/embedded_file.h"

namespace loccit {

std::span<const EmbeddedFile>
embedded_demo_files();  // made from cli/demo_data by cmake/embed.cmake

std::string_view demo_file(std::string_view name) {
  for (const EmbeddedFile& file : embedded_demo_files()) {
    if (file.name == name) return file.content;
  }
  throw std::logic_error("the demo lacks its file " + std::string(name));
}

}  // namespace loccit
