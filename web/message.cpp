#include "web/message.h"

#include <algorithm>

#include "base/url.h"

namespace loccit {
namespace {

std::string form_decoded(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return percent_decoded(blanks);
}

std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

}  // namespace

std::optional<std::string> parameter(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    std::string_view value = cut(form, '&');
    if (form_decoded(cut(value, '=')) == name) return form_decoded(value);
  }
  return std::nullopt;
}

std::string cookie(const Headers& headers, std::string_view name) {
  std::string_view rest = header_value(headers, "Cookie");
  while (!rest.empty()) {
    std::string_view value = cut(rest, ';');
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (cut(value, '=') == name) return std::string(value);
  }
  return "";
}

WebResponse plain_text(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", {}, std::move(text)};
}

WebResponse redirect_to(std::string location, int status) {
  WebResponse response = plain_text(status, "see " + location + "\n");
  response.headers.push_back({"Location", std::move(location)});
  return response;
}

}  // namespace loccit
