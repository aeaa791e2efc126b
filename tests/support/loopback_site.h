// A well-behaved web site on 127.0.0.1, http or https, on a port of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/certificates.h"

namespace loccit::testing {

struct SiteRequest {
  std::string method, target;  // target with its query, as sent
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string header(const std::string& name) const;  // "" where absent; case-insensitive
};

struct SiteReply {
  int status = 200;
  std::string body = {};
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};
  bool chunked = false;
};

SiteReply redirect_to(const std::string& location, int status = 302);

using SiteHandler = std::function<SiteReply(const SiteRequest&)>;  // called on the server's threads

class LoopbackSite {
 public:
  explicit LoopbackSite(SiteHandler handler);
  LoopbackSite(SiteHandler handler, const Identity& identity);  // https
  ~LoopbackSite();
  LoopbackSite(const LoopbackSite&) = delete;
  LoopbackSite& operator=(const LoopbackSite&) = delete;

  int port() const;
  std::string url(const std::string& path) const;  // http(s)://127.0.0.1:port/path
  std::string url(const std::string& host,
                  const std::string& path) const;  // with that name; pair with connect_to()
  std::string connect_to() const;  // every host and port to this site, as --connect-to has it
  std::vector<SiteRequest> requests() const;  // so far, in the order of arrival

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loccit::testing
