// A TCP server on 127.0.0.1 that plays a script on each connection: for answers that no proper
// server would give.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace loccit::testing {

class HostileServer {
 public:
  // One accepted connection; its calls return at once when the server is being destroyed.
  class Peer {
   public:
    Peer(int socket, const std::function<bool()>& stopping)
        : socket_(socket), stopping_(stopping) {}
    std::string read_request();         // up to the blank line; "" where the client went away
    bool send(std::string_view bytes);  // false: the client went away
    void pause(std::chrono::milliseconds time);
    void reset();  // RST instead of FIN
    bool stopping() const { return stopping_(); }

    bool was_reset() const { return reset_; }

   private:
    int socket_;
    bool reset_ = false;
    const std::function<bool()>& stopping_;
  };
  using Script = std::function<void(Peer&)>;

  explicit HostileServer(Script script);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  int port() const;
  std::string url(const std::string& path) const;
  int connections() const;  // accepted so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A script that reads the request and answers every time with these bytes, then closes.
HostileServer::Script always(std::string answer);

}  // namespace loccit::testing
