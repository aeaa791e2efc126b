#include "base/http_message.h"
#include "base/text.h"
#include "documents/paged_text.h"
#include "documents/plain_pages.h"
#include "documents/readers.h"

namespace loccit {

Result<MarkedText> read_plain_text(Bytes content, const DocumentHint& hint,
                                   const ReadLimits& limits) {
  const DecodedText decoded = decode_text(content, parse_content_type(hint.media_type).charset);
  if (decoded.text.size() > limits.max_output) {
    return fail(FailureKind::too_large,
                hint.file_name + " is too large once read as " + decoded.charset);
  }
  return mark_paged_text(plain_pages(decoded.text));
}

}  // namespace loccit
