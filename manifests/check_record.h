// One check as the archive keeps it, so that it can be sealed later: the report and a copy of each
// document. <archive>/checks/<id>/: check.json (written last: without it the check does not exist)
// and documents/.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "manifests/report.h"

namespace loccit {

struct CheckedDocument {
  std::string file_name;  // without folders
  std::string content;
};

struct CheckRecord {
  std::string id;                  // "20261124T160000Z-1a2b3c4d": sorts by time
  Json settings = Json::object();  // what the verdicts were made under
  Report report;
  std::vector<CheckedDocument> documents;
};

std::string check_id(const Report& report);

// Durable once it returns. A check that is there already is left as it is.
Result<void> keep_check(const std::filesystem::path& archive, const CheckRecord& record);

// `id` may be "latest". not_found names what to do.
Result<CheckRecord> read_check(const std::filesystem::path& archive, std::string_view id);

// Of all that are kept, the newest first.
std::vector<std::string> kept_checks(const std::filesystem::path& archive);

// The newest check of the document with that SHA-256 (hex).
Result<CheckRecord> newest_check_of(const std::filesystem::path& archive,
                                    std::string_view document_sha256);

// The bundles sealed from this archive, for the chain from each to the one before it of the same
// document.
struct SealedBundle {
  std::string document;  // its file name, else its SHA-256
  std::string check_id;
  std::string file;    // as named when sealing
  std::string sha256;  // of the whole bundle
  std::string created;
};
Result<void> keep_seal(const std::filesystem::path& archive, const SealedBundle& bundle);
Result<std::optional<SealedBundle>> last_seal_of(const std::filesystem::path& archive,
                                                 std::string_view document);

}  // namespace loccit
