// URLs as RFC 3986 and libcurl's CURLU read them, and the SURT key that CDX indexes sort by.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace loccit {

struct Url {
  std::string scheme;     // lower case
  std::string user_info;  // never sent to another host
  std::string host;       // lower case, punycode; IPv6 without brackets
  std::string port;       // empty where it is the scheme's default
  std::string path;       // percent-encoded, "/" at least
  std::string query;      // without "?"; empty and absent are told apart by has_query
  bool has_query = false;
  std::string fragment;  // without "#"
};

// Absolute URLs of any scheme that has a host. Blanks around are dropped, blanks and non-ASCII
// inside percent-encoded, dot segments resolved, IDN hosts turned to punycode, decimal/octal/hex
// IPv4 forms to dotted ones. `malformed` says what is wrong. Read as browsers read it (WHATWG URL)
// where that is looser than RFC 3986: "\" is "/" in http and https, tabs and line breaks inside are
// dropped. The result is plain RFC 3986, so libcurl connects where we think it does.
Result<Url> parse_url(std::string_view text);
std::string to_string(const Url& url);

enum class WithFragment { no, yes };
// What goes into a request and an archive's target URI: never the user information, and by default
// no fragment.
std::string without_user_info(const Url& url, WithFragment fragment = WithFragment::no);

// The scheme alone, in lower case, also of URLs that have no host ("mailto:…"); "" where there is
// none.
std::string url_scheme(std::string_view text);

// RFC 3986 §6.2.2.1, §6.2.2.2: upper-case digits, unreserved characters bare.
std::string normal_percent_encoding(std::string_view text);

// Every "%" and two digits made a byte; the rest stays.
std::string percent_decoded(std::string_view text);

// The one spelling under which a source is fetched once and found again: parsed, no fragment, no
// user information, percent-encoding as RFC 3986 §6.2.2 has it (upper-case digits, unreserved
// characters bare).
Result<std::string> fetch_key(std::string_view url);

// RFC 3986 §5.2.
Result<std::string> resolve_url(std::string_view base, std::string_view reference);

// "com,example)/path?query": lower case, "www." and a closing slash dropped, query arguments sorted
// (as the surt library and pywb do; session ids stay: two of them may be two pages). What does not
// parse is its own key, in lower case.
std::string surt(std::string_view url);

// For reports: IDN hosts shown in Unicode unless that could deceive (mixed scripts), the rest
// untouched.
std::string display_url(std::string_view url);

}  // namespace loccit
