#include "archive/archive.h"

#include <array>
#include <stdexcept>

#include "archive/archive_state.h"
#include "archive/capture_copy.h"
#include "archive/foreign_capture.h"
#include "archive/warc_format.h"
#include "archive/warc_writer.h"
#include "base/digest.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

constexpr const char* index_name = "index.db";

// An index that fails under way is a broken invariant: to answer "no such snapshot" would be a lie.
template <class T>
T or_throw(Result<T> result) {
  if (!result)
    throw std::runtime_error(result.error().message + "; remove index.db to have it made anew");
  return std::move(*result);
}

}  // namespace

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

namespace {

Result<Index> index_to_write(const fs::path& path, const ArchiveOptions& options,
                             std::vector<std::string>& messages) {
  std::error_code ignored;
  const bool existed = fs::exists(path, ignored);
  if (options.rebuild_index) {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix, ignored);
  }
  bool made_anew = false;
  auto index = Index::open_for_writing(path, made_anew);
  if (index && made_anew && existed)
    messages.push_back("the index was made anew from the WARC files");
  return index;
}

}  // namespace

Result<Archive> Archive::open(const fs::path& folder, ArchiveMode mode, ArchiveOptions options) {
  auto store = LocalStore::open(folder, mode);
  if (!store) return tl::unexpected(store.error());
  const fs::path path = folder / index_name;
  std::vector<std::string> messages;
  auto index = mode == ArchiveMode::write ? index_to_write(path, options, messages)
                                          : Index::open_for_reading(path);
  if (!index && mode == ArchiveMode::read)
    index = Index::in_memory();  // a cache: as good without it, but slower
  if (!index) return tl::unexpected(index.error());
  auto state = std::make_unique<State>(std::move(*index), mode, std::move(options));
  state->store = std::move(*store);
  state->folder = folder;
  state->messages = std::move(messages);
  if (state->options.remote) {
    auto remote = state->options.remote->files();
    if (!remote) return tl::unexpected(remote.error());
    state->remote_files = std::move(*remote);
  }
  if (mode == ArchiveMode::read) {
    if (state->store->being_written())
      return Archive(std::move(state));  // what is not indexed yet is on its way
    const auto current = state->matches_files();
    if (!current) return tl::unexpected(current.error());
    if (*current) return Archive(std::move(state));
    auto copy = state->index.copy_in_memory();
    if (!copy) return tl::unexpected(copy.error());
    state->index = std::move(*copy);
  }
  if (auto done = state->reconcile(); !done) return tl::unexpected(done.error());
  if (auto done = state->continue_newest(); !done) return tl::unexpected(done.error());
  return Archive(std::move(state));
}

Result<Archive> Archive::of_files(std::vector<ByteSource> files, ArchiveOptions options) {
  auto index = Index::in_memory();
  if (!index) return tl::unexpected(index.error());
  auto state = std::make_unique<State>(std::move(*index), ArchiveMode::read, std::move(options));
  for (ByteSource& file : files) state->sources.emplace(file.name(), std::move(file));
  if (auto done = state->reconcile(); !done) return tl::unexpected(done.error());
  return Archive(std::move(state));
}

Result<SnapshotRecord> Archive::put(const Exchange& exchange) {
  auto encoded = encode_capture(exchange, state_->context());
  if (!encoded) return tl::unexpected(encoded.error());
  auto stored = state_->store_entries(encoded->members.view(), std::move(encoded->entries));
  if (!stored) return tl::unexpected(stored.error());
  return std::move(stored->captures.front().record);
}

Result<void> Archive::put_text(const SnapshotRecord& snapshot, std::string_view text) {
  const auto before = text_of(snapshot);
  if (before && *before && **before == text) return {};
  Spool members;
  const std::array<Bytes, 1> block{text};
  std::unique_lock lock(state_->mutex);
  std::string id = state_->options.ids();
  const Timestamp now = state_->options.clock();
  lock.unlock();
  const auto member =
      append_record(members, {.type = warc::conversion,
                              .id = std::move(id),
                              .date = now,
                              .target_uri = snapshot.final_url,
                              .content_type = warc::plain_text,
                              .fields = {{"WARC-Refers-To", in_angle_brackets(snapshot.id)}},
                              .payload_digest = label(sha256(text)),
                              .block = block});
  if (!member) return tl::unexpected(member.error());
  IndexEntries entries;
  entries.texts.push_back({snapshot.id, 0});
  return state_->store_entries(members.view(), std::move(entries)).map([](const IndexEntries&) {});
}

