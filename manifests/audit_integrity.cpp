// Is this the bundle that was closed? Nothing of who closed it, or when.
#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/digest.h"
#include "manifests/bundle_reader.h"

namespace loccit {
namespace {

constexpr std::size_t node_chunk = 64U << 10U;  // what Node.js streams read at a time
constexpr std::size_t max_weak_hash = 256U << 20U;

// js-wacz 0.0.6 to 0.1.6 (and Scoop, which builds on it) pipes each chunk into the hash and then
// updates the hash with it once more. Such a value still binds every byte, so it is named as that
// tool's fault and accepted.
class DoubledChunks {
 public:
  void update(Bytes bytes) {
    while (!bytes.empty()) {
      const Bytes piece = bytes.substr(0, node_chunk - held_.size());
      held_.append(piece);
      bytes.remove_prefix(piece.size());
      if (held_.size() == node_chunk) flush();
    }
  }
  Sha256 finish() {
    flush();
    return hash_.finish();
  }

 private:
  void flush() {
    hash_.update(held_);
    hash_.update(held_);
    held_.clear();
  }
  std::string held_;
  Sha256Stream hash_;
};

bool has_doubled_hash(const ZipEntry& entry, std::string_view expected) {
  DoubledChunks hash;
  const auto read = read_zip_entry(entry, [&](Bytes chunk) -> Result<void> {
    hash.update(chunk);
    return {};
  });
  return read && label(hash.finish()) == expected;
}

// py-wacz could be told to use MD5: whoever can forge one MD5 can forge this entry.
bool matches_other_algorithm(const ZipEntry& entry, std::string_view expected, AuditLine& line) {
  const auto content = zip_entry_content(entry, max_weak_hash);
  if (!content || matches_label(*content, expected) != std::optional<bool>(true)) return false;
  line.remarks.push_back("\"" + entry.name + "\" is bound by " +
                         std::string(expected.substr(0, expected.find(':'))) +
                         " instead of SHA-256");
  return true;
}

void check_entry(const ZipEntry& entry, const BundleResource& resource, const PageRelease& release,
                 AuditLine& line) {
  const std::string where = "\"" + entry.name + "\"";
  Sha256Stream hash;
  Bytes rest = entry.stored;
  const auto read = read_zip_entry(entry, [&](Bytes chunk) -> Result<void> {
    hash.update(chunk);
    if (release && !entry.deflated) {
      release(rest.substr(0, chunk.size()));
      rest.remove_prefix(chunk.size());
    }
    return {};
  });
  if (!read) return line.fail_because(read.error().message);
  if (resource.bytes && *resource.bytes != entry.size) {
    line.fail_because(where + " has " + std::to_string(entry.size) +
                      " bytes, datapackage.json says " + std::to_string(*resource.bytes));
  }
  if (resource.hash.empty())
    return line.fail_because(where + " has no hash in datapackage.json: nothing binds it");
  const std::string found = label(hash.finish());
  if (found == resource.hash) return;
  if (resource.hash.substr(0, 7) != "sha256:") {
    if (matches_other_algorithm(entry, resource.hash, line)) return;
  } else if (has_doubled_hash(entry, resource.hash)) {
    line.remarks.push_back(where +
                           " bears a hash in which js-wacz (0.0.6 to 0.1.6) counted each 64 KiB "
                           "twice: that tool's fault; "
                           "the content matches it");
    return;
  }
  line.fail_because(where + " was changed: its hash is " + found + ", datapackage.json says " +
                    resource.hash);
}

void check_resources(const Bundle& bundle, const PageRelease& release, AuditLine& line) {
  std::unordered_map<std::string_view, const BundleResource*> by_path;
  for (const BundleResource& resource : bundle.resources) {
    if (!by_path.emplace(resource.path, &resource).second)
      line.fail_because("datapackage.json lists \"" + resource.path + "\" twice");
  }
  std::set<std::string_view> present;
  for (const ZipEntry& entry : bundle.zip.entries) {
    if (entry.name.back() == '/' || entry.name == "datapackage.json" ||
        entry.name == "datapackage-digest.json")
      continue;
    present.insert(entry.name);
    const auto resource = by_path.find(entry.name);
    if (resource == by_path.end()) {
      line.fail_because("\"" + entry.name +
                        "\" is in the bundle but not in datapackage.json: it was added later, or "
                        "is not meant to be trusted");
    } else {
      check_entry(entry, *resource->second, release, line);
    }
  }
  for (const BundleResource& resource : bundle.resources) {
    if (present.count(resource.path) == 0)
      line.fail_because("\"" + resource.path + "\" is in datapackage.json but not in the bundle");
  }
}

void check_digest_file(const Bundle& bundle, AuditLine& line) {
  if (!bundle.digest_file) {
    if (bundle.by_loccit)
      line.fail_because("datapackage-digest.json is missing, and loccit always writes it");
    line.remarks.emplace_back(
        "there is no datapackage-digest.json: nothing binds datapackage.json");
    return;
  }
  const DigestFile& digest = *bundle.digest_file;
  const bool sha256_label = digest.hash.substr(0, 7) == "sha256:";
  const bool holds = sha256_label ? digest.hash == label(sha256(bundle.datapackage_text))
                                  : matches_label(bundle.datapackage_text, digest.hash) ==
                                        std::optional<bool>(true);
  if (!holds)
    line.fail_because(
        "datapackage.json was changed: datapackage-digest.json has another hash of it");
  for (const std::string& oddity : digest.oddities) {
    if (bundle.by_loccit) {
      line.fail_because("datapackage-digest.json: " + oddity);
    } else {
      line.remarks.push_back("datapackage-digest.json: " + oddity);
    }
  }
  if (bundle.by_loccit && write_digest_file(digest) != bundle.digest_text) {
    line.fail_because("datapackage-digest.json is not spelled as loccit writes it");
  }
}

// WACZ 1.1.1 §3: what must be there.
void check_layout(const Bundle& bundle, AuditLine& line) {
  const auto some = [&](std::string_view folder) {
    return std::any_of(
        bundle.zip.entries.begin(), bundle.zip.entries.end(), [&](const ZipEntry& e) {
          return e.name.size() > folder.size() && e.name.compare(0, folder.size(), folder) == 0;
        });
  };
  const auto complain = [&](std::string what) {
    if (bundle.by_loccit) {
      line.fail_because(std::move(what));
    } else {
      line.remarks.push_back(std::move(what));
    }
  };
  if (bundle.by_loccit && bundle.own().as_object() == nullptr)
    line.fail_because("datapackage.json lacks what loccit writes there about the seal");
  const std::string profile = bundle.datapackage.text_or_empty("profile");
  if (profile == "multi-wacz-package" && !bundle.by_loccit) {
    line.remarks.emplace_back(
        "it holds other bundles, whose bytes are bound but whose records were not read: audit each "
        "of them");
    return;
  }
  for (const std::string_view folder : {"archive/", "indexes/", "pages/"}) {
    if (!some(folder)) complain("there is nothing under " + std::string(folder));
  }
  if (!profile.empty() && profile != "data-package" && profile != "wacz-package" &&
      profile != "wacz") {
    complain("datapackage.json has the unknown profile \"" + profile + "\"");
  }
}

// No hash covers an entry's times, owners and versions. loccit writes them alike for all entries,
// whatever release of libarchive made them: one that differs was touched.
void check_trimmings(const Bundle& bundle, AuditLine& line) {
  if (!bundle.by_loccit) return;
  for (const ZipEntry& entry : bundle.zip.entries) {
    const ZipEntry& first = bundle.zip.entries.front();
    const bool sizes_differ = entry.local_trimmings.size() != first.local_trimmings.size() ||
                              entry.central_trimmings.size() !=
                                  first.central_trimmings.size();  // ZIP64 entries lack a version
    if (entry.deflated)
      line.fail_because("\"" + entry.name + "\" is compressed, and loccit only stores");
    if (!sizes_differ && (entry.local_trimmings != first.local_trimmings ||
                          entry.central_trimmings != first.central_trimmings)) {
      line.fail_because("\"" + entry.name + "\" has other ZIP header fields than its neighbours");
    }
  }
}

}  // namespace

AuditLine check_integrity(const Bundle& bundle, const PageRelease& release) {
  AuditLine line{.id = "integrity"};
  check_resources(bundle, release, line);
  check_digest_file(bundle, line);
  check_layout(bundle, line);
  check_trimmings(bundle, line);
  line.facts.set("datapackage_sha256", to_hex(sha256(bundle.datapackage_text)));
  line.facts.set("entries", static_cast<std::int64_t>(bundle.zip.entries.size()));
  line.conclude("every byte of the bundle is accounted for: " +
                std::to_string(bundle.resources.size()) + " files match datapackage.json" +
                (bundle.digest_file ? ", and that matches datapackage-digest.json" : ""));
  return line;
}

}  // namespace loccit
