#include "fetcher/address_guard.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace loccit {
namespace {

struct SpecialRange {
  const char* cidr;
  const char* what;
  const char* source;
};

// The IANA special-purpose registries (RFC 6890 as updated), all that is not globally reachable,
// and multicast.
constexpr SpecialRange special_ranges[] = {
    {"0.0.0.0/8", "\"this network\"", "RFC 791 §3.2"},
    {"10.0.0.0/8", "private", "RFC 1918"},
    {"100.64.0.0/10", "shared by carriers", "RFC 6598"},
    {"127.0.0.0/8", "loopback", "RFC 1122 §3.2.1.3"},
    {"169.254.0.0/16", "link-local", "RFC 3927"},
    {"172.16.0.0/12", "private", "RFC 1918"},
    {"192.0.0.0/24", "reserved for protocols", "RFC 6890 §2.1"},
    {"192.0.2.0/24", "for documentation", "RFC 5737"},
    {"192.88.99.0/24", "a 6to4 relay", "RFC 7526"},
    {"192.168.0.0/16", "private", "RFC 1918"},
    {"198.18.0.0/15", "for benchmarks", "RFC 2544"},
    {"198.51.100.0/24", "for documentation", "RFC 5737"},
    {"203.0.113.0/24", "for documentation", "RFC 5737"},
    {"224.0.0.0/4", "multicast", "RFC 5771"},
    {"240.0.0.0/4", "reserved or broadcast", "RFC 1112 §4"},
    {"::/128", "unspecified", "RFC 4291 §2.5.2"},
    {"::1/128", "loopback", "RFC 4291 §2.5.3"},
    {"64:ff9b:1::/48", "for local NAT64", "RFC 8215"},
    {"100::/64", "for discarding", "RFC 6666"},
    {"2001::/23", "reserved for protocols (Teredo, ORCHID, …)", "RFC 2928"},
    {"2001:db8::/32", "for documentation", "RFC 3849"},
    {"3fff::/20", "for documentation", "RFC 9637"},
    {"5f00::/16", "for segment routing", "RFC 9602"},
    {"fc00::/7", "private", "RFC 4193"},
    {"fe80::/10", "link-local", "RFC 4291 §2.5.6"},
    {"fec0::/10", "site-local", "RFC 3879"},
    {"ff00::/8", "multicast", "RFC 4291 §2.7"},
};

// Forms of IPv6 that reach, or name, the IPv4 address inside them; `offset` is where its four bytes
// stand.
struct Embedding {
  const char* cidr;
  std::size_t offset;
};
constexpr Embedding embeddings[] = {
    {"::/96", 12},            // IPv4-compatible, RFC 4291 §2.5.5.1
    {"::ffff:0:0:0/96", 12},  // IPv4-translated, RFC 2765 §2.1
    {"64:ff9b::/96", 12},     // NAT64, RFC 6052 §2.1
    {"2002::/16", 2},         // 6to4, RFC 3056 §2
};

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_ipv4(const IpAddress& address) {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
}

IpAddress mapped(const std::uint8_t* four_bytes) {
  IpAddress address;
  std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
  std::copy(four_bytes, four_bytes + 4, address.bytes.begin() + 12);
  return address;
}

struct SpecialEntry {
  IpRange range;
  const SpecialRange* row;
};

const std::vector<SpecialEntry>& special_entries() {
  static const std::vector<SpecialEntry> entries = [] {
    std::vector<SpecialEntry> made;
    for (const SpecialRange& row : special_ranges)
      made.push_back({ip_range_from(row.cidr).value(), &row});
    return made;
  }();
  return entries;
}

std::optional<IpAddress> embedded_in(const IpAddress& address) {
  static const std::vector<std::pair<IpRange, std::size_t>> ranges = [] {
    std::vector<std::pair<IpRange, std::size_t>> made;
    for (const Embedding& row : embeddings)
      made.emplace_back(ip_range_from(row.cidr).value(), row.offset);
    return made;
  }();
  for (const auto& [range, offset] : ranges) {
    if (range.contains(address)) return mapped(address.bytes.data() + offset);
  }
  return std::nullopt;
}

std::optional<std::string> special(const IpAddress& address, const std::string& shown) {
  for (const SpecialEntry& entry : special_entries()) {
    if (entry.range.contains(address)) {
      return shown + " is an address that is " + entry.row->what + " (" + entry.row->cidr + ", " +
             entry.row->source + "); --allow-net " + entry.row->cidr + " would let it through";
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<IpAddress> ip_address_from(std::string_view text) {
  const std::string owned(text);
  in_addr four{};
  if (::inet_pton(AF_INET, owned.c_str(), &four) == 1) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &four, bytes.size());
    return mapped(bytes.data());
  }
  IpAddress address;
  if (::inet_pton(AF_INET6, owned.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<IpAddress> ip_address_from(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &four.sin_addr, bytes.size());
    return mapped(bytes.data());
  }
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 six{};
  std::memcpy(&six, &address, sizeof six);
  IpAddress result;
  std::memcpy(result.bytes.data(), &six.sin6_addr, result.bytes.size());
  return result;
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const bool four = is_ipv4(address);
  return ::inet_ntop(four ? AF_INET : AF_INET6, address.bytes.data() + (four ? 12 : 0), out.data(),
                     out.size());
}

bool IpRange::contains(const IpAddress& address) const {
  const auto whole = static_cast<std::size_t>(prefix / 8);
  if (!std::equal(first.bytes.begin(), first.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin())) {
    return false;
  }
  const int rest = prefix % 8;
  return rest == 0 || ((first.bytes[whole] ^ address.bytes[whole]) >> (8 - rest)) == 0;
}

std::optional<IpRange> ip_range_from(std::string_view cidr) {
  const std::size_t slash = cidr.find('/');
  const auto address = ip_address_from(cidr.substr(0, slash));
  if (!address) return std::nullopt;
  const int skipped = cidr.find(':') == std::string_view::npos ? 96 : 0;
  if (slash == std::string_view::npos) return IpRange{*address, 128};
  const std::string_view digits = cidr.substr(slash + 1);
  int prefix = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (error != std::errc() || end != digits.data() + digits.size() || prefix < 0 ||
      prefix + skipped > 128)
    return std::nullopt;
  return IpRange{*address, prefix + skipped};
}

Result<AddressGuard> AddressGuard::letting_through(const std::vector<std::string>& cidrs) {
  AddressGuard guard;
  for (const std::string& cidr : cidrs) {
    const auto range = ip_range_from(cidr);
    if (!range)
      return fail(FailureKind::malformed,
                  "\"" + cidr + "\" is no address range such as 127.0.0.0/8 or ::1/128");
    guard.let_through_.push_back(*range);
  }
  return guard;
}

std::optional<std::string> AddressGuard::refusal(const IpAddress& address) const {
  const auto inner = embedded_in(address);
  for (const IpRange& range : let_through_) {
    if (range.contains(address) || (inner && range.contains(*inner))) return std::nullopt;
  }
  if (auto why = special(address, to_string(address))) return why;
  return inner ? special(*inner, to_string(address) + " leads to " + to_string(*inner) + ", which")
               : std::nullopt;
}

}  // namespace loccit
