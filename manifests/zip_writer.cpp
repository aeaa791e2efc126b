#include "manifests/zip_writer.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>

namespace loccit {
namespace {

constexpr std::size_t piece_size = 1U << 20U;

struct FreeWriter {
  void operator()(archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Writer = std::unique_ptr<archive, FreeWriter>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

struct Target {
  const ByteSink& sink;
  std::optional<Failure> failure;
};

la_ssize_t pass_on(archive* writer, void* data, const void* bytes, std::size_t size) {
  auto& target = *static_cast<Target*>(data);
  const auto passed = target.sink(Bytes(static_cast<const char*>(bytes), size));
  if (passed) return static_cast<la_ssize_t>(size);
  target.failure = passed.error();
  archive_set_error(writer, EIO, "%s", passed.error().message.c_str());
  return -1;
}

bool write_one(archive* writer, const ZipContent& content) {
  const Entry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), content.name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.content.size()));
  // No time is set: libarchive writes local time, and 1980-01-01 where there is none.
  if (archive_write_zip_set_compression_store(writer) != ARCHIVE_OK ||
      archive_write_header(writer, entry.get()) != ARCHIVE_OK)
    return false;
  for (Bytes rest = content.content; !rest.empty();) {
    const std::size_t size = std::min(rest.size(), piece_size);
    if (archive_write_data(writer, rest.data(), size) != static_cast<la_ssize_t>(size))
      return false;
    rest.remove_prefix(size);
  }
  return archive_write_finish_entry(writer) == ARCHIVE_OK;
}

}  // namespace

Result<void> write_zip(std::span<const ZipContent> contents, const ByteSink& sink) {
  const Writer writer(archive_write_new());
  if (!writer) throw std::runtime_error("libarchive cannot start");
  Target target{sink, std::nullopt};
  bool fine = archive_write_set_format_zip(writer.get()) == ARCHIVE_OK &&
              archive_write_set_bytes_per_block(writer.get(), piece_size) == ARCHIVE_OK &&
              archive_write_set_bytes_in_last_block(writer.get(), 1) == ARCHIVE_OK &&
              archive_write_open(writer.get(), &target, nullptr, pass_on, nullptr) == ARCHIVE_OK;
  for (std::size_t i = 0; fine && i < contents.size(); ++i)
    fine = write_one(writer.get(), contents[i]);
  fine = fine && archive_write_close(writer.get()) == ARCHIVE_OK;
  if (target.failure) return tl::unexpected(*target.failure);
  if (!fine) {
    const char* words = archive_error_string(writer.get());
    return fail(FailureKind::io, std::string("libarchive cannot write the bundle: ") +
                                     (words == nullptr ? "no reason given" : words));
  }
  return {};
}

}  // namespace loccit
