#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/url.h"
#include "base/url_host.h"

namespace loccit {
namespace {

using ascii::lower;

std::string without_www(std::string_view host) {
  if (host.substr(0, 3) != "www") return std::string(host);
  const std::size_t dot = host.find_first_not_of("0123456789", 3);
  return std::string(dot != std::string_view::npos && host[dot] == '.' ? host.substr(dot + 1)
                                                                       : host);
}

std::string reversed(std::string_view host) {
  if (is_ip_address(host)) return std::string(host);
  std::string out;
  while (!host.empty()) {
    const std::size_t dot = host.rfind('.');
    const std::string_view label = host.substr(dot == std::string_view::npos ? 0 : dot + 1);
    if (!label.empty()) out += (out.empty() ? "" : ",") + std::string(label);
    host = host.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
  return out;
}

std::string path_with_single_slashes(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c != '/' || out.empty() || out.back() != '/') out += c;
  }
  return out;
}

std::string sorted_query(std::string_view query) {
  std::vector<std::pair<std::string_view, std::string_view>> arguments;
  while (true) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view argument = query.substr(0, end);
    const std::size_t equals = std::min(argument.find('='), argument.size());
    arguments.emplace_back(argument.substr(0, equals), argument.substr(equals));
    if (end == query.size()) break;
    query.remove_prefix(end + 1);
  }
  std::sort(arguments.begin(), arguments.end());
  std::string out;
  for (const auto& [name, value] : arguments) {
    if (&name != &arguments.front().first) out += '&';
    out += name;
    out += value;
  }
  return out;
}

}  // namespace

std::string surt(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return lower(url);
  std::string key = reversed(without_www(parsed->host));
  if (!parsed->port.empty()) key += ":" + parsed->port;
  std::string path = path_with_single_slashes(normal_percent_encoding(parsed->path));
  if (path.size() > 1 && path.back() == '/') path.pop_back();
  key += ")" + lower(path);
  if (!parsed->query.empty())
    key += "?" + sorted_query(lower(normal_percent_encoding(parsed->query)));
  return key;
}

}  // namespace loccit
