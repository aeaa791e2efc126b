#include <algorithm>

#include "base/http_message.h"
#include "base/text.h"
#include "documents/html_text.h"
#include "documents/json_text.h"
#include "documents/office_text.h"
#include "documents/pdf_text.h"
#include "documents/plain_text.h"
#include "documents/text_content.h"
#include "documents/xml_text.h"

namespace loccit {
namespace {

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool is_json(std::string_view type) {
  return type == "application/json" || type == "text/json" || type == "application/x-ndjson" ||
         ends_with(type, "+json");
}

bool is_xml(std::string_view type) {
  return type == "application/xml" || type == "text/xml" || ends_with(type, "+xml");
}

}  // namespace

Result<TextContent> read_text(Bytes content, std::string_view media_type,
                              const ReadLimits& limits) {
  const std::string type = sniff_media_type(content, media_type);
  const std::string charset = parse_content_type(media_type).charset;
  const bool is_cut = content.size() > limits.max_bytes;
  const Bytes bytes = content.substr(0, limits.max_bytes);
  const auto marked = [&](Result<TextContent> read) {
    if (read) read->truncated |= is_cut;
    return read;
  };
  const auto decoded = [&](const auto& read, std::string_view inside = {}) {
    DecodedText text = decode_text(bytes, charset.empty() ? inside : charset, inside);
    TextContent result = read(text.text, limits);
    result.charset = std::move(text.charset);
    return result;
  };

  const bool needs_its_end = type == "application/pdf" || starts_with(type, "application/vnd.");
  if (is_cut && needs_its_end) {
    return fail(FailureKind::too_large, "the " + type + " of " + std::to_string(content.size()) +
                                            " bytes is past the limit of " +
                                            std::to_string(limits.max_bytes));
  }

  TextContent result;
  if (type == "text/html" || type == "application/xhtml+xml") {
    result = html_page_content(bytes, charset,
                               type == "text/html" ? HtmlSyntax::html : HtmlSyntax::xhtml, limits);
  } else if (type == "application/pdf") {
    return marked(pdf_content(bytes, limits));
  } else if (type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document") {
    return marked(docx_content(bytes, limits));
  } else if (type == "application/vnd.oasis.opendocument.text") {
    return marked(odt_content(bytes, limits));
  } else if (is_json(type)) {
    result = decoded(json_content);
  } else if (is_xml(type)) {
    result = decoded(xml_content, xml_declared_charset(bytes));
  } else if (starts_with(type, "text/")) {
    result = decoded(plain_content);
  } else {
    return fail(FailureKind::unsupported, "there is no text to read in " + type);
  }
  return marked(std::move(result));
}

}  // namespace loccit
