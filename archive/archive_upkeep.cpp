#include <algorithm>

#include "archive/archive_state.h"
#include "archive/warc_scan.h"

namespace loccit {

Result<bool> Archive::State::matches_files() {
  const auto stored = files();
  if (!stored) return tl::unexpected(stored.error());
  const auto indexed = index.files();
  if (!indexed) return tl::unexpected(indexed.error());
  return std::equal(stored->begin(), stored->end(), indexed->begin(), indexed->end(),
                    [](const StoredFile& a, const IndexedFile& b) {
                      return a.warc == b.warc && a.size == b.indexed_to;
                    });
}

Result<void> Archive::State::reconcile() {
  const auto stored = files();
  if (!stored) return tl::unexpected(stored.error());
  const auto indexed = index.files();
  if (!indexed) return tl::unexpected(indexed.error());
  std::map<std::string, std::uint64_t> known;
  for (const IndexedFile& file : *indexed) known[file.warc] = file.indexed_to;
  for (const StoredFile& file : *stored) {
    if (file.size == 0 && mode == ArchiveMode::write && !is_remote(file.warc) &&
        serial_of(file.warc) > 0) {  // begun, but killed before its first byte
      if (auto removed = store->truncate(file.warc, 0); !removed) return removed;
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
      if (const auto read = index_tail(file, from); !read) return tl::unexpected(read.error());
    }
    if (at != known.end()) known.erase(at);
  }
  for (const auto& [warc, size] : known) {
    messages.push_back(warc + " is gone, and with it its snapshots");
    if (auto forgotten = index.forget(warc); !forgotten) return forgotten;
  }
  return {};
}

Result<std::uint64_t> Archive::State::index_tail(const StoredFile& file, std::uint64_t from) {
  if (from == 0 && is_remote(file.warc)) {
    if (const auto entries = options.remote->index_of(file))
      return index.add(file.warc, *entries).map([&] { return entries->captures.size(); });
  }
  const auto source = open_file(file.warc);
  if (!source) return tl::unexpected(source.error());
  std::uint64_t captures = 0;
  const auto scan = scan_warc(
      *source, from,
      [&](const IndexEntries& entries) {
        captures += entries.captures.size();
        return index.add(file.warc, entries);
      },
      limits);
  if (!scan) return tl::unexpected(scan.error());
  for (const Failure& fault : scan->faults) messages.push_back("damaged: " + fault.message);
  const bool ours = scan->ours || (scan->whole_to == 0 && serial_of(file.warc) > 0);
  if (scan->torn && ours && mode == ArchiveMode::write && !is_remote(file.warc)) {
    const auto side = store->cut_tail(file.warc, scan->whole_to);
    if (!side) return tl::unexpected(side.error());
    messages.push_back(scan->torn->message + "; the torn tail was moved to " + *side);
    return captures;
  }
  if (scan->torn) messages.push_back("unreadable from here on: " + scan->torn->message);
  if (ours) return captures;
  // Not to be read again and again.
  return index.add(file.warc, {.indexed_to = file.size}).map([&] { return captures; });
}

Result<void> Archive::State::continue_newest() {
  const auto stored = files();
  if (!stored) return tl::unexpected(stored.error());
  for (const StoredFile& file : *stored) {
    const std::uint32_t number = serial_of(file.warc);
    if (number <= serial) continue;
    serial = number;
    if (options.remote) continue;  // what an earlier run left here goes up as it is
    current = file.warc;
    current_size = file.size;
  }
  return {};
}

Result<void> Archive::publish() {
  if (auto synced = sync(); !synced || !state_->options.remote) return synced;
  State& s = *state_;
  std::unique_lock lock(s.mutex);
  s.current.clear();  // the next put begins a new file
  const auto files = s.store->files();
  lock.unlock();
  if (!files) return tl::unexpected(files.error());
  for (const StoredFile& file : *files) {
    lock.lock();
    const bool being_written = file.warc == s.current;
    const bool there = s.is_remote(file.warc);
    lock.unlock();
    if (being_written) continue;
    if (!there) {
      lock.lock();
      const auto entries = s.index.entries_of(file.warc);
      lock.unlock();
      if (!entries) return tl::unexpected(entries.error());
      auto sent = s.options.remote->upload(file.warc, s.folder / file.warc, *entries);
      if (!sent) return sent;
    }
    lock.lock();
    if (!there) {
      const auto at = std::lower_bound(
          s.remote_files.begin(), s.remote_files.end(), file,
          [](const StoredFile& a, const StoredFile& b) { return a.warc < b.warc; });
      s.remote_files.insert(at, file);
    }
    if (auto removed = s.store->truncate(file.warc, 0); !removed) return removed;
    lock.unlock();
  }
  return {};
}

}  // namespace loccit
