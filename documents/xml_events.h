// The XML inside office documents, element by element: bounded, offline, and without entities of
// the document's own making.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

enum class XmlEventKind { start, end, text };

// Wraps libxml2's reader. Nothing outside the bytes is ever fetched; a DOCTYPE is refused, since no
// office document needs one and every entity attack does.
class XmlEvents {
 public:
  // `part` names the bytes in failures ("word/document.xml of letter.docx"). Both must outlive
  // this.
  XmlEvents(Bytes xml, std::string part, const ReadLimits& limits);
  ~XmlEvents();
  XmlEvents(const XmlEvents&) = delete;
  XmlEvents& operator=(const XmlEvents&) = delete;

  // The next start, end or text; false at the end or where the XML breaks off (see failure()). An
  // empty element gives a start and an end.
  bool next();

  XmlEventKind kind() const { return kind_; }
  std::string_view name() const { return name_; }    // local
  std::string_view space() const { return space_; }  // the namespace's URI
  std::string_view text() const { return text_; }
  // By local name, whatever its namespace; empty where there is none.
  std::string attribute(const char* local_name) const;
  std::string attribute(const char* local_name, const char* space) const;
  bool has_attribute(const char* local_name) const;
  int line() const;

  // After a start: passes over all up to and with its end.
  void skip();

  const Failure* failure() const { return failed_ ? &failure_ : nullptr; }

 private:
  struct Handle;
  bool fail_with(FailureKind kind, const std::string& what);

  std::unique_ptr<Handle> handle_;
  std::string part_;
  ReadLimits limits_;
  XmlEventKind kind_ = XmlEventKind::text;
  std::string name_;
  std::string_view space_;
  std::string_view text_;
  bool pending_end_ = false;
  bool failed_ = false;
  Failure failure_;
};

}  // namespace loccit
