#include "base/url.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "base/url_host.h"

namespace loccit {
namespace {

using ascii::is_digit;
using ascii::lower;

// What each part may not hold bare (WHATWG URL §1.3), besides controls and what is not ASCII.
constexpr std::string_view unsafe_in_fragment = " \"<>`";
constexpr std::string_view unsafe_in_query = " \"#<>'";
constexpr std::string_view unsafe_in_path = " \"#<>?`{}^";
constexpr std::string_view unsafe_in_user_info = " \"#<>?`{}^/:;=@[\\]|";

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

void append_percent(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 0xFU];
}

// What is percent-encoded already stays as it is: "%20" is not encoded twice, and a lone "%" is the
// server's to judge.
std::string percent_encoded(std::string_view text, std::string_view unsafe) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x1F || byte >= 0x7F || unsafe.find(c) != std::string_view::npos) {
      append_percent(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view default_port(std::string_view scheme) {
  if (scheme == "http" || scheme == "ws") return "80";
  if (scheme == "https" || scheme == "wss") return "443";
  if (scheme == "ftp") return "21";
  return {};
}

bool is_web(std::string_view scheme) { return scheme == "http" || scheme == "https"; }

// Blanks and controls around go, tabs and line breaks inside too: that is how printed and wrapped
// URLs arrive.
std::string cleaned(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != '\t' && c != '\n' && c != '\r'; });
  return out;
}

// The five parts of RFC 3986 appendix B, untouched.
struct Parts {
  std::optional<std::string_view> scheme, authority;
  std::string_view path;
  std::optional<std::string_view> query, fragment;
};

std::optional<std::string_view> take_scheme(std::string_view& text) {
  if (text.empty() || !is_alpha(text[0])) return std::nullopt;
  const auto in_scheme = [](char c) {
    return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  };
  const auto end = std::find_if_not(text.begin(), text.end(), in_scheme);
  if (end == text.end() || *end != ':') return std::nullopt;
  const std::string_view scheme = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(scheme.size() + 1);
  return scheme;
}

std::optional<std::string_view> cut_after(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

Parts split(std::string_view text) {
  Parts parts;
  parts.scheme = take_scheme(text);
  parts.fragment = cut_after(text, '#');
  parts.query = cut_after(text, '?');
  if (text.substr(0, 2) == "//") {
    text.remove_prefix(2);
    const std::size_t slash = std::min(text.find('/'), text.size());
    parts.authority = text.substr(0, slash);
    text.remove_prefix(slash);
  }
  parts.path = text;
  return parts;
}

// WHATWG: in http and https, "\" before the query is "/", and any number of slashes may follow the
// scheme.
std::string with_web_slashes(std::string text, std::string_view scheme_if_relative) {
  std::string_view rest = text;
  const auto scheme = take_scheme(rest);
  if (!is_web(scheme ? lower(*scheme) : std::string(scheme_if_relative))) return text;
  const std::size_t end = std::min(text.find_first_of("?#"), text.size());
  std::replace(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\\', '/');
  if (scheme) {
    const std::size_t after = scheme->size() + 1;
    const std::size_t slashes = std::min(text.find_first_not_of('/', after), text.size()) - after;
    text.replace(after, slashes, "//");
  }
  return text;
}

bool is_dot(std::string_view segment) { return segment == "." || lower(segment) == "%2e"; }
bool is_two_dots(std::string_view segment) {
  const std::string s = lower(segment);
  return s == ".." || s == ".%2e" || s == "%2e." || s == "%2e%2e";
}

// RFC 3986 §5.2.4, on a path that begins with "/".
std::string without_dot_segments(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    path.remove_prefix(1);  // its "/"
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, slash);
    const bool last = slash == path.size();
    path.remove_prefix(slash);
    if (is_two_dots(segment)) {
      out.erase(std::min(out.rfind('/'), out.size()));
      if (last) out += '/';
    } else if (is_dot(segment)) {
      if (last) out += '/';
    } else {
      out += '/';
      out += segment;
    }
  }
  return out;
}

Result<void> read_authority(std::string_view authority, Url& url) {
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    std::string_view user_info = authority.substr(0, at);
    const auto password = cut_after(user_info, ':');
    url.user_info = percent_encoded(user_info, unsafe_in_user_info);
    if (password && !password->empty())
      url.user_info += ':' + percent_encoded(*password, unsafe_in_user_info);
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = std::min(authority.rfind(']'), authority.size());
  const std::size_t colon = authority.find(':', bracket == authority.size() ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const std::string_view digits = authority.substr(colon + 1);
    unsigned port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (!digits.empty() &&
        (error != std::errc() || end != digits.data() + digits.size() || port > 65535)) {
      return fail(FailureKind::malformed, "its port is no number up to 65535");
    }
    if (!digits.empty()) url.port = std::to_string(port);
    if (url.port == default_port(url.scheme)) url.port.clear();
    authority = authority.substr(0, colon);
  }
  auto host = parse_host(authority);
  if (!host) return tl::unexpected(host.error());
  url.host = *std::move(host);
  return {};
}

