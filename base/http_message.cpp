#include "base/http_message.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/ascii.h"

namespace loccit {
namespace {

using ascii::lower;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

// Up to the next LF (a CR before it is dropped); bare LF occurs in the wild.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::string_view header_value(const Headers& headers, std::string_view name) {
  const auto it = std::find_if(headers.begin(), headers.end(),
                               [&](const Header& h) { return same_name(h.name, name); });
  return it == headers.end() ? std::string_view() : std::string_view(it->value);
}

Result<ResponseHead> parse_response_head(Bytes head) {
  ResponseHead parsed;
  std::string_view rest = head;
  const std::string_view status_line = next_line(rest);
  const std::size_t blank = status_line.find(' ');
  if (status_line.substr(0, 5) != "HTTP/" || blank == std::string_view::npos) {
    return fail(FailureKind::malformed, "the answer does not begin with an HTTP status line", 0);
  }
  parsed.version = status_line.substr(0, blank);
  const std::string_view after = trim(status_line.substr(blank + 1));
  const auto [end, error] =
      std::from_chars(after.data(), after.data() + after.size(), parsed.status);
  if (error != std::errc() || end != after.data() + 3) {
    return fail(FailureKind::malformed, "the HTTP status line has no three-digit status",
                blank + 1);
  }
  parsed.reason = trim(after.substr(3));
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !parsed.headers.empty()) {  // obs-fold
      parsed.headers.back().value += ' ';
      parsed.headers.back().value += trim(line);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // browsers skip such lines too
    parsed.headers.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  return parsed;
}

ContentType parse_content_type(std::string_view value) {
  ContentType type;
  const std::size_t semicolon = value.find(';');
  type.media_type = lower(trim(value.substr(0, semicolon)));
  while (value.find(';') != std::string_view::npos) {
    value.remove_prefix(value.find(';') + 1);
    const std::string_view parameter = trim(value.substr(0, value.find(';')));
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos ||
        !same_name(trim(parameter.substr(0, equals)), "charset"))
      continue;
    std::string_view charset = trim(parameter.substr(equals + 1));
    if (charset.size() >= 2 && (charset.front() == '"' || charset.front() == '\'') &&
        charset.back() == charset.front()) {
      charset = charset.substr(1, charset.size() - 2);
    }
    type.charset = lower(charset);
    break;
  }
  return type;
}

Result<std::string> remove_chunking(Bytes body) {
  std::string out;
  std::size_t at = 0;
  const auto broken = [&](const char* what) {
    return fail(FailureKind::malformed, std::string("broken chunked framing: ") + what, at);
  };
  for (;;) {
    const std::size_t line_end = body.find('\n', at);
    if (line_end == Bytes::npos || line_end - at > 4096) return broken("a chunk has no size line");
    std::size_t size = 0;
    const char* first = body.data() + at;
    const auto [end, error] = std::from_chars(first, body.data() + line_end, size, 16);
    if (error != std::errc() || end == first)
      return broken("a chunk's size is no hexadecimal number");
    at = line_end + 1;
    if (size == 0) return out;  // trailers, if any, are no payload
    if (size > body.size() - at) return broken("it ends in mid-chunk");
    out.append(body.substr(at, size));
    at += size;
    if (at < body.size() && body[at] == '\r') ++at;
    if (at >= body.size() || body[at] != '\n')
      return broken("a chunk does not end where its size says");
    ++at;
  }
}

}  // namespace loccit
