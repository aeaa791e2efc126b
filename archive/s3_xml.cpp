#include "archive/s3_xml.h"

#include <charconv>
#include <memory>

#include <libxml/xmlreader.h>

#include "base/url.h"

namespace loccit {
namespace {

constexpr std::size_t most_bytes = 16U << 20U;

struct FreedReader {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using Reader = std::unique_ptr<xmlTextReader, FreedReader>;

Reader reader_of(std::string_view xml) {
  if (xml.size() > most_bytes) return nullptr;
  // No network, no entities replaced, no complaints on standard error.
  return Reader(xmlReaderForMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                   XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
}

std::string_view name_of(xmlTextReader* reader) {
  const xmlChar* name = xmlTextReaderConstLocalName(reader);
  return name == nullptr ? "" : reinterpret_cast<const char*>(name);
}

std::string text_of(xmlTextReader* reader) {
  xmlChar* text = xmlTextReaderReadString(reader);
  std::string out = text == nullptr ? "" : reinterpret_cast<const char*>(text);
  xmlFree(text);
  return out;
}

}  // namespace

std::string s3_text_of(std::string_view xml, std::string_view element) {
  const Reader reader = reader_of(xml);
  while (reader && xmlTextReaderRead(reader.get()) == 1) {
    if (xmlTextReaderNodeType(reader.get()) == XML_READER_TYPE_ELEMENT &&
        name_of(reader.get()) == element)
      return text_of(reader.get());
  }
  return "";
}

Result<S3Listing> read_s3_listing(std::string_view xml) {
  const Reader reader = reader_of(xml);
  S3Listing listing;
  int more = 0;
  bool in_contents = false, is_listing = false;
  while (reader && (more = xmlTextReaderRead(reader.get())) == 1) {
    const std::string_view name = name_of(reader.get());
    const int type = xmlTextReaderNodeType(reader.get());
    if (name == "Contents") {
      in_contents = type == XML_READER_TYPE_ELEMENT;
      if (in_contents) listing.objects.emplace_back();
    }
    if (type != XML_READER_TYPE_ELEMENT) continue;
    if (name == "ListBucketResult") is_listing = true;
    if (name == "NextContinuationToken") listing.next = text_of(reader.get());
    if (in_contents && name == "Key")
      listing.objects.back().key = percent_decoded(text_of(reader.get()));
    if (in_contents && name == "Size") {
      const std::string size = text_of(reader.get());
      std::from_chars(size.data(), size.data() + size.size(), listing.objects.back().size);
    }
  }
  if (more != 0 || !is_listing)
    return fail(FailureKind::malformed, "the store's list of objects cannot be read");
  return listing;
}

}  // namespace loccit
