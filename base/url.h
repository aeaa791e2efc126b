// URLs as RFC 3986 and libcurl's CURLU read them, and the SURT key that CDX indexes sort by.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace loccit {

struct Url {
  std::string scheme;    // lower case
  std::string user_info; // never sent to another host
  std::string host;      // lower case, punycode; IPv6 without brackets
  std::string port;      // empty where it is the scheme's default
  std::string path;      // percent-encoded, "/" at least
  std::string query;     // without "?"; empty and absent are told apart by has_query
  bool has_query = false;
  std::string fragment;  // without "#"
};

// Absolute URLs of any scheme that has a host. Blanks around are dropped, blanks and non-ASCII inside percent-encoded,
// IDN hosts turned to punycode, decimal/octal/hex IPv4 forms to dotted ones. `malformed` says what is wrong.
Result<Url> parse_url(std::string_view text);
std::string to_string(const Url& url);

// The one spelling under which a source is fetched once and found again: parsed, dot segments resolved, no fragment.
Result<std::string> fetch_key(std::string_view url);

// RFC 3986 §5.2.
Result<std::string> resolve_url(std::string_view base, std::string_view reference);

// "com,example)/path?query": lower case, "www." dropped, query arguments sorted (as the surt library and pywb do).
std::string surt(std::string_view url);

// For reports: IDN hosts shown in Unicode unless that could deceive (mixed scripts), the rest untouched.
std::string display_url(std::string_view url);

}  // namespace loccit
