#include <algorithm>

#include "base/http_message.h"
#include "base/text.h"
#include "documents/html_text.h"
#include "documents/json_text.h"
#include "documents/pdf_text.h"
#include "documents/plain_text.h"
#include "documents/text_content.h"

namespace loccit {
namespace {

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

bool is_json(std::string_view type) {
  return type == "application/json" || type == "text/json" || type == "application/x-ndjson" ||
         ends_with(type, "+json");
}

}  // namespace

Result<TextContent> read_text(Bytes content, std::string_view media_type,
                              const ReadLimits& limits) {
  const std::string type = sniff_media_type(content, media_type);
  const std::string charset = parse_content_type(media_type).charset;
  const bool is_cut = content.size() > limits.max_bytes;
  const Bytes bytes = content.substr(0, limits.max_bytes);
  const auto decoded = [&](const auto& read) {
    DecodedText text = decode_text(bytes, charset);
    TextContent result = read(text.text, limits);
    result.charset = std::move(text.charset);
    return result;
  };

  TextContent result;
  if (type == "text/html" || type == "application/xhtml+xml") {
    result = html_page_content(bytes, charset,
                               type == "text/html" ? HtmlSyntax::html : HtmlSyntax::xhtml, limits);
  } else if (type == "application/pdf") {
    auto pdf = pdf_content(bytes, limits);
    if (!pdf) return pdf;
    result = *std::move(pdf);
  } else if (is_json(type)) {
    result = decoded(json_content);
  } else if (type.substr(0, 5) == "text/") {
    result = decoded(plain_content);
  } else {
    return fail(FailureKind::unsupported, "there is no text to read in " + type);
  }
  result.truncated |= is_cut;
  return result;
}

}  // namespace loccit
