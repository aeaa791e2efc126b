// DOCX and ODT as their reader sees them: tracked deletions, comments and hidden runs left out,
// notes at the end.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "documents/text_content.h"

namespace loccit {

Result<TextContent> docx_content(Bytes file, const ReadLimits& limits);
Result<TextContent> odt_content(Bytes file, const ReadLimits& limits);

}  // namespace loccit
