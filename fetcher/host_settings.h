// What differs for one host from what FetchOptions says for all.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace loccit {

struct HostSettings {
  std::optional<std::chrono::milliseconds> delay, timeout;
  std::optional<int> per_host, retries;
  std::optional<bool> respect_robots;
};

// By host name; "*.example.org" is for all hosts below example.org.
using SettingsByHost = std::map<std::string, HostSettings>;

// The host's own, else those of the nearest "*." above it, else none.
HostSettings settings_for(const SettingsByHost& hosts, std::string_view host);

}  // namespace loccit
