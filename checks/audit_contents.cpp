#include "checks/audit_contents.h"

#include <set>

#include "base/digest.h"
#include "checks/bundle_pages.h"
#include "checks/policy_settings.h"
#include "manifests/bundle_format.h"

namespace loccit {
namespace {

constexpr std::size_t max_file = 256U << 20U;

// The documents are those that the report speaks of, none put in another's place.
void check_documents(const ContentsToCheck& given, AuditLine& line) {
  std::set<std::string> wanted{given.report.document.info.sha256};
  for (const DocumentInfo& part : given.report.document.parts) wanted.insert(part.sha256);
  for (const ZipEntry& entry : given.bundle.zip.entries) {
    if (entry.name.rfind(bundle_format::document_folder, 0) != 0 || entry.name.back() == '/')
      continue;
    Sha256Stream hash;
    const auto read = read_zip_entry(entry, [&](Bytes chunk) -> Result<void> {
      hash.update(chunk);
      return {};
    });
    if (!read) {
      line.fail_because(read.error().message);
    } else if (wanted.count(to_hex(hash.finish())) == 0) {
      line.fail_because("\"" + entry.name + "\" is not a document that the report speaks of");
    }
  }
}

// Counts are what people read first, whoever wrote the report.
void check_summary(const std::string& text, const Report& report, AuditLine& line) {
  const auto json = parse_json(text, {.max_bytes = max_file});
  const Json derived = report_to_json(report);
  const Json* claimed = json ? json->find("summary") : nullptr;
  if (claimed == nullptr || *claimed != *derived.find("summary"))
    line.fail_because("the summary in the report does not count its verdicts");
}

void compare(const ContentsToCheck& given, std::string_view path, const std::string& expected,
             const char* what, AuditLine& line) {
  const auto found = bundle_file(given.bundle, path, max_file);
  if (!found) {
    line.fail_because(found.error().message);
  } else if (*found != expected) {
    line.fail_because(std::string(path) + " " + what);
  }
}

void check_spelling(const ContentsToCheck& given, AuditLine& line) {
  compare(given, bundle_format::report, write_json(report_to_json(given.report)),
          "is not spelled as loccit writes it: it says more, or other things, than was checked",
          line);
  if (policy_to_json(given.policy) != policy_to_json(Policy{}))
    line.fail_because("the verdicts were made with other thresholds than this version has");
  if (given.page && given.bundle.zip.find(bundle_format::html_report) != nullptr) {
    compare(given, bundle_format::html_report, given.page(given.report),
            "does not show what the report says", line);
  }
  const auto pages = pages_of(given.evidence.snapshots, given.archive, given.policy);
  if (!pages) return line.fail_because(pages.error().message);
  for (const BundlePage& page : *pages) {
    const auto record = given.archive.find(page.id);
    const auto kept =
        record ? given.archive.text_of(*record) : Result<std::optional<std::string>>(std::nullopt);
    if (!kept || (*kept && **kept != page.text))
      line.fail_because("the text kept beside " + page.url + " is not that of its snapshot");
  }
  compare(given, bundle_format::pages, write_pages(*pages),
          "does not list the pages and texts that the snapshots give", line);
}

}  // namespace

AuditLine check_contents(const ContentsToCheck& given) {
  AuditLine line{.id = "contents"};
  const auto text = bundle_file(given.bundle, bundle_format::report, max_file);
  if (!text) {
    line.fail_because(text.error().message);
    return line;
  }
  check_documents(given, line);
  check_summary(*text, given.report, line);
  if (given.report.tool_version == LOCCIT_VERSION) {
    check_spelling(given, line);
  } else {
    line.remarks.push_back("sealed by loccit " + given.report.tool_version +
                           ": the report's page and the pages' texts are its own and were not "
                           "compared; read the verdicts here instead");
  }
  line.conclude(
      "the documents, the report's page and the pages' texts are what the report and the "
      "snapshots give");
  return line;
}

}  // namespace loccit
