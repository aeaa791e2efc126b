#include "archive/remote_store.h"

#include <algorithm>
#include <cstring>

#include "archive/index_file.h"

namespace loccit {
namespace {

// Records are read in small pieces one after the other, a page's record several times in a check,
// and the pages of a document lie together: a request for each would take for ever.
constexpr std::size_t windows_kept = 128;  // 32 MiB

class RemoteFile : public RangeReader {
 public:
  RemoteFile(std::shared_ptr<RemoteStore> store, std::string warc)
      : store_(std::move(store)), warc_(std::move(warc)) {}

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t room) const override {
    std::size_t got = 0;
    while (got < room) {
      const auto window = store_->window_at(warc_, offset + got);
      if (!window) return tl::unexpected(window.error());
      const std::size_t from = (offset + got) % RemoteStore::window_bytes;
      if (from >= (*window)->size()) break;
      const std::size_t piece = std::min(room - got, (*window)->size() - from);
      std::memcpy(out + got, (*window)->data() + from, piece);
      got += piece;
    }
    return got;
  }

 private:
  std::shared_ptr<RemoteStore> store_;
  std::string warc_;
};

}  // namespace

std::optional<S3Place> s3_place_from(std::string_view text) {
  constexpr std::string_view scheme = "s3:/";
  if (!text.starts_with(scheme)) return std::nullopt;
  text.remove_prefix(scheme.size());  // one slash or two: paths lose the second
  while (text.starts_with('/')) text.remove_prefix(1);
  const std::size_t slash = std::min(text.find('/'), text.size());
  S3Place place{std::string(text.substr(0, slash)), std::string(text.substr(slash))};
  while (place.prefix.starts_with('/')) place.prefix.erase(0, 1);
  if (!place.prefix.empty() && !place.prefix.ends_with('/')) place.prefix += '/';
  if (place.bucket.empty()) return std::nullopt;
  return place;
}

RemoteStore::RemoteStore(const S3Place& place, S3Settings settings)
    : prefix_(place.prefix), client_(place.bucket, std::move(settings)) {}

Result<std::vector<StoredFile>> RemoteStore::files() {
  const std::lock_guard lock(mutex_);
  const auto objects = client_.list(prefix_ + "archive/");
  if (!objects) return tl::unexpected(objects.error());
  std::vector<StoredFile> files;
  for (const S3Object& object : *objects) {
    files.push_back({object.key.substr(prefix_.size()), object.size});
    sizes_[files.back().warc] = object.size;
  }
  return files;
}

Result<ByteSource> RemoteStore::open_file(const std::string& warc) {
  const std::lock_guard lock(mutex_);
  auto known = sizes_.find(warc);
  if (known == sizes_.end()) {
    const auto size = client_.size_of(prefix_ + warc);
    if (!size) return tl::unexpected(size.error());
    if (!*size) return fail(FailureKind::not_found, "the store has no " + prefix_ + warc);
    known = sizes_.emplace(warc, **size).first;
  }
  return ByteSource::over(std::make_shared<RemoteFile>(shared_from_this(), warc), known->second,
                          warc);
}

Result<std::shared_ptr<const std::string>> RemoteStore::window_at(const std::string& warc,
                                                                  std::uint64_t offset) {
  const std::lock_guard lock(mutex_);
  WindowKey key{warc, offset / window_bytes};
  if (const auto kept = window_of_.find(key); kept != window_of_.end()) {
    windows_.splice(windows_.begin(), windows_, kept->second);
    return windows_.front().bytes;
  }
  auto bytes = client_.get(prefix_ + warc, key.second * window_bytes, window_bytes);
  if (!bytes) return tl::unexpected(bytes.error());
  windows_.push_front({key, std::make_shared<const std::string>(std::move(*bytes))});
  window_of_[std::move(key)] = windows_.begin();
  if (windows_.size() > windows_kept) {
    window_of_.erase(windows_.back().key);
    windows_.pop_back();
  }
  return windows_.front().bytes;
}

Result<void> RemoteStore::upload(const std::string& warc, const std::filesystem::path& file,
                                 const IndexEntries& entries) {
  const std::lock_guard lock(mutex_);
  if (const std::string index = to_index_file(warc, entries); !index.empty()) {
    auto put = client_.put_bytes(prefix_ + index_file_name(warc), index);
    if (!put) return put;
  }
  sizes_.erase(warc);
  return client_.put(prefix_ + warc, file);
}

Result<IndexEntries> RemoteStore::index_of(const StoredFile& file) {
  constexpr std::uint64_t most = 64U << 20U;
  std::unique_lock lock(mutex_);
  const auto bytes = client_.get(prefix_ + index_file_name(file.warc), 0, most);
  lock.unlock();
  if (!bytes) return tl::unexpected(bytes.error());
  return from_index_file(*bytes, file.warc, file.size);
}

}  // namespace loccit
