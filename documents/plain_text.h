// Plain text as it stands: paragraphs are parted by blank lines, lines and indentation are kept.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "documents/text_content.h"

namespace loccit {

TextContent plain_content(std::string_view utf8, const ReadLimits& limits);

}  // namespace loccit
