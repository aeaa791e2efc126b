#include "manifests/bundle.h"

#include <algorithm>
#include <cctype>

#include "base/digest.h"
#include "base/durable_file.h"
#include "base/mapped_file.h"
#include "manifests/audit_seal.h"
#include "manifests/bundle_format.h"
#include "manifests/bundle_reader.h"
#include "manifests/zip_writer.h"

namespace loccit {
namespace {

constexpr std::string_view software = "loccit/" LOCCIT_VERSION;

// Frictionless Data wants lower case and few signs; py-wacz checks it.
std::string resource_name(std::string_view path) {
  std::string name(path.substr(path.rfind('/') + 1));
  for (char& c : name) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '-' && c != '_')
      c = '-';
  }
  return name;
}

Json resource_list(const std::vector<BundleFile>& files) {
  Json list = Json::array();
  for (const BundleFile& file : files) {
    list.push(Json::object({{"name", resource_name(file.path)},
                            {"path", file.path},
                            {"hash", label(sha256(file.content))},
                            {"bytes", static_cast<std::int64_t>(file.content.size())}}));
  }
  return list;
}

// What an auditor will find, found before anyone else sees it: a clock that is wrong, a disk that
// lies.
Result<void> audit_before_commit(const DurableFile& file) {
  const auto mapped = MappedFile::open(file.readable_path());
  if (!mapped) return tl::unexpected(mapped.error());
  const auto bundle = read_bundle(mapped->view());
  if (!bundle) return tl::unexpected(bundle.error());
  const SealLines seal = check_seal(*bundle, std::nullopt, Timestamp{});
  for (const AuditLine& line :
       {check_integrity(*bundle, [&](Bytes part) { mapped->release(part); }), seal.signature,
        seal.time}) {
    if (line.state == AuditState::failed)
      return fail(FailureKind::conflict, "the bundle would not pass its own audit: " + line.words);
  }
  return {};
}

}  // namespace

Result<SealingNote> write_bundle(const std::filesystem::path& path, const BundleContents& contents,
                                 const SealingIdentity& identity) {
  const std::string created = to_iso8601(contents.created);
  Json package = Json::object({{"profile", bundle_format::profile},
                               {"wacz_version", bundle_format::wacz_version},
                               {"title", contents.title},
                               {"created", created},
                               {"software", software}});
  if (!contents.main_page.empty()) package.set("mainPageUrl", contents.main_page);
  package.set("resources", resource_list(contents.files));
  Json own =
      Json::object({{"schema", bundle_format::schema}, {"signer", signer_binding(identity)}});
  for (const auto& [name, value] : *contents.loccit.as_object()) own.set(name, value);

  auto sealed = sign_package(
      [&](bool timed) {
        own.set("timed", timed);
        package.set("loccit", own);
        return write_json(package, JsonStyle::pretty);
      },
      identity, created, std::string(software));
  if (!sealed) return tl::unexpected(sealed.error());

  std::vector<ZipContent> entries;
  for (const BundleFile& file : contents.files) entries.push_back({file.path, file.content});
  entries.push_back({std::string(bundle_format::datapackage), sealed->datapackage});
  entries.push_back({std::string(bundle_format::digest), sealed->digest});

  auto file = DurableFile::create(path);
  if (!file) return tl::unexpected(file.error());
  Sha256Stream digest;
  const auto written = write_zip(entries, [&](Bytes bytes) {
    digest.update(bytes);
    return file->append(bytes);
  });
  if (!written) return tl::unexpected(written.error());
  if (auto sound = audit_before_commit(*file); !sound) return tl::unexpected(sound.error());
  if (auto committed = file->commit(); !committed) return tl::unexpected(committed.error());
  sealed->note.bundle_sha256 = to_hex(digest.finish());
  return std::move(sealed->note);
}

}  // namespace loccit
