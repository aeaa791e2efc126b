// A block held against the digest that its record claims, as it streams by.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/digest.h"

namespace loccit {

// SHA-256 streams; any other algorithm (others' files) is not computed here: archive_verify.h does
// that.
class BlockDigest {
 public:
  explicit BlockDigest(std::string_view label);
  void update(Bytes piece);
  // False where the label is a SHA-256 and the block has another.
  bool holds();

 private:
  std::optional<Sha256> claimed_;
  Sha256Stream stream_;
};

}  // namespace loccit
