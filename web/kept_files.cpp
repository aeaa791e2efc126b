#include <sstream>

#include "base/digest.h"
#include "base/mapped_file.h"
#include "ci/reports.h"
#include "manifests/check_record.h"
#include "web/page.h"
#include "web/pages.h"

namespace loccit {

WebResponse check_report(Library& library, std::int64_t id, std::string_view format) {
  const auto check = library.ask([&](Registry& registry) { return registry.check(id); });
  if (!check) return failure_page(check.error());
  if (!*check || (*check)->record.empty())
    return not_found_page("the report of check " + std::to_string(id) + " was not kept");
  const auto kept = read_check(library.archive().folder(), (*check)->record);
  if (!kept) return failure_page(kept.error());
  if (format == "json") {
    return {200,
            "application/json",
            {},
            write_json(report_to_json(kept->report), JsonStyle::pretty),
            {}};
  }
  std::ostringstream html;
  write_report(kept->report, ReportFormat::html, html);
  WebResponse response{200, "text/html; charset=utf-8", {}, html.str(), {}};
  // The page's own policy, in its head, lets only its one script run; this keeps it from having
  // more.
  response.headers.push_back(
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri "
       "'none'; form-action 'none'; frame-ancestors 'none'"});
  return response;
}

WebResponse bundle_download(const WebRequest& request, Library& library) {
  const std::string name = parameter(request.query, "name").value_or("");
  const std::string file = std::filesystem::path(name).filename().string();
  const auto sealed = last_seal_of(library.archive().folder(), file);
  if (!sealed) return failure_page(sealed.error());
  if (!*sealed) return not_found_page("no bundle of “" + name + "” was sealed");
  const std::filesystem::path path = (*sealed)->file;
  const auto bundle = MappedFile::open(path);
  if (!bundle || to_hex(sha256(bundle->view())) != (*sealed)->sha256)
    return not_found_page("the bundle is no longer at " + path.string() + " as it was sealed");
  WebResponse response{200, "application/wacz", {}, "", path};
  response.headers.push_back({"Content-Disposition", "attachment; filename=\"evidence.wacz\""});
  return response;
}

}  // namespace loccit
