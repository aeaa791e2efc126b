#include "archive/remote_store.h"

#include <algorithm>
#include <cstring>

namespace loccit {
namespace {

// Records are read in small pieces one after the other: a request for each would take for ever.
class RemoteFile : public RangeReader {
 public:
  RemoteFile(std::shared_ptr<RemoteStore> store, std::string warc)
      : store_(std::move(store)), warc_(std::move(warc)) {}

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t room) const override {
    constexpr std::size_t ahead = 256U << 10U;
    const std::lock_guard lock(mutex_);
    std::size_t got = 0;
    while (got < room) {
      const std::uint64_t at = offset + got;
      if (at < begin_ || at >= begin_ + window_.size()) {
        auto bytes = store_->read(warc_, at, std::max(ahead, room - got));
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->empty()) break;
        begin_ = at;
        window_ = std::move(*bytes);
      }
      const auto from = static_cast<std::size_t>(at - begin_);
      const std::size_t piece = std::min(room - got, window_.size() - from);
      std::memcpy(out + got, window_.data() + from, piece);
      got += piece;
    }
    return got;
  }

 private:
  std::shared_ptr<RemoteStore> store_;
  std::string warc_;
  mutable std::mutex mutex_;
  mutable std::uint64_t begin_ = 0;
  mutable std::string window_;
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
  for (const S3Object& object : *objects)
    files.push_back({object.key.substr(prefix_.size()), object.size});
  return files;
}

Result<ByteSource> RemoteStore::open_file(const std::string& warc) {
  std::unique_lock lock(mutex_);
  const auto size = client_.size_of(prefix_ + warc);
  lock.unlock();
  if (!size) return tl::unexpected(size.error());
  if (!*size) return fail(FailureKind::not_found, "the store has no " + prefix_ + warc);
  return ByteSource::over(std::make_shared<RemoteFile>(shared_from_this(), warc), **size, warc);
}

Result<std::string> RemoteStore::read(const std::string& warc, std::uint64_t offset,
                                      std::uint64_t length) {
  const std::lock_guard lock(mutex_);
  return client_.get(prefix_ + warc, offset, length);
}

Result<void> RemoteStore::upload(const std::string& warc, const std::filesystem::path& file) {
  const std::lock_guard lock(mutex_);
  return client_.put(prefix_ + warc, file);
}

}  // namespace loccit
