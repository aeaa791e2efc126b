#include "documents/office_file.h"

#include <utility>

#include "base/zip.h"
#include "documents/xml_events.h"

namespace loccit {

Result<OfficeFile> OfficeFile::open(Bytes zip, const std::string& name, const ReadLimits& limits) {
  OfficeFile file;
  file.name_ = name.empty() ? "the document" : name;
  const auto is_wanted = [](std::string_view member) {
    return member.ends_with(".xml") || member.ends_with(".rels");
  };
  auto members = read_zip(zip, is_wanted, limits);
  if (!members) {
    auto failure = std::move(members.error());
    failure.message = file.name_ + ": " + failure.message;
    return tl::unexpected<Failure>(std::move(failure));
  }
  for (auto& member : *members) {
    file.parts_.try_emplace(std::move(member.name), std::move(member.content));
  }
  // OpenDocument 1.3 Part 2, §3.4: the parts of an encrypted file are as they should be but for
  // their bytes; the manifest alone says so.
  if (file.part("META-INF/manifest.xml").find("encryption-data") != std::string::npos) {
    return fail(FailureKind::encrypted, file.name_ + " is encrypted; save it without its password");
  }
  return file;
}

std::string office_title(const OfficeFile& file, const std::string& part,
                         const ReadLimits& limits) {
  std::string title;
  if (!file.has(part)) return title;
  XmlEvents xml(file.part(part), file.describe(part), limits);
  while (xml.next()) {
    if (xml.kind() != XmlEventKind::start || xml.name() != "title") continue;
    while (xml.next() && xml.kind() == XmlEventKind::text) title += xml.text();
    break;
  }
  return title;
}

const std::string& OfficeFile::part(const std::string& part) const {
  static const std::string nothing;
  const auto found = parts_.find(part);
  return found == parts_.end() ? nothing : found->second;
}

}  // namespace loccit
