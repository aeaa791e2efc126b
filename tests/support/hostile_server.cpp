#include "support/hostile_server.h"

#include <array>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loccit::testing {
namespace {

bool ready(int socket, short events, std::chrono::milliseconds time) {
  pollfd entry{socket, events, 0};
  return ::poll(&entry, 1, static_cast<int>(time.count())) > 0;
}

constexpr std::chrono::milliseconds slice{20};

}  // namespace

std::string HostileServer::Peer::read_request() {
  std::string request;
  while (request.find("\r\n\r\n") == std::string::npos && !stopping_()) {
    if (!ready(socket_, POLLIN, slice)) continue;
    std::array<char, 4096> buffer{};
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return {};
    request.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return request;
}

bool HostileServer::Peer::send(std::string_view bytes) {
  while (!bytes.empty() && !stopping_()) {
    if (!ready(socket_, POLLOUT, slice)) continue;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return bytes.empty();
}

void HostileServer::Peer::pause(std::chrono::milliseconds time) {
  for (auto left = time; left.count() > 0 && !stopping_(); left -= slice)
    std::this_thread::sleep_for(std::min(left, slice));
}

void HostileServer::Peer::reset() {
  reset_ = true;
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

struct HostileServer::State {
  Script script;
  int listener = -1;
  int port = 0;
  std::atomic<bool> stop{false};
  std::atomic<int> accepted{0};
  std::function<bool()> stopping = [this] { return stop.load(); };
  std::vector<std::thread> players;  // touched by the accepting thread alone until it has ended
  std::thread acceptor;

  void play(int socket) {
    Peer peer(socket, stopping);
    script(peer);
    if (!peer.was_reset()) close_politely(socket);
    ::close(socket);
  }

  void close_politely(int socket) {
    ::shutdown(socket, SHUT_WR);
    // Waits for the client's FIN, so that unread input does not turn our FIN into an RST.
    for (int i = 0; i < 10 && !stop; ++i) {
      if (!ready(socket, POLLIN, slice)) continue;
      std::array<char, 4096> buffer{};
      if (::recv(socket, buffer.data(), buffer.size(), 0) <= 0) break;
    }
  }

  void accept_all() {
    while (!stop) {
      if (!ready(listener, POLLIN, slice)) continue;
      const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      ++accepted;
      players.emplace_back([this, socket] { play(socket); });
    }
  }
};

HostileServer::HostileServer(Script script) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.script = std::move(script);
  s.listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(s.listener, generic, size) != 0 || ::listen(s.listener, 64) != 0 ||
      ::getsockname(s.listener, generic, &size) != 0) {
    throw std::runtime_error("the hostile server found no port");
  }
  s.port = ntohs(address.sin_port);
  s.acceptor = std::thread([&s] { s.accept_all(); });
}

HostileServer::~HostileServer() {
  state_->stop = true;
  state_->acceptor.join();
  for (std::thread& player : state_->players) player.join();
  ::close(state_->listener);
}

int HostileServer::port() const { return state_->port; }
std::string HostileServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(state_->port) + path;
}
int HostileServer::connections() const { return state_->accepted; }

HostileServer::Script always(std::string answer) {
  return [answer = std::move(answer)](HostileServer::Peer& peer) {
    if (!peer.read_request().empty()) peer.send(answer);
  };
}

}  // namespace loccit::testing
