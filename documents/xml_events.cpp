#include "documents/xml_events.h"

#include <limits>
#include <utility>

#include <libxml/xmlreader.h>

namespace loccit {
namespace {

struct ReaderFree {
  void operator()(xmlTextReaderPtr reader) const { xmlFreeTextReader(reader); }
};
struct XmlFree {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using XmlString = std::unique_ptr<xmlChar, XmlFree>;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{}
                         : std::string_view(reinterpret_cast<const char*>(text));
}

const xmlChar* xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

struct FirstError {
  std::string message;
  int line = 0;
};

void take_error(void* first, xmlErrorPtr error) {
  auto& [message, line] = *static_cast<FirstError*>(first);
  if (!message.empty() || error == nullptr || error->message == nullptr ||
      error->level < XML_ERR_ERROR)
    return;
  message = error->message;
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  line = error->line;
}

}  // namespace

struct XmlEvents::Handle {
  std::unique_ptr<xmlTextReader, ReaderFree> reader;
  FirstError error;
};

XmlEvents::XmlEvents(Bytes bytes, std::string part, const ReadLimits& limits)
    : handle_(std::make_unique<Handle>()), part_(std::move(part)), limits_(limits) {
  if (bytes.size() > std::min<std::size_t>(limits.max_output, std::numeric_limits<int>::max())) {
    fail_with(FailureKind::too_large, "is larger than the limit");
    return;
  }
  handle_->reader.reset(xmlReaderForMemory(
      bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
      XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (handle_->reader == nullptr) {
    fail_with(FailureKind::malformed, "cannot be read as XML");
    return;
  }
  xmlTextReaderSetStructuredErrorHandler(handle_->reader.get(), take_error, &handle_->error);
}

XmlEvents::~XmlEvents() = default;

bool XmlEvents::fail_with(FailureKind kind, const std::string& what) {
  failed_ = true;
  failure_ = {kind, part_ + " " + what};
  return false;
}

bool XmlEvents::next() {
  if (failed_) return false;
  if (pending_end_) {
    pending_end_ = false;
    kind_ = XmlEventKind::end;
    return true;
  }
  auto* reader = handle_->reader.get();
  for (int result = xmlTextReaderRead(reader); result == 1; result = xmlTextReaderRead(reader)) {
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_ELEMENT:
        if (static_cast<std::size_t>(xmlTextReaderDepth(reader)) > limits_.max_depth) {
          return fail_with(FailureKind::too_large,
                           "nests elements too deep in line " + std::to_string(line()));
        }
        kind_ = XmlEventKind::start;
        name_ = view(xmlTextReaderConstLocalName(reader));
        space_ = view(xmlTextReaderConstNamespaceUri(reader));
        pending_end_ = xmlTextReaderIsEmptyElement(reader) == 1;
        return true;
      case XML_READER_TYPE_END_ELEMENT:
        kind_ = XmlEventKind::end;
        name_ = view(xmlTextReaderConstLocalName(reader));
        space_ = view(xmlTextReaderConstNamespaceUri(reader));
        return true;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      case XML_READER_TYPE_WHITESPACE:
        kind_ = XmlEventKind::text;
        text_ = view(xmlTextReaderConstValue(reader));
        return true;
      case XML_READER_TYPE_DOCUMENT_TYPE:
        return fail_with(
            FailureKind::malformed,
            "declares a document type, which may define entities; no office program writes that");
      default:
        break;
    }
  }
  if (!handle_->error.message.empty()) {
    return fail_with(
        FailureKind::malformed,
        "is broken in line " + std::to_string(handle_->error.line) + ": " + handle_->error.message);
  }
  return false;
}

std::string XmlEvents::attribute(const char* local_name) const {
  auto* reader = handle_->reader.get();
  std::string value;
  if (xmlTextReaderMoveToFirstAttribute(reader) != 1) return value;
  do {
    if (view(xmlTextReaderConstLocalName(reader)) == local_name) {
      value = view(xmlTextReaderConstValue(reader));
      break;
    }
  } while (xmlTextReaderMoveToNextAttribute(reader) == 1);
  xmlTextReaderMoveToElement(reader);
  return value;
}

std::string XmlEvents::attribute(const char* local_name, const char* space) const {
  const XmlString value(
      xmlTextReaderGetAttributeNs(handle_->reader.get(), xml(local_name), xml(space)));
  return std::string(view(value.get()));
}

bool XmlEvents::has_attribute(const char* local_name) const {
  auto* reader = handle_->reader.get();
  bool found = false;
  for (int at = xmlTextReaderMoveToFirstAttribute(reader); at == 1 && !found;
       at = xmlTextReaderMoveToNextAttribute(reader)) {
    found = view(xmlTextReaderConstLocalName(reader)) == local_name;
  }
  xmlTextReaderMoveToElement(reader);
  return found;
}

int XmlEvents::line() const { return xmlTextReaderGetParserLineNumber(handle_->reader.get()); }

void XmlEvents::skip() {
  for (int depth = 1; depth > 0 && next();) {
    if (kind_ == XmlEventKind::start) ++depth;
    if (kind_ == XmlEventKind::end) --depth;
  }
}

}  // namespace loccit
