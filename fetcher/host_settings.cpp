#include "fetcher/host_settings.h"

namespace loccit {

HostSettings settings_for(const SettingsByHost& hosts, std::string_view host) {
  if (hosts.empty()) return {};
  if (const auto own = hosts.find(std::string(host)); own != hosts.end()) return own->second;
  for (std::size_t dot = host.find('.'); dot != std::string_view::npos;
       dot = host.find('.', dot + 1)) {
    const auto above = hosts.find("*" + std::string(host.substr(dot)));
    if (above != hosts.end()) return above->second;
  }
  return {};
}

}  // namespace loccit
