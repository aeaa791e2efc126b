// Any bytes as a page: no crash, valid UTF-8, and blocks, skips and links where the text is.
#include <cstddef>
#include <cstdint>

#include "base/text.h"
#include "documents/text_content.h"
#include "tests/fuzz/demand.h"

namespace {

using loccit::fuzzing::demand;

void check(const loccit::TextContent& content) {
  const std::size_t size = content.text.size();
  demand(loccit::is_valid_utf8(content.text));
  std::size_t end = 0;
  for (const loccit::Block& block : content.blocks) {
    demand(block.range.begin == (end == 0 ? 0 : end + 1) && block.range.begin < block.range.end);
    demand(end == 0 || content.text[end] == '\n');
    end = block.range.end;
  }
  demand(end == size);
  std::size_t begin = 0;
  for (const loccit::Skip& skip : content.skips) {
    demand(begin <= skip.range.begin && skip.range.begin < skip.range.end &&
           skip.range.end <= size);
    begin = skip.range.begin;
  }
  for (const loccit::Link& link : content.links)
    demand(link.range.begin <= link.range.end && link.range.end <= size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* labels[] = {"text/html",
                                           "application/xhtml+xml",
                                           "text/html; charset=gb2312",
                                           "application/xml",
                                           "application/json",
                                           "text/plain",
                                           "text/html; charset=utf-16",
                                           ""};
  const std::string_view page(reinterpret_cast<const char*>(data) + 1, size - 1);
  const char* label = labels[data[0] % 8];
  if (page.substr(0, 2) == "PK" || page.substr(0, 1024).find("%PDF-") != std::string_view::npos)
    return 0;  // no children here
  if (const auto content = loccit::read_text(page, label)) check(*content);
  return 0;
}
