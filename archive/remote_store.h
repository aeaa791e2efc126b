// The WARC files of an archive that lie in an S3 bucket: whole files, written once, read by
// stretches. What is being written lies in a local folder, the spool, until it is uploaded.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/index.h"
#include "archive/local_store.h"
#include "archive/s3_client.h"
#include "base/byte_source.h"

namespace loccit {

struct S3Place {
  std::string bucket;
  std::string prefix;  // "" or "evidence/"
};
// "s3://bucket/prefix"; nullopt: it is no such place.
std::optional<S3Place> s3_place_from(std::string_view text);

// Safe from several threads; one request at a time.
class RemoteStore : public std::enable_shared_from_this<RemoteStore> {
 public:
  RemoteStore(const S3Place& place, S3Settings settings);

  Result<std::vector<StoredFile>> files();  // by name
  Result<ByteSource> open_file(const std::string& warc);
  // The stretch of the file that holds `offset`: at most window_bytes, from a multiple of them.
  Result<std::shared_ptr<const std::string>> window_at(const std::string& warc,
                                                       std::uint64_t offset);
  // The file is there, whole, once this returns, and before it what readers need to know of it
  // (index_file.h).
  Result<void> upload(const std::string& warc, const std::filesystem::path& file,
                      const IndexEntries& entries);
  // What lies in that file; not_found, or malformed: it has to be read.
  Result<IndexEntries> index_of(const StoredFile& file);

  static constexpr std::uint64_t window_bytes = 256U << 10U;

 private:
  using WindowKey = std::pair<std::string, std::uint64_t>;
  struct Window {
    WindowKey key;
    std::shared_ptr<const std::string> bytes;
  };

  std::string prefix_;
  std::mutex mutex_;
  S3Client client_;
  // A file in the store never changes: what was read of it last, and its size, stay true.
  std::list<Window> windows_;  // the latest used first
  std::map<WindowKey, std::list<Window>::iterator> window_of_;
  std::map<std::string, std::uint64_t> sizes_;
};

}  // namespace loccit
