#include "documents/plain_text.h"

#include <algorithm>

#include "documents/text_builder.h"

namespace loccit {

TextContent plain_content(std::string_view utf8, const ReadLimits& limits) {
  TextContent content;
  TextBuilder builder(content, limits.max_output);
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t end = std::min(utf8.find('\n', at), utf8.size());
    std::string_view line = utf8.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t\r\f\v") == std::string_view::npos) {
      builder.end_block();
    } else {
      builder.preformatted(line);
      builder.preformatted("\n");
    }
    if (line.find('\f') != std::string_view::npos) builder.end_block();  // a page ends
    at = end + 1;
  }
  builder.finish();
  return content;
}

}  // namespace loccit
