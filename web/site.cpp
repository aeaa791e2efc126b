#include "web/site.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "web/api.h"
#include "web/assets.h"
#include "web/memento.h"
#include "web/metrics.h"
#include "web/page.h"
#include "web/pages.h"

namespace loccit {
namespace {

// No script at all, nothing from elsewhere; frames only of our own sandboxed replays.
constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

void add_missing(Headers& headers, std::string_view name, std::string_view value) {
  if (header_value(headers, name).empty())
    headers.push_back({std::string(name), std::string(value)});
}

// "rest" of "/prefix/rest"; nullopt where the path begins otherwise.
std::optional<std::string_view> after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  return path.substr(prefix.size());
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

std::optional<WebResponse> snapshot_route(const WebRequest& request, const Archive& archive) {
  if (const auto id = after(request.path, "/replay/")) return snapshot_replay(archive, *id);
  const auto rest = after(request.path, "/snapshot/");
  if (!rest) return std::nullopt;
  const std::size_t slash = std::min(rest->find('/'), rest->size());
  const std::string_view id = rest->substr(0, slash);
  const std::string_view part = rest->substr(slash);
  if (part.empty()) return snapshot_page(request, archive, id);
  if (part == "/text") return snapshot_text(archive, id);
  if (part == "/payload") return snapshot_payload(archive, id);
  return std::nullopt;
}

std::optional<WebResponse> numbered_route(const WebRequest& request, Library& library) {
  if (const auto rest = after(request.path, "/citation/")) {
    if (const auto id = whole_number(*rest)) return citation_page(request, library, *id);
  }
  if (const auto rest = after(request.path, "/check/")) {
    const std::size_t slash = std::min(rest->find('/'), rest->size());
    const auto id = whole_number(rest->substr(0, slash));
    const std::string_view part = rest->substr(slash);
    if (id && part == "/report.html") return check_report(library, *id, "html");
    if (id && part == "/report.json") return check_report(library, *id, "json");
  }
  return std::nullopt;
}

// Neither the archive nor the time, the headers or who asks has a part in these.
bool is_of_registry_alone(std::string_view path) {
  constexpr std::array paths = {"/",
                                "/changes",
                                "/search",
                                "/api/v1/documents",
                                "/api/v1/citations",
                                "/api/v1/changes",
                                "/api/v1/checks"};
  return std::find(paths.begin(), paths.end(), path) != paths.end() ||
         path.starts_with("/citation/") || path.starts_with("/api/v1/citations/");
}

WebResponse health(Library& library) {
  const auto answered = library.ask([](Registry& registry) { return registry.standings(); });
  return answered ? plain_text(200, "ok\n") : plain_text(503, answered.error().message + "\n");
}

}  // namespace

Site::Site(Library& library, SiteOptions options, std::optional<ChangeWatch> watch)
    : library_(library), options_(std::move(options)), kept_(std::move(watch)) {}

WebResponse Site::route(const WebRequest& request) {
  const std::string& path = request.path;
  if (path == "/") return overview_page(request, library_);
  if (path == "/document") return document_page(request, library_);
  if (path == "/document/bundle") return bundle_download(request, library_);
  if (path == "/changes") return changes_page(request, library_);
  if (path == "/search") return search_page(request, library_);
  if (path == "/metrics") return metrics(library_, answers_);
  if (auto response = asset(path)) return std::move(*response);
  if (auto response = numbered_route(request, library_)) return std::move(*response);
  if (auto response = snapshot_route(request, library_.archive())) return std::move(*response);
  if (auto response = answer_api(request, library_)) return std::move(*response);
  const std::string host(header_value(request.headers, "Host"));
  const std::string base = options_.scheme + "://" + (host.empty() ? options_.authority : host);
  if (auto response = answer_memento(request, library_.archive(), base))
    return std::move(*response);
  return not_found_page("there is no page " + path);
}

WebResponse Site::answer(const WebRequest& request) {
  WebResponse response;
  // Whoever watches over the server needs no token to ask whether it lives.
  if (request.path == "/healthz") {
    response = health(library_);
  } else if (auto refusal = refuse(request, options_.access)) {
    response = std::move(*refusal);
  } else {
    response = is_of_registry_alone(request.path) ? kept_.answer(request.path + "?" + request.query,
                                                                 [&] { return route(request); })
                                                  : route(request);
  }
  add_missing(response.headers, "Content-Security-Policy", page_policy);
  add_missing(response.headers, "X-Content-Type-Options", "nosniff");
  add_missing(response.headers, "X-Frame-Options", "SAMEORIGIN");
  add_missing(response.headers, "Referrer-Policy", "no-referrer");
  add_missing(response.headers, "Cross-Origin-Opener-Policy", "same-origin");
  add_missing(response.headers, "Cross-Origin-Resource-Policy", "same-origin");
  add_missing(response.headers, "Cache-Control", "no-store");
  if (options_.scheme == "https")
    add_missing(response.headers, "Strict-Transport-Security", "max-age=31536000");
  const auto family = static_cast<std::size_t>(std::clamp(response.status / 100, 0, 5));
  answers_[family].fetch_add(1, std::memory_order_relaxed);
  return response;
}

}  // namespace loccit
