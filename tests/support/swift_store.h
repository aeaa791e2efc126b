// A real S3 store on loopback: OpenStack Swift with its s3api (tests/support/swift_store.sh).
#pragma once

#include <cstdio>
#include <string>

#include "archive/s3_client.h"
#include "support/temp_dir.h"

namespace loccit::testing {

class SwiftStore {
 public:
  static bool available();  // Debian's swift-* and memcached are here
  SwiftStore();             // answers once this returns; throws where it does not
  ~SwiftStore();
  SwiftStore(const SwiftStore&) = delete;
  SwiftStore& operator=(const SwiftStore&) = delete;

  S3Settings settings() const;
  // A bucket of that name, made anew.
  S3Client bucket(const std::string& name) const;

 private:
  TempDir folder_;
  int port_ = 0;
  std::FILE* script_ = nullptr;
};

}  // namespace loccit::testing
