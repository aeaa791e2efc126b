// Where a URL begins in printed text: at a scheme, a DOI, or a host that is known for one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loccit {

struct UrlBeginning {
  std::size_t begin = 0;  // of the printed form
  std::size_t body = 0;   // of what follows `prefix`
  std::string prefix;     // what the URL begins with in place of text[begin, body)
  bool broken = false;    // a blank stood inside the scheme
  bool is_doi = false;
};

std::optional<UrlBeginning> beginning_at(std::string_view text, std::size_t at);

// "example.museum/catalogue" is no URL by its looks; a link of the document to that host makes it
// one.
using LinkedHosts = std::unordered_map<std::string_view, std::string_view>;  // host → scheme://

LinkedHosts linked_hosts(const std::vector<std::string>& annotations);
std::optional<UrlBeginning> linked_host_at(std::string_view text, std::size_t at,
                                           const LinkedHosts& linked);

}  // namespace loccit
