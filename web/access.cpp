#include "web/access.h"

#include <algorithm>

#include "base/digest.h"
#include "web/page.h"

namespace loccit {
namespace {

constexpr std::string_view cookie_name = "loccit_token";

// Digests are compared, so that the time it takes tells nothing of how much was right.
bool same_secret(std::string_view a, std::string_view b) { return sha256(a) == sha256(b); }

std::string without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
  return std::string(has_port ? host.substr(0, colon) : host);
}

bool shows_token(const WebRequest& request, const std::string& token) {
  constexpr std::string_view bearer = "Bearer ";
  const std::string_view authorization = header_value(request.headers, "Authorization");
  if (authorization.starts_with(bearer))
    return same_secret(authorization.substr(bearer.size()), token);
  return same_secret(cookie(request.headers, cookie_name), token);
}

WebResponse login_page(int status, const char* said) {
  WebResponse response =
      html_page({"Sign in", std::string("<p>") + said +
                                "</p>\n<form method=\"post\" action=\"/login\" class=\"ask\">\n"
                                "<label>Token <input type=\"password\" name=\"token\" "
                                "autocomplete=\"current-password\" required></label>\n"
                                "<button>Sign in</button>\n</form>\n"});
  response.status = status;
  if (status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return response;
}

WebResponse log_in(const WebRequest& request, const AccessRules& rules) {
  if (request.method != "POST") return login_page(200, "This server asks for a token.");
  const std::string shown = parameter(request.body, "token").value_or("");
  if (!same_secret(shown, rules.token)) return login_page(403, "That is not the token.");
  WebResponse response = redirect_to("/");
  response.headers.push_back({"Set-Cookie", std::string(cookie_name) + "=" + rules.token +
                                                "; Path=/; HttpOnly; SameSite=Strict" +
                                                (rules.secure ? "; Secure" : "")});
  return response;
}

}  // namespace

bool is_loopback_host(std::string_view host) {
  const std::string name = without_port(host);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

std::optional<WebResponse> refuse(const WebRequest& request, const AccessRules& rules) {
  // A page elsewhere whose name was made to point here must not read what is here.
  const std::string_view host = header_value(request.headers, "Host");
  const bool ours =
      rules.hosts.empty() || is_loopback_host(host) ||
      std::find(rules.hosts.begin(), rules.hosts.end(), without_port(host)) != rules.hosts.end();
  if (!ours) return plain_text(421, "this server does not answer for the host that was asked\n");
  if (!rules.token.empty()) {
    if (request.path == "/login") return log_in(request, rules);
    if (!shows_token(request, rules.token)) return login_page(401, "This server asks for a token.");
  }
  if (request.method != "GET" && request.method != "HEAD") {
    WebResponse response = plain_text(405, "this server only reads\n");
    response.headers.push_back({"Allow", "GET, HEAD"});
    return response;
  }
  return std::nullopt;
}

}  // namespace loccit
