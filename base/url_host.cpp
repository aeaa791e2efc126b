#include "base/url_host.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <arpa/inet.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>

#include "base/url.h"

namespace loccit {
namespace {

struct CloseIdna {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};
struct CloseSpoof {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

const UIDNA* idna() {
  static const std::unique_ptr<UIDNA, CloseIdna> instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<UIDNA, CloseIdna>(
        uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE |
                            UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ,
                        &error));
  }();
  return instance.get();
}

// RFC 1035 allows 253; WHATWG does not check, but no longer name can be looked up.
constexpr std::size_t longest_name = 255;

using IdnaFunction = int32_t (*)(const UIDNA*, const char*, int32_t, char*, int32_t, UIDNAInfo*,
                                 UErrorCode*);

std::optional<std::string> convert(IdnaFunction function, std::string_view host) {
  std::array<char, longest_name * 4> out{};
  UErrorCode error = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const int32_t length = function(idna(), host.data(), static_cast<int32_t>(host.size()),
                                  out.data(), static_cast<int32_t>(out.size()), &info, &error);
  // Real names have hyphens in these places, and DNS itself tells what is too long.
  constexpr std::uint32_t tolerated = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LEADING_HYPHEN |
                                      UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  if (U_FAILURE(error) || (info.errors & ~tolerated) != 0) return std::nullopt;
  return std::string(out.data(), static_cast<std::size_t>(length));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string_view> labels_of(std::string_view host) {
  std::vector<std::string_view> labels;
  for (;;) {
    const std::size_t dot = host.find('.');
    labels.push_back(host.substr(0, dot));
    if (dot == std::string_view::npos) return labels;
    host.remove_prefix(dot + 1);
  }
}

// "10", "0x1f", "017", and "0x" which counts as 0 (WHATWG "IPv4 number parser").
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  int base = 10;
  if (text.size() >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    text.remove_prefix(2);
    base = 16;
    if (text.empty()) return 0;
  } else if (text.size() >= 2 && text[0] == '0') {
    text.remove_prefix(1);
    base = 8;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || end != text.data() + text.size()) return std::nullopt;
  if (error != std::errc()) return UINT64_MAX;
  return value;
}

bool ends_in_a_number(const std::vector<std::string_view>& labels) {
  const std::string_view last = labels.back();
  const bool digits = !last.empty() && std::all_of(last.begin(), last.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  return digits || (!last.empty() && last[0] == '0' && ipv4_number(last).has_value());
}

Result<std::string> parse_ipv4(const std::vector<std::string_view>& labels) {
  const auto broken = [] {
    return fail(FailureKind::malformed, "the host ends like an IPv4 address but is none");
  };
  if (labels.size() > 4) return broken();
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto number = ipv4_number(labels[i]);
    const bool last = i + 1 == labels.size();
    // The last number fills all bytes that are left: "127.1" is 127.0.0.1.
    const std::uint64_t limit = last ? std::uint64_t{1} << (8 * (5 - labels.size())) : 256;
    if (!number || *number >= limit) return broken();
    address |= last ? *number : *number << (8 * (3 - i));
  }
  std::string dotted;
  for (int shift = 24; shift >= 0; shift -= 8) {
    dotted += std::to_string((address >> shift) & 0xFFU) + (shift > 0 ? "." : "");
  }
  return dotted;
}

Result<std::string> parse_ipv6(std::string_view text) {
  in6_addr address{};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (::inet_pton(AF_INET6, std::string(text).c_str(), &address) != 1) {
    return fail(FailureKind::malformed, "the host in brackets is no IPv6 address");
  }
  return std::string(::inet_ntop(AF_INET6, &address, out.data(), out.size()));
}

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F ||
         std::string_view("#/:<>?@[\\]^|%").find(c) != std::string_view::npos;
}

// A label that would pass for another: scripts that do not go together, or letters that all look
// like Latin ones.
bool could_deceive(std::string_view label) {
  UErrorCode error = U_ZERO_ERROR;
  static const std::unique_ptr<USpoofChecker, CloseSpoof> checker = [] {
    UErrorCode opening = U_ZERO_ERROR;
    std::unique_ptr<USpoofChecker, CloseSpoof> made(uspoof_open(&opening));
    if (made) uspoof_setRestrictionLevel(made.get(), USPOOF_HIGHLY_RESTRICTIVE);
    return made;
  }();
  if (!checker) return true;
  const auto length = static_cast<int32_t>(label.size());
  if (uspoof_checkUTF8(checker.get(), label.data(), length, nullptr, &error) != 0 ||
      U_FAILURE(error))
    return true;
  std::array<char, 1024> skeleton{};
  const int32_t size =
      uspoof_getSkeletonUTF8(checker.get(), 0, label.data(), length, skeleton.data(),
                             static_cast<int32_t>(skeleton.size()), &error);
  return U_FAILURE(error) || is_ascii({skeleton.data(), static_cast<std::size_t>(size)});
}

}  // namespace

Result<std::string> parse_host(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
    return parse_ipv6(text.substr(1, text.size() - 2));
  std::string host = percent_decoded(text);
  if (host.size() > longest_name * 2)
    return fail(FailureKind::malformed, "the host name is too long");
  if (is_ascii(host)) {
    std::transform(host.begin(), host.end(), host.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  } else {
    auto ascii = convert(uidna_nameToASCII_UTF8, host);
    if (!ascii)
      return fail(FailureKind::malformed, "the host is no valid international domain name");
    host = *std::move(ascii);
  }
  if (host.empty() || host == ".") return fail(FailureKind::malformed, "it has no host");
  if (host.size() > longest_name) return fail(FailureKind::malformed, "the host name is too long");
  if (std::any_of(host.begin(), host.end(), is_forbidden)) {
    return fail(FailureKind::malformed, "the host holds a character that no host name may hold");
  }
  auto labels = labels_of(host);
  if (labels.size() > 1 && labels.back().empty()) labels.pop_back();
  if (ends_in_a_number(labels)) return parse_ipv4(labels);
  return host;
}

bool is_ip_address(std::string_view host) {
  in6_addr address{};
  const std::string text(host);
  return ::inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

std::string display_host(std::string_view ascii_host) {
  std::string shown;
  for (const std::string_view label : labels_of(ascii_host)) {
    if (!shown.empty()) shown += '.';
    const bool encoded = label.substr(0, 4) == "xn--";
    const auto unicode = encoded ? convert(uidna_nameToUnicodeUTF8, label) : std::nullopt;
    shown += unicode && !could_deceive(*unicode) ? *unicode : std::string(label);
  }
  return shown;
}

}  // namespace loccit
