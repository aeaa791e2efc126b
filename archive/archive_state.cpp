#include "archive/archive_state.h"

#include <algorithm>
#include <charconv>

#include "archive/http_block.h"
#include "archive/warc_format.h"
#include "archive/warc_writer.h"
#include "base/digest.h"

namespace loccit {
namespace {

constexpr std::string_view file_prefix = "archive/loccit-";

}  // namespace

std::uint32_t serial_of(std::string_view warc) {
  if (warc.substr(0, file_prefix.size()) != file_prefix) return 0;
  const std::size_t dash = warc.rfind('-');
  std::uint32_t serial = 0;
  std::from_chars(warc.data() + dash + 1, warc.data() + warc.size(), serial);
  return serial;
}

std::string warc_name(Timestamp now, std::string_view writer, std::uint32_t serial) {
  std::string number = std::to_string(serial);
  if (number.size() < 5) number.insert(0, 5 - number.size(), '0');
  return std::string(file_prefix) + to_digits14(now) + "-" + std::string(writer) +
         (writer.empty() ? "" : "-") + number + ".warc.gz";
}

bool Archive::State::is_remote(const std::string& warc) const {
  return std::binary_search(
      remote_files.begin(), remote_files.end(), StoredFile{warc, 0},
      [](const StoredFile& a, const StoredFile& b) { return a.warc < b.warc; });
}

Result<ByteSource> Archive::State::open_file(const std::string& warc) const {
  if (is_remote(warc)) return options.remote->open_file(warc);
  if (store) return store->open_file(warc);
  const auto source = sources.find(warc);
  if (source == sources.end()) return fail(FailureKind::not_found, "there is no " + warc);
  return source->second;
}

Result<std::vector<StoredFile>> Archive::State::files() const {
  if (store) {
    auto found = store->files();
    if (!found || remote_files.empty()) return found;
    // What is uploaded is only waiting here to be removed.
    std::erase_if(*found, [this](const StoredFile& file) { return is_remote(file.warc); });
    found->insert(found->end(), remote_files.begin(), remote_files.end());
    std::sort(found->begin(), found->end(),
              [](const StoredFile& a, const StoredFile& b) { return a.warc < b.warc; });
    return found;
  }
  std::vector<StoredFile> found;
  for (const auto& [warc, source] : sources) found.push_back({warc, source.size()});
  return found;
}

RecordLookup Archive::State::lookup() {
  return {.open = [this](const std::string& warc) { return open_file(warc); },
          .original_of =
              [this](std::string_view target, Timestamp date) {
                const std::lock_guard lock(mutex);
                return index.original_of(target, date);
              },
          .original_with =
              [this](std::string_view digest, std::string_view target) {
                const std::lock_guard lock(mutex);
                return index.original_with(digest, target);
              },
          .chain =
              [this](std::string_view sha256) {
                const std::lock_guard lock(mutex);
                return index.chain(sha256);
              },
          .captures_of =
              [this](std::string_view url) {
                const std::lock_guard lock(mutex);
                return index.captures_of(url);
              }};
}

// A revisit may lean only on what can be read back whole, here and now.
std::optional<Original> Archive::State::whole_original(std::optional<OriginalEntry> entry) {
  if (!entry) return std::nullopt;
  auto hop = read_original(entry->place, lookup(), limits);
  if (!hop) return std::nullopt;
  const HopPayload payload(*hop);
  if (matches_label(payload.view(), entry->digest) != true) return std::nullopt;
  return Original{std::move(*entry), std::move(*hop)};
}

CaptureContext Archive::State::context() {
  return {.ids =
              [this] {
                const std::lock_guard lock(mutex);
                return options.ids();
              },
          .with_payload =
              [this](std::string_view target, std::string_view digest) {
                std::unique_lock lock(mutex);
                auto entry = index.original_with(digest, target);
                lock.unlock();
                return whole_original(entry.value_or(std::nullopt));
              },
          .newest =
              [this](std::string_view target) {
                std::unique_lock lock(mutex);
                auto entry = index.newest_original_of(target);
                lock.unlock();
                return whole_original(entry.value_or(std::nullopt));
              },
          .has_chain =
              [this](std::string_view sha256) {
                const std::lock_guard lock(mutex);
                const auto place = index.chain(sha256);
                return place && *place &&
                       (*place)->warc == current;  // once a file: files should stand alone
              }};
}

// The file that `size` more bytes go into; a new one's warcinfo record is put into `head`.
Result<std::string> Archive::State::file_for(std::uint64_t size, Spool& head) {
  if (!current.empty() && current_size + size <= options.roll_over_bytes) return current;
  const Timestamp now = options.clock();
  // Writers that share a store do not see one another's serials in time.
  const std::string writer = options.remote ? options.ids().substr(9, 8) : "";
  const std::string name = warc_name(now, writer, serial + 1);
  const auto written =
      append_warcinfo(head, options.ids(), now, std::filesystem::path(name).filename().string(),
                      warc::capture_layout, {{"software", options.software}});
  if (!written) return tl::unexpected(written.error());
  return name;
}

Result<IndexEntries> Archive::State::store_entries(Bytes members, IndexEntries entries) {
  const std::lock_guard lock(mutex);
  Spool head;
  const auto warc = file_for(members.size(), head);
  if (!warc) return tl::unexpected(warc.error());
  const auto appended = store->append(*warc, head.view(), members);
  if (!appended) return tl::unexpected(appended.error());
  const std::uint64_t offset = appended->offset;
  for (CaptureEntry& entry : entries.captures) {
    entry.record.warc = *warc;
    entry.record.offset += offset;
    entry.first += offset;
    if (entry.metadata) *entry.metadata += offset;
  }
  for (OriginalEntry& entry : entries.originals) entry.place = {*warc, entry.place.offset + offset};
  for (ChainEntry& entry : entries.chains) entry.offset += offset;
  for (TextEntry& entry : entries.texts) entry.offset += offset;
  entries.indexed_to = offset + members.size();
  if (auto added = index.add(*warc, entries); !added) {
    (void)store->truncate(*warc,
                          appended->size_before);  // not acknowledged: better gone, though the next
                                                   // opening would cope with it
    return tl::unexpected(added.error());
  }
  current = *warc;
  current_size = entries.indexed_to;
  serial = std::max(serial, serial_of(*warc));
  return entries;
}

}  // namespace loccit
