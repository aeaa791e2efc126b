// A WACZ bundle opened: its ZIP directory, datapackage.json and datapackage-digest.json, read
// strictly and not yet believed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "manifests/audit_line.h"
#include "manifests/signed_data.h"
#include "manifests/zip_directory.h"

namespace loccit {

struct BundleResource {
  std::string path;
  std::string hash;  // "sha256:…"; empty where none is given
  std::optional<std::uint64_t> bytes;
};

struct Bundle {
  ZipDirectory zip;  // its views are valid while the file's bytes are
  std::string datapackage_text;
  Json datapackage;
  std::vector<BundleResource> resources;
  std::string digest_text;                // empty where there is no datapackage-digest.json
  std::optional<DigestFile> digest_file;  // likewise
  bool by_loccit =
      false;  // some part of it says so: held to our own writer's form, not to what others do

  // What loccit wrote into datapackage.json about the bundle; null where it is not there.
  const Json& own() const;
};

// What a person may see of a bundle before reading it: whether the bytes are a ZIP file at all.
bool looks_like_zip(Bytes bytes);

Result<Bundle> read_bundle(Bytes zip);

// Called with stretches of the file that will not be read again.
using PageRelease = std::function<void(Bytes)>;

// Every entry unpacked, counted and hashed, and compared with what datapackage.json says of it;
// datapackage.json with what datapackage-digest.json says of it. Streams: memory does not grow with
// the bundle.
AuditLine check_integrity(const Bundle& bundle, const PageRelease& release = {});

// The content of a small entry (JSON, HTML, text).
Result<std::string> bundle_file(const Bundle& bundle, std::string_view path,
                                std::size_t max_bytes = 64U << 20U);

}  // namespace loccit
