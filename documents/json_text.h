// The words of JSON: its string values, in order. Lenient: what is cut off or slightly wrong still
// gives its strings.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "documents/text_content.h"

namespace loccit {

// Values only, not names; escapes undone.
void each_json_string(std::string_view json, const std::function<void(std::string&&)>& take);

// One block a string; strings that are HTML are read as such.
TextContent json_content(std::string_view utf8, const ReadLimits& limits);

}  // namespace loccit
