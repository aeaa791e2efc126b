// The sample letter and the pages of its sources, embedded from cli/demo_data.
#pragma once

#include <string_view>

namespace loccit {

// Throws where there is no such file.
std::string_view demo_file(std::string_view name);

}  // namespace loccit
