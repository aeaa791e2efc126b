// A response as WARC knows it: the block is what the wire carried, the payload is the entity in it
// (WARC 1.1 §6.3.2).
#pragma once

#include <string>

#include "base/bytes.h"
#include "fetcher/exchange.h"

namespace loccit {

// The payload without a copy where the body is not chunked. Valid while the hop lives.
class HopPayload {
 public:
  explicit HopPayload(const Hop& hop);
  Bytes view() const { return framed_ ? Bytes(unframed_) : body_; }

 private:
  Bytes body_;
  std::string unframed_;
  bool framed_ = false;
};

// Status and headers from the head, where it is one.
bool read_head(Hop& hop);

// Whether the two bodies can stand for each other once their payloads are equal: same transfer and
// content coding.
bool same_codings(const Hop& a, const Hop& b);

}  // namespace loccit
