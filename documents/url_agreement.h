// What a document's own links say of the URLs that it prints.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/url_beginning.h"

namespace loccit {

struct UrlAgreement {
  std::size_t end = 0;
  std::string url;
  bool undone_blank = false;  // the annotation carried the break as %20
  bool mended = false;        // print lost something that the annotation has
};

// Of the links that say what is printed from there on, the one that goes farthest.
std::optional<UrlAgreement> best_agreement(std::string_view text, const UrlBeginning& from,
                                           const std::vector<std::string>& annotations);

}  // namespace loccit
