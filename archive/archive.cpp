#include "archive/archive.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <mutex>
#include <stdexcept>

#include "archive/capture_reader.h"
#include "archive/capture_writer.h"
#include "archive/foreign_capture.h"
#include "archive/http_block.h"
#include "archive/index.h"
#include "archive/local_store.h"
#include "archive/warc_format.h"
#include "archive/warc_scan.h"
#include "archive/warc_writer.h"
#include "base/digest.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

constexpr const char* index_name = "index.db";
constexpr std::string_view file_prefix = "archive/loccit-";

// The serial in "archive/loccit-20261124160000-00017.warc.gz"; 0 for any other name.
std::uint32_t serial_of(std::string_view warc) {
  if (warc.substr(0, file_prefix.size()) != file_prefix) return 0;
  const std::size_t dash = warc.rfind('-');
  std::uint32_t serial = 0;
  std::from_chars(warc.data() + dash + 1, warc.data() + warc.size(), serial);
  return serial;
}

std::string name_of(Timestamp now, std::uint32_t serial) {
  std::string number = std::to_string(serial);
  if (number.size() < 5) number.insert(0, 5 - number.size(), '0');
  return std::string(file_prefix) + to_digits14(now) + "-" + number + ".warc.gz";
}

// An index that fails under way is a broken invariant: to answer "no such snapshot" would be a lie.
template <class T>
T or_throw(Result<T> result) {
  if (!result)
    throw std::runtime_error(result.error().message + "; remove index.db to have it made anew");
  return std::move(*result);
}

}  // namespace

struct Archive::State {
  State(LocalStore opened_store, Index opened_index, ArchiveMode opened_mode,
        ArchiveOptions opened_options)
      : store(std::move(opened_store)),
        index(std::move(opened_index)),
        mode(opened_mode),
        options(std::move(opened_options)) {}

  LocalStore store;
  Index index;
  ArchiveMode mode;
  ArchiveOptions options;
  WarcLimits limits;
  std::vector<std::string> messages;
  std::string current;  // the file appended to; empty: the next put begins one
  std::uint64_t current_size = 0;
  std::uint32_t serial = 0;
  mutable std::mutex mutex;  // over store and index; compressing and reading go on outside of it

  Result<void> reconcile();
  Result<void> index_tail(const StoredFile& file, std::uint64_t from);
  void continue_newest(const std::vector<StoredFile>& files);
  RecordLookup lookup();
  CaptureContext context();
  std::optional<Original> whole_original(std::optional<OriginalEntry> entry);
  Result<IndexEntries> store_entries(Bytes members, IndexEntries entries);
  Result<std::string> file_for(std::uint64_t size, Spool& head);
};

// The index against the files: what is gone is forgotten, what is new is read.
Result<void> Archive::State::reconcile() {
  const auto stored = store.files();
  if (!stored) return tl::unexpected(stored.error());
  const auto indexed = index.files();
  if (!indexed) return tl::unexpected(indexed.error());
  std::map<std::string, std::uint64_t> known;
  for (const IndexedFile& file : *indexed) known[file.warc] = file.indexed_to;
  for (const StoredFile& file : *stored) {
    if (file.size == 0 && mode == ArchiveMode::write &&
        serial_of(file.warc) > 0) {  // begun, but killed before its first byte
      if (auto removed = store.truncate(file.warc, 0); !removed) return removed;
      continue;
    }
    const auto at = known.find(file.warc);
    std::uint64_t from = at == known.end() ? 0 : at->second;
    if (file.size < from) {
      messages.push_back(file.warc + " is shorter than the index says: it was read again");
      if (auto forgotten = index.forget(file.warc); !forgotten) return forgotten;
      from = 0;
    }
    if (file.size > from) {
      if (auto read = index_tail(file, from); !read) return read;
    }
    if (at != known.end()) known.erase(at);
  }
  for (const auto& [warc, size] : known) {
    messages.push_back(warc + " is gone, and with it its snapshots");
    if (auto forgotten = index.forget(warc); !forgotten) return forgotten;
  }
  return {};
}