Result<std::optional<std::string>> Archive::text_of(const SnapshotRecord& snapshot) const {
  std::unique_lock lock(state_->mutex);
  const auto place = state_->index.text_of(snapshot.id);
  lock.unlock();
  if (!place) return tl::unexpected(place.error());
  if (!*place) return std::nullopt;
  auto source = state_->open_file((*place)->warc);
  if (!source) return tl::unexpected(source.error());
  auto reader = WarcReader::open(std::move(*source), (*place)->offset, state_->limits);
  if (!reader) return tl::unexpected(reader.error());
  const auto record = reader->next();
  if (!record) return tl::unexpected(record.error());
  if (!*record || (*record)->type != warc::conversion) {
    return fail(FailureKind::conflict,
                (*place)->warc + ": the text of " + snapshot.id + " is not where the index says");
  }
  auto text = read_checked_block(*reader, **record, std::size_t{1} << 30U);
  if (!text) return tl::unexpected(text.error());
  return std::optional(std::move(*text));
}

Result<void> Archive::sync() {
  const std::lock_guard lock(state_->mutex);
  return state_->store ? state_->store->sync() : Result<void>();
}

Result<Snapshot> Archive::get(const SnapshotRecord& record) const {
  std::unique_lock lock(state_->mutex);
  auto entry = state_->index.capture_at(record.warc, record.offset);
  if (entry && (!*entry || (*entry)->record.id != record.id))
    entry = state_->index.capture_with(record.id);
  lock.unlock();
  if (!entry) return tl::unexpected(entry.error());
  if (!*entry) return fail(FailureKind::not_found, "the archive holds no snapshot " + record.id);
  const RecordLookup lookup = state_->lookup();
  return (*entry)->metadata ? read_capture(**entry, lookup, state_->limits)
                            : read_foreign_capture(**entry, lookup, state_->limits);
}

std::optional<SnapshotRecord> Archive::find(std::string_view id) const {
  const std::lock_guard lock(state_->mutex);
  auto entry = or_throw(state_->index.capture_with(id));
  if (!entry) return std::nullopt;
  return std::move(entry->record);
}

namespace {

std::vector<SnapshotRecord> records_in(std::vector<CaptureEntry> entries) {
  std::vector<SnapshotRecord> records;
  records.reserve(entries.size());
  for (CaptureEntry& entry : entries) records.push_back(std::move(entry.record));
  return records;
}

}  // namespace

std::vector<SnapshotRecord> Archive::snapshots_of(std::string_view url) const {
  const std::lock_guard lock(state_->mutex);
  return records_in(or_throw(state_->index.captures_of(url)));
}

std::vector<SnapshotRecord> Archive::all() const {
  const std::lock_guard lock(state_->mutex);
  return records_in(or_throw(state_->index.all_captures()));
}

Result<CapturedRecords> Archive::copy(std::span<const SnapshotRecord> snapshots) const {
  CapturedRecords out;
  const RecordLookup lookup = state_->lookup();
  const CaptureCopier::TextLookup text_of = [this](const std::string& id) {
    const std::lock_guard lock(state_->mutex);
    return state_->index.text_of(id);
  };
  const CopyOptions options;
  CaptureCopier copier(lookup, text_of, options, out);
  for (const SnapshotRecord& snapshot : snapshots) {
    std::unique_lock lock(state_->mutex);
    const auto entry = state_->index.capture_with(snapshot.id);
    lock.unlock();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry)
      return fail(FailureKind::not_found, "the archive holds no snapshot " + snapshot.id);
    if (auto copied = copier.copy(**entry); !copied) return tl::unexpected(copied.error());
  }
  return out;
}

const fs::path& Archive::folder() const { return state_->folder; }
const std::vector<std::string>& Archive::messages() const { return state_->messages; }

}  // namespace loccit
