// Where on its site a URL lies, by the steps of its path.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"

namespace loccit {

class UrlSteps {
 public:
  explicit UrlSteps(std::string_view url);
  bool parsed() const { return url_.has_value(); }

  // The site's front page, also in a language ("/fr/", "/en/index.html").
  bool is_front() const;
  // A step of the path is on that list of verifier/signs, extension and case aside.
  bool has_step(std::string_view section) const;
  // The host's first label is.
  bool has_host_label(std::string_view section) const;
  bool is_shortener() const;

 private:
  std::optional<Url> url_;
  std::vector<std::string> steps_;  // lower case, the last without its extension
};

}  // namespace loccit
