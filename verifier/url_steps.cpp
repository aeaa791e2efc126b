#include "verifier/url_steps.h"

#include <algorithm>

#include "base/ascii.h"
#include "verifier/lexicon_data.h"

namespace loccit {
namespace {

using ascii::is_lower;

bool on_list(std::string_view word, std::string_view section) {
  const auto& lines = sign_phrases(section);
  return std::find(lines.begin(), lines.end(), word) != lines.end();
}

// "en", "pt-br", "zh_hans".
bool is_language(std::string_view step) {
  const std::size_t mark = step.find_first_of("-_");
  const std::string_view primary = step.substr(0, mark);
  if (primary.size() != 2 || !std::all_of(primary.begin(), primary.end(), is_lower)) return false;
  const std::string_view rest =
      mark == std::string_view::npos ? std::string_view() : step.substr(mark + 1);
  return rest.size() <= 4 && std::all_of(rest.begin(), rest.end(), is_lower);
}

}  // namespace

UrlSteps::UrlSteps(std::string_view text) {
  const auto parsed = parse_url(text);
  if (!parsed) return;
  url_ = *parsed;
  std::string_view path = url_->path;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    std::string step(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (path.empty() || path == "/") step.resize(std::min(step.find_last_of('.'), step.size()));
    std::transform(step.begin(), step.end(), step.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (!step.empty()) steps_.push_back(std::move(step));
  }
}

bool UrlSteps::is_front() const {
  if (!url_) return false;
  // What a query asks for may be any page; a campaign's mark ("?utm_source=…") asks for none.
  if (url_->has_query && url_->query.find("utm_") != 0) return false;
  return steps_.size() <= 2 && std::all_of(steps_.begin(), steps_.end(), [](const auto& step) {
           return is_language(step) || on_list(step, "front-path");
         });
}

bool UrlSteps::has_step(std::string_view section) const {
  return std::any_of(steps_.begin(), steps_.end(),
                     [&](const auto& step) { return on_list(step, section); });
}

bool UrlSteps::has_host_label(std::string_view section) const {
  return url_ && on_list(std::string_view(url_->host).substr(0, url_->host.find('.')), section);
}

bool UrlSteps::is_shortener() const {
  if (!url_) return false;
  const std::string_view host = url_->host;
  return on_list(host.substr(0, 4) == "www." ? host.substr(4) : host, "shortener");
}

}  // namespace loccit
