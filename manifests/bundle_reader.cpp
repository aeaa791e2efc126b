#include "manifests/bundle_reader.h"

#include <algorithm>

namespace loccit {
namespace {

constexpr std::size_t max_datapackage = 64U << 20U;

tl::unexpected<Failure> bad(const std::string& what) {
  return fail(FailureKind::malformed, "datapackage.json: " + what);
}

// WACZ 1.1.1 §5.1 has hash and bytes beside the path; 1.0.0 had them in "stats".
BundleResource read_resource(const Json& json) {
  BundleResource out{json.text_or_empty("path"), json.text_or_empty("hash"), std::nullopt};
  const Json* bytes = json.find("bytes");
  if (const Json* stats = json.find("stats")) {
    if (out.hash.empty()) out.hash = stats->text_or_empty("hash");
    if (bytes == nullptr) bytes = stats->find("bytes");
  }
  if (bytes != nullptr && bytes->as_integer() != nullptr && *bytes->as_integer() >= 0) {
    out.bytes = static_cast<std::uint64_t>(*bytes->as_integer());
  }
  // Older tools leave the algorithm to "hashing" at the top, or to the length.
  if (!out.hash.empty() && out.hash.find(':') == std::string::npos)
    out.hash = (out.hash.size() == 32 ? "md5:" : "sha256:") + out.hash;
  return out;
}

Result<std::string> required(const ZipDirectory& zip, std::string_view path,
                             std::size_t max_bytes) {
  const ZipEntry* entry = zip.find(path);
  if (entry == nullptr)
    return fail(FailureKind::not_found, "the bundle has no " + std::string(path));
  return zip_entry_content(*entry, max_bytes);
}

// Any trace counts: to take one away must not make a bundle pass for another tool's.
bool says_loccit(const Bundle& bundle) {
  const std::vector<ZipEntry>& entries = bundle.zip.entries;
  return bundle.datapackage.find("loccit") != nullptr ||
         bundle.datapackage.text_or_empty("software").substr(0, 7) == "loccit/" ||
         std::any_of(entries.begin(), entries.end(),
                     [](const ZipEntry& entry) { return entry.name.substr(0, 7) == "loccit/"; });
}

}  // namespace

const Json& Bundle::own() const {
  static const Json nothing;
  const Json* found = datapackage.find("loccit");
  return found == nullptr ? nothing : *found;
}

bool looks_like_zip(Bytes bytes) {
  return bytes.substr(0, 4) == "PK\x03\x04" || bytes.substr(0, 4) == "PK\x05\x06" ||
         bytes.substr(0, 4) == "PK\x06\x06";
}

Result<Bundle> read_bundle(Bytes bytes) {
  auto zip = read_zip_directory(bytes);
  if (!zip) return tl::unexpected(zip.error());
  Bundle bundle;
  bundle.zip = std::move(*zip);
  auto datapackage = required(bundle.zip, "datapackage.json", max_datapackage);
  if (!datapackage) return tl::unexpected(datapackage.error());
  bundle.datapackage_text = std::move(*datapackage);
  auto json = parse_json(bundle.datapackage_text, {.max_bytes = max_datapackage, .max_depth = 64});
  if (!json) return bad(json.error().message);
  if (json->as_object() == nullptr) return bad("is no object");
  bundle.datapackage = std::move(*json);
  bundle.by_loccit = says_loccit(bundle);
  const Json* resources = bundle.datapackage.find("resources");
  if (resources == nullptr || resources->as_array() == nullptr) return bad("lists no resources");
  for (const Json& each : *resources->as_array()) {
    bundle.resources.push_back(read_resource(each));
    if (bundle.resources.back().path.empty()) return bad("lists a resource without a path");
  }
  if (bundle.zip.find("datapackage-digest.json") != nullptr) {
    auto text = required(bundle.zip, "datapackage-digest.json", max_datapackage);
    if (!text) return tl::unexpected(text.error());
    bundle.digest_text = std::move(*text);
    auto digest = read_digest_file(bundle.digest_text);
    if (!digest) return tl::unexpected(digest.error());
    bundle.digest_file = std::move(*digest);
  }
  return bundle;
}

Result<std::string> bundle_file(const Bundle& bundle, std::string_view path,
                                std::size_t max_bytes) {
  return required(bundle.zip, path, max_bytes);
}

}  // namespace loccit
