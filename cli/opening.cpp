#include "cli/opening.h"

#include <iostream>

namespace loccit {

tl::expected<Archive, Stop> open_archive(const Options& options, ArchiveMode mode) {
  auto archive = Archive::open(archive_folder(options), mode);
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
