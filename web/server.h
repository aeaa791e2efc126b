// The HTTP server under the pages.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "web/message.h"

namespace loccit {

struct ServerOptions {
  std::string address = "127.0.0.1";
  int port = 8090;        // 0: any that is free
  std::string cert_file;  // PEM, chain included; with key_file: https
  std::string key_file;
  int threads = 128;  // each open connection holds one; more wait
};

// Called from many threads.
using Answering = std::function<WebResponse(const WebRequest& request)>;

class Server {
 public:
  // Listens once this returns.
  static Result<Server> start(Answering answering, const ServerOptions& options);
  ~Server();  // answers what was asked, then stops
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;

  int port() const;

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
