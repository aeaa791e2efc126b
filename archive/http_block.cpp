#include "archive/http_block.h"

namespace loccit {

HopPayload::HopPayload(const Hop& hop) : body_(hop.body.view()) {
  if (header_value(hop.headers, "Transfer-Encoding").empty()) return;
  // Broken framing has no payload behind it: then the digest is over what is stored.
  auto unframed = payload(hop);
  if (!unframed) return;
  unframed_ = std::move(*unframed);
  framed_ = true;
}

bool read_head(Hop& hop) {
  const auto head = parse_response_head(hop.response_head);
  if (!head) return false;
  hop.status = head->status;
  hop.headers = head->headers;
  return true;
}

bool same_codings(const Hop& a, const Hop& b) {
  for (const char* name : {"Transfer-Encoding", "Content-Encoding"}) {
    if (header_value(a.headers, name) != header_value(b.headers, name)) return false;
  }
  return true;
}

}  // namespace loccit
