// Plain text as printed pages: lines with their columns, double spacing undone, pages and their
// link lists found.
#pragma once

#include <string_view>

#include "documents/paged_text.h"

namespace loccit {

PagedText plain_pages(std::string_view utf8);

}  // namespace loccit
