// Writes a WACZ 1.1.1 bundle: files in, one signed ZIP out, under its final name only when it is
// whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "manifests/bundle_signer.h"

namespace loccit {

struct BundleFile {
  std::string path;
  Bytes content;  // a view: must live until write_bundle() returns
};

struct BundleContents {
  std::vector<BundleFile> files;  // in the order to write
  std::string title;
  Timestamp created;      // whole seconds count
  std::string main_page;  // URL, or ""
  Json loccit =
      Json::object();  // goes into datapackage.json; schema, signer and "timed" are added here
};

// Nothing under `path` changes unless all went well; the new bundle has then passed our own audit.
Result<SealingNote> write_bundle(const std::filesystem::path& path, const BundleContents& contents,
                                 const SealingIdentity& identity);

}  // namespace loccit
