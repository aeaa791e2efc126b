// Any bytes as a citing document: no crash, and a manifest that holds together.
#pragma once

#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"
#include "documents/document.h"
#include "tests/fuzz/demand.h"

namespace loccit::fuzzing {

inline void demand_sound(const Document& document) {
  std::set<std::string> ids;
  for (const Source& source : document.sources) {
    demand(!source.id.empty() && ids.insert(source.id).second);
    demand(is_valid_utf8(source.note) && is_valid_utf8(source.label));
    for (const std::string& url : source.urls) {
      demand(!url.empty() && is_valid_utf8(url) && url.find(' ') == std::string::npos);
    }
  }
  for (const Source& source : document.sources)
    demand(source.refers_to.empty() || ids.contains(source.refers_to));
  for (const Citation& citation : document.citations) {
    demand(!citation.sources.empty());
    for (const std::string& id : citation.sources) demand(ids.contains(id));
    demand(!citation.quote || (!citation.quote->empty() && is_valid_utf8(*citation.quote)));
  }
}

inline void check_document(Bytes content, const char* file_name) {
  DocumentHint hint;
  hint.file_name = file_name;
  hint.base_url = "https://site.example/folder/page";
  const ReadLimits limits{.max_bytes = 1U << 20U, .max_output = 16U << 20U};
  const auto document = read_document(content, hint, limits);
  if (!document) return demand(!document.error().message.empty());
  // Of the decoded text: a byte that is no UTF-8 becomes three there.
  for (const Source& source : document->sources)
    demand(source.location.offset <= 4 * content.size());
  demand_sound(*document);
}

// The parts of an office file, parted by a line of "%%", under their names in order.
inline std::vector<std::string_view> parts_of(Bytes input) {
  std::vector<std::string_view> parts;
  for (bool again = true; again && parts.size() < 8;) {
    const auto end = input.find("\n%%\n");
    parts.push_back(input.substr(0, end));
    again = end != Bytes::npos;
    if (again) input.remove_prefix(end + 4);
  }
  return parts;
}

}  // namespace loccit::fuzzing
