#include <loccit/loccit.h>

#include "documents/document.h"
#include "documents/text_content.h"
#include "manifests/citation_manifest.h"
#include "manifests/report.h"
#include "verifier/quote_match.h"

namespace loccit::api {
namespace {

// Other programs' exceptions are theirs: none of ours crosses this door.
template <class Work>
Answer answered(Work work) {
  try {
    const Result<std::string> json = work();
    return json ? Answer{true, *json, ""} : Answer{false, "", json.error().message};
  } catch (const std::exception& error) {
    return {false, "", std::string("this should not happen, please report it: ") + error.what()};
  }
}

}  // namespace

std::string version() { return LOCCIT_VERSION; }

Answer extract(std::string_view content, std::string_view file_name) {
  return answered([&]() -> Result<std::string> {
    DocumentHint hint;
    hint.file_name = file_name;
    const auto document = read_document(content, hint);
    if (!document) return tl::unexpected(document.error());
    return write_json(manifest_to_json(*document));
  });
}

Answer compare(std::string_view quote, std::string_view page, std::string_view content_type) {
  return answered([&]() -> Result<std::string> {
    const auto text = read_text(page, content_type);
    if (!text) return tl::unexpected(text.error());
    Report report;  // what writes its JSON writes that of one finding as well
    report.document.citations.push_back({.id = "c1", .quote = std::string(quote)});
    report.verdicts.push_back({.citation_id = "c1", .quote = match_quote(quote, *text)});
    const Json json = report_to_json(report);
    return write_json(*json.find("citations")->as_array()->front().find("quote"));
  });
}

}  // namespace loccit::api
