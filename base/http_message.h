// HTTP/1.1 messages as octets (RFC 9112): the head taken apart, the transfer coding undone. Lenient
// as the wire is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

struct Header {
  std::string name;   // as received
  std::string value;  // without the blanks around it
  bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;

// The first value of that name (case-insensitive), or "".
std::string_view header_value(const Headers& headers, std::string_view name);

struct ResponseHead {
  int status = 0;
  std::string version;  // "HTTP/1.1"
  std::string reason;
  Headers headers;
};
Result<ResponseHead> parse_response_head(Bytes head);

// Media type in lower case without parameters; the charset parameter beside it, "" where there is
// none.
struct ContentType {
  std::string media_type;
  std::string charset;
};
ContentType parse_content_type(std::string_view value);

// Chunked framing removed (RFC 9112 §7.1). A body that breaks off or is not chunked at all fails as
// malformed.
Result<std::string> remove_chunking(Bytes body);

}  // namespace loccit
