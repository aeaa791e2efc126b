#include "base/zip.h"

#include <algorithm>
#include <array>

#include <archive_entry.h>

#include "base/archive_handles.h"

namespace loccit {
namespace {

constexpr std::size_t max_members = 100'000;
constexpr std::size_t ratio_free = 1U << 20U;  // output that needs no justification by its input

Failure what_went_wrong(struct archive* reader, FailureKind kind) {
  const char* words = archive_error_string(reader);
  return {kind, std::string("the ZIP file cannot be read: ") +
                    (words != nullptr ? words : "it is broken")};
}

// Appends the open member's content; `total` counts over all members.
Result<void> read_content(struct archive* reader, std::size_t archive_size,
                          const ReadLimits& limits, std::size_t& total, std::string& content) {
  std::array<char, 64U << 10U> buffer;
  while (true) {
    const la_ssize_t count = archive_read_data(reader, buffer.data(), buffer.size());
    if (count == 0) return {};
    if (count < 0) return tl::unexpected(what_went_wrong(reader, FailureKind::malformed));
    total += static_cast<std::size_t>(count);
    const bool inflated = total > ratio_free && total / limits.max_ratio > archive_size;
    if (total > limits.max_output || inflated) {
      return fail(FailureKind::too_large, "the ZIP file's members are larger than is read (" +
                                              std::to_string(total) + " bytes and more)");
    }
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Result<std::vector<ZipMember>> read_zip(Bytes bytes,
                                        const std::function<bool(std::string_view)>& wanted,
                                        const ReadLimits& limits) {
  const ArchiveReader reader(archive_read_new());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return tl::unexpected(what_went_wrong(reader.get(), FailureKind::malformed));
  }
  std::vector<ZipMember> members;
  std::size_t total = 0;
  for (std::size_t seen = 0;; ++seen) {
    struct archive_entry* entry = nullptr;
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) return members;
    if (status < ARCHIVE_WARN)
      return tl::unexpected(what_went_wrong(reader.get(), FailureKind::malformed));
    if (seen == max_members)
      return fail(FailureKind::too_large, "the ZIP file has too many members");
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !wanted(name)) continue;
    if (archive_entry_is_data_encrypted(entry) != 0) {
      return fail(FailureKind::encrypted,
                  std::string("the ZIP file's member ") + name + " needs a password");
    }
    ZipMember member{name, {}};
    const Result<void> read =
        read_content(reader.get(), bytes.size(), limits, total, member.content);
    if (!read) return tl::unexpected(read.error());
    members.push_back(std::move(member));
  }
}

}  // namespace loccit