Result<void> Archive::State::index_tail(const StoredFile& file, std::uint64_t from) {
  const auto source = store.open_file(file.warc);
  if (!source) return tl::unexpected(source.error());
  const auto scan = scan_warc(
      *source, from, [&](const IndexEntries& entries) { return index.add(file.warc, entries); },
      limits);
  if (!scan) return tl::unexpected(scan.error());
  for (const Failure& fault : scan->faults) messages.push_back("damaged: " + fault.message);
  const bool ours = scan->ours || (scan->whole_to == 0 && serial_of(file.warc) > 0);
  if (scan->torn && ours && mode == ArchiveMode::write) {
    const auto side = store.cut_tail(file.warc, scan->whole_to);
    if (!side) return tl::unexpected(side.error());
    messages.push_back(scan->torn->message + "; the torn tail was moved to " + *side);
    return {};
  }
  if (scan->torn) messages.push_back("unreadable from here on: " + scan->torn->message);
  return ours ? Result<void>()
              : index.add(file.warc, {.indexed_to = file.size});  // not to be read again and again
}

void Archive::State::continue_newest(const std::vector<StoredFile>& files) {
  for (const StoredFile& file : files) {
    const std::uint32_t number = serial_of(file.warc);
    if (number <= serial) continue;
    serial = number;
    current = file.warc;
    current_size = file.size;
  }
}

RecordLookup Archive::State::lookup() {
  return {.open = [this](const std::string& warc) { return store.open_file(warc); },
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
  const std::string name = name_of(now, serial + 1);
  const auto written = append_warcinfo(head, options.ids(), now, fs::path(name).filename().string(),
                                       warc::capture_layout, {{"software", options.software}});
  if (!written) return tl::unexpected(written.error());
  return name;
}

// Appends the members and makes them known; gives the entries with their places in the file.
Result<IndexEntries> Archive::State::store_entries(Bytes members, IndexEntries entries) {
  const std::lock_guard lock(mutex);
  Spool head;
  const auto warc = file_for(members.size(), head);
  if (!warc) return tl::unexpected(warc.error());
  const auto appended = store.append(*warc, head.view(), members);
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
    (void)store.truncate(*warc,
                         appended->size_before);  // not acknowledged: better gone, though the next
                                                  // opening would cope with it
    return tl::unexpected(added.error());
  }
  current = *warc;
  current_size = entries.indexed_to;
  serial = std::max(serial, serial_of(*warc));
  return entries;
}

namespace {

bool matches_files(Index& index, const LocalStore& store) {
  const auto stored = store.files();
  const auto indexed = index.files();
  return stored && indexed &&
         std::equal(stored->begin(), stored->end(), indexed->begin(), indexed->end(),
                    [](const StoredFile& a, const IndexedFile& b) {
                      return a.warc == b.warc && a.size == b.indexed_to;
                    });
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
  bool trusted = false;  // whether the files need not be compared
  auto index = mode == ArchiveMode::write ? index_to_write(path, options, messages)
                                          : Index::open_for_reading(path);
  if (!index && mode == ArchiveMode::read) {
    index = Index::in_memory();
  } else if (mode == ArchiveMode::read) {
    trusted = store->being_written();  // what is not indexed yet is on its way
    if (!trusted && !matches_files(*index, *store)) index = index->copy_in_memory();
  }
  if (!index) return tl::unexpected(index.error());
  auto state =
      std::make_unique<State>(std::move(*store), std::move(*index), mode, std::move(options));
  state->messages = std::move(messages);
  if (!trusted) {
    if (auto done = state->reconcile(); !done) return tl::unexpected(done.error());
  }
  const auto files = state->store.files();
  if (!files) return tl::unexpected(files.error());
  state->continue_newest(*files);
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
  auto source = state_->store.open_file((*place)->warc);
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
  return state_->store.sync();
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

const fs::path& Archive::folder() const { return state_->store.folder(); }
const std::vector<std::string>& Archive::messages() const { return state_->messages; }

}  // namespace loccit
