#include "web/assets.h"

#include <algorithm>
#include <span>

#include "base/embedded_file.h"

namespace loccit {

std::span<const EmbeddedFile> web_assets();  // made from web/assets by cmake/embed.cmake

std::optional<WebResponse> asset(std::string_view path) {
  constexpr std::string_view description = "/api/v1/openapi.json";
  constexpr std::string_view folder = "/assets/";
  if (path != description && !path.starts_with(folder)) return std::nullopt;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const auto found = std::ranges::find(web_assets(), name, &EmbeddedFile::name);
  if (found == web_assets().end()) return std::nullopt;
  WebResponse response;
  response.media_type = name.ends_with(".css") ? "text/css; charset=utf-8" : "application/json";
  response.headers.push_back({"Cache-Control", "max-age=300"});
  response.body = found->content;
  return response;
}

}  // namespace loccit