std::string authority_of(const Url& url) {
  std::string out = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
  if (!url.port.empty()) out += ":" + url.port;
  return out;
}

std::string query_of(const Url& url) { return url.has_query ? "?" + url.query : std::string(); }

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const std::string spelled = with_web_slashes(cleaned(text), "");
  const Parts parts = split(spelled);
  Url url;
  if (!parts.scheme)
    return fail(FailureKind::malformed, "it does not begin with a scheme such as https:");
  url.scheme = lower(*parts.scheme);
  if (!parts.authority) return fail(FailureKind::malformed, "it has no host");
  if (auto read = read_authority(*parts.authority, url); !read) return tl::unexpected(read.error());
  url.path = without_dot_segments(percent_encoded(parts.path, unsafe_in_path));
  if (url.path.empty()) url.path = "/";
  url.has_query = parts.query.has_value();
  if (parts.query) url.query = percent_encoded(*parts.query, unsafe_in_query);
  if (parts.fragment) url.fragment = percent_encoded(*parts.fragment, unsafe_in_fragment);
  return url;
}

std::string to_string(const Url& url) {
  std::string out = url.scheme + "://";
  if (!url.user_info.empty()) out += url.user_info + "@";
  out += authority_of(url) + url.path + query_of(url);
  if (!url.fragment.empty()) out += "#" + url.fragment;
  return out;
}

std::string without_user_info(const Url& url, WithFragment fragment) {
  std::string out = url.scheme + "://" + authority_of(url) + url.path + query_of(url);
  if (fragment == WithFragment::yes && !url.fragment.empty()) out += "#" + url.fragment;
  return out;
}

std::string url_scheme(std::string_view text) {
  const std::string spelled = cleaned(text);
  std::string_view rest = spelled;
  const auto scheme = take_scheme(rest);
  return scheme ? lower(*scheme) : std::string();
}

std::string normal_percent_encoding(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
    const char c = static_cast<char>(value);
    if (is_alpha(c) || is_digit(c) ||
        (value < 0x80 && std::string_view("-._~").find(c) != std::string_view::npos)) {
      out += c;
    } else {
      out += '%';
      out += upper(text[i + 1]);
      out += upper(text[i + 2]);
    }
    i += 2;
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

Result<std::string> fetch_key(std::string_view url) {
  auto parsed = parse_url(url);
  if (!parsed) return tl::unexpected(parsed.error());
  parsed->path = normal_percent_encoding(parsed->path);
  parsed->query = normal_percent_encoding(parsed->query);
  return without_user_info(*parsed);
}

Result<std::string> resolve_url(std::string_view base, std::string_view reference) {
  auto from = parse_url(base);
  if (!from) return tl::unexpected(from.error());
  const std::string spelled = with_web_slashes(cleaned(reference), from->scheme);
  const Parts parts = split(spelled);
  const auto tail = [&](std::string out) {
    if (parts.query) out += "?" + std::string(*parts.query);
    if (parts.fragment) out += "#" + std::string(*parts.fragment);
    auto parsed = parse_url(out);
    return parsed ? Result<std::string>(to_string(*parsed)) : tl::unexpected(parsed.error());
  };
  if (parts.scheme)
    return tail(spelled.substr(
        0, static_cast<std::size_t>(parts.path.data() + parts.path.size() - spelled.data())));
  if (parts.authority)
    return tail(from->scheme + "://" + std::string(*parts.authority) + std::string(parts.path));
  const std::string origin =
      to_string(Url{from->scheme, from->user_info, from->host, from->port, "", "", false, ""});
  if (parts.path.empty())
    return tail(origin + from->path + (parts.query ? std::string() : query_of(*from)));
  if (parts.path[0] == '/') return tail(origin + std::string(parts.path));
  return tail(origin + from->path.substr(0, from->path.rfind('/') + 1) + std::string(parts.path));
}

std::string display_url(std::string_view url) {
  auto parsed = parse_url(url);
  if (!parsed) return std::string(url);
  const std::string shown = display_host(parsed->host);
  if (shown == parsed->host) return std::string(url);
  parsed->host = shown;
  return to_string(*parsed);
}

}  // namespace loccit
