// An S3 store, as far as an archive needs one: put, read a stretch, list, remove. Path or
// virtual-host style, Signature Version 4, multipart uploads.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/aws_signature.h"
#include "base/result.h"

namespace loccit {

struct S3Settings {
  std::string endpoint;  // "https://s3.example.org:9000"; empty: Amazon's of the region
  std::string region = "us-east-1";
  bool path_style = false;  // https://endpoint/bucket/key, not https://bucket.endpoint/key
  AwsCredentials credentials;
  std::string ca_file;                    // extra roots; empty: the system's alone
  std::uint64_t part_bytes = 64U << 20U;  // larger files go up in parts of this size
  int tries = 6;                          // for what can pass: SlowDown, 5xx, resets
  std::chrono::milliseconds first_pause{200};
};

// `variable` gives an environment variable or ""; files are ~/.aws/credentials and ~/.aws/config
// (AWS_PROFILE, AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE). Fails with not_found where no
// credentials are anywhere.
Result<S3Settings> s3_settings_from(const std::function<std::string(const char*)>& variable);

struct S3Object {
  std::string key;
  std::uint64_t size = 0;
};

// Not for two threads at once. Failures: refused (credentials, permission), not_found, timed_out,
// io; the message has the store's own code and words, never a secret.
class S3Client {
 public:
  S3Client(std::string bucket, S3Settings settings, Clock clock = system_clock());

  const std::string& bucket() const { return bucket_; }

  // The whole file; on success the store has confirmed the digest of every part.
  Result<void> put(const std::string& key, const std::filesystem::path& file);
  Result<void> put_bytes(const std::string& key, std::string_view bytes);
  // Up to `length` bytes from `offset`; fewer at the end.
  Result<std::string> get(const std::string& key, std::uint64_t offset, std::uint64_t length);
  Result<std::optional<std::uint64_t>> size_of(const std::string& key);
  Result<std::vector<S3Object>> list(const std::string& prefix);  // by key
  Result<void> remove(const std::string& key);

 private:
  struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
  };
  struct Body {  // of a request: bytes, or a stretch of a file
    std::string_view bytes;
    const std::filesystem::path* file = nullptr;
    std::uint64_t offset = 0, size = 0;
    std::string sha256, md5;  // hex
  };
  struct Call {
    std::string method, key;
    std::vector<std::pair<std::string, std::string>> query;
    Headers headers;
    Body body;
  };
  static Result<Body> stretch(const std::filesystem::path& file, std::uint64_t offset,
                              std::uint64_t size);
  static Body whole(std::string_view bytes);
  Result<Answer> call(const Call& call);  // a status of 2xx or 404; anything else failed
  Result<Answer> once(const Call& call);
  Result<std::string> put_part(const Call& call);  // its ETag, checked
  Result<void> put_in_parts(const std::string& key, const std::filesystem::path& file,
                            std::uint64_t size);

  std::string bucket_;
  S3Settings settings_;
  Clock clock_;
  std::chrono::seconds skew_{0};  // the store's clock less ours, once it complained
};

}  // namespace loccit
