#include "archive/block_digest.h"

namespace loccit {
namespace {

std::optional<Sha256> sha256_in(std::string_view label) {
  for (const std::string_view prefix : {"sha256:", "sha-256:"}) {
    if (label.substr(0, prefix.size()) == prefix)
      return sha256_from_hex(label.substr(prefix.size()));
  }
  return std::nullopt;
}

}  // namespace

BlockDigest::BlockDigest(std::string_view label) : claimed_(sha256_in(label)) {}

void BlockDigest::update(Bytes piece) {
  if (claimed_) stream_.update(piece);
}

bool BlockDigest::holds() { return !claimed_ || stream_.finish() == *claimed_; }

}  // namespace loccit
