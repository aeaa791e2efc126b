// The parts of a DOCX or ODT file that a reader wants, unpacked within bounds.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

class OfficeFile {
 public:
  // `name` is the file's, for failures. Unpacks XML parts only: pictures, fonts and macros are left
  // alone.
  static Result<OfficeFile> open(Bytes zip, const std::string& name, const ReadLimits& limits);

  bool has(const std::string& part) const { return parts_.contains(part); }
  // Empty where there is no such part.
  const std::string& part(const std::string& part) const;
  // "word/document.xml of letter.docx"
  std::string describe(const std::string& part) const { return part + " of " + name_; }

 private:
  std::string name_;
  std::map<std::string, std::string> parts_;
};

// dc:title of a metadata part, or empty.
std::string office_title(const OfficeFile& file, const std::string& part, const ReadLimits& limits);

}  // namespace loccit
