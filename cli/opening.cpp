#include "cli/opening.h"

#include <cstdlib>
#include <iostream>

#include "archive/remote_store.h"
#include "base/digest.h"

namespace loccit {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::filesystem::path archive_folder(const Options& options) {
  const std::filesystem::path usual = ".loccit";
  const std::string place = options.archive.string();
  if (s3_place_from(place)) return usual / "spool" / to_hex(sha256(place)).substr(0, 16);
  return options.archive.empty() ? usual : options.archive;
}

std::string archive_place(const Options& options) {
  return options.archive.empty() ? archive_folder(options).string() : options.archive.string();
}

Result<ArchiveOptions> archive_options(const Options& options) {
  ArchiveOptions how;
  const auto place = s3_place_from(options.archive.string());
  if (!place) return how;
  auto settings = s3_settings_from(variable);
  if (!settings) return tl::unexpected(settings.error());
  how.remote = std::make_shared<RemoteStore>(*place, std::move(*settings));
  std::error_code ignored;  // opening says what is wrong with it
  std::filesystem::create_directories(archive_folder(options), ignored);
  return how;
}

tl::expected<Archive, Stop> open_archive(const Options& options, ArchiveMode mode) {
  auto how = archive_options(options);
  if (!how) return misuse("--archive: " + how.error().message);
  auto archive = Archive::open(archive_folder(options), mode, std::move(*how));
  if (archive) {
    if (options.telling == Telling::verbose) {
      for (const std::string& message : archive->messages())
        std::cerr << "loccit: " << message << '\n';
    }
    return std::move(*archive);
  }
  const Failure& failure = archive.error();
  if (mode == ArchiveMode::read && failure.kind == FailureKind::not_found) {
    return misuse("there is no archive at " + archive_folder(options).string() +
                  "; run `loccit check` first, or name it with --archive");
  }
  return unfinished(failure.message + "; nothing was checked, name another folder with --archive");
}

}  // namespace loccit
