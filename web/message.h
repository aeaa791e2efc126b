// A request and its answer as plain data: every page is a function from one to the other, and needs
// no socket to be tested.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/http_message.h"

namespace loccit {

struct WebRequest {
  std::string method = "GET";
  std::string path = "/";  // as sent, percent-encoded
  std::string query;       // what follows "?", as sent
  Headers headers;
  std::string body;  // of a form, bounded by the server
};

struct WebResponse {
  int status = 200;
  std::string media_type = "text/html; charset=utf-8";  // the Content-Type header
  Headers headers;                                      // the others
  std::string body;
  std::filesystem::path file;  // sent in place of the body, where it is set
};

// A field of the query (or of a form's body), decoded; nullopt where it is not there.
std::optional<std::string> parameter(std::string_view form, std::string_view name);

// The value of one cookie, "" where it is not there (RFC 6265 §4.2.1).
std::string cookie(const Headers& headers, std::string_view name);

WebResponse plain_text(int status, std::string text);
WebResponse redirect_to(std::string location, int status = 303);

}  // namespace loccit
