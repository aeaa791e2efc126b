// What may be connected to. Asked with the address that a socket is about to use, so that neither
// DNS rebinding nor a redirect gets past it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace loccit {

// IPv6, or IPv4 in its mapped form ::ffff:a.b.c.d.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const IpAddress&) const = default;
};
std::optional<IpAddress> ip_address_from(std::string_view text);    // no brackets, no zone
std::optional<IpAddress> ip_address_from(const sockaddr& address);  // AF_INET or AF_INET6
std::string to_string(const IpAddress& address);  // dotted for IPv4, RFC 5952 for IPv6

struct IpRange {
  IpAddress first;
  int prefix = 128;  // bits of the 128
  bool contains(const IpAddress& address) const;
};
std::optional<IpRange> ip_range_from(
    std::string_view cidr);  // "10.0.0.0/8", "::1/128", a bare address

class AddressGuard {
 public:
  // Fails where one of the ranges to let through is not in CIDR form.
  static Result<AddressGuard> letting_through(const std::vector<std::string>& cidrs);

  // Why `address` may not be connected to, in words for the reader; nullopt where it may.
  std::optional<std::string> refusal(const IpAddress& address) const;

 private:
  std::vector<IpRange> let_through_;
};

}  // namespace loccit
