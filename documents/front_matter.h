// What static site generators and pandoc put before a Markdown document: YAML between "---" lines,
// TOML between "+++",
// lines that begin with "%".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loccit {

struct FrontMatter {
  std::size_t size = 0;  // bytes up to the document proper; 0 where there is none
  std::string title;
};

FrontMatter read_front_matter(std::string_view text);

}  // namespace loccit
