#include "web/server.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <thread>

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>

#include "web/tls_handles.h"
#include "web/turnstile.h"

namespace loccit {
namespace {

namespace net = Poco::Net;

constexpr std::size_t most_form_bytes = 4096;

WebRequest request_from(net::HTTPServerRequest& from) {
  WebRequest request;
  request.method = from.getMethod();
  const std::string& target = from.getURI();
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  request.query = target.substr(std::min(mark + 1, target.size()));
  for (const auto& [name, value] : from) request.headers.push_back({name, value});
  if (request.method == "POST") {
    request.body.resize(most_form_bytes);
    from.stream().read(request.body.data(), most_form_bytes);
    request.body.resize(static_cast<std::size_t>(from.stream().gcount()));
  }
  return request;
}

class Handler : public net::HTTPRequestHandler {
 public:
  Handler(const Answering& answering, Turnstile& turnstile)
      : answering_(answering), turnstile_(turnstile) {}

  void handleRequest(net::HTTPServerRequest& from, net::HTTPServerResponse& to) override {
    WebResponse response;
    try {
      const Turnstile::Pass pass(turnstile_);
      response = answering_(request_from(from));
    } catch (const std::exception& error) {
      // One page's fault must not end the server; who asked learns what it was.
      response = plain_text(500, std::string("this should not happen: ") + error.what() + "\n");
    }
    to.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
    for (const Header& header : response.headers) to.add(header.name, header.value);
    const bool head_only = from.getMethod() == "HEAD";
    if (!response.file.empty() && !head_only) {
      to.sendFile(response.file.string(), response.media_type);
      return;
    }
    to.setContentType(response.media_type);
    if (head_only) {
      to.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
      to.send();
      return;
    }
    to.sendBuffer(response.body.data(), response.body.size());
  }

 private:
  const Answering& answering_;
  Turnstile& turnstile_;
};

class HandlerFactory : public net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(Answering answering) : answering_(std::move(answering)) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(answering_, turnstile_);
  }

 private:
  const Answering answering_;
  // Some answers wait for a disk or a store: more places than processors.
  Turnstile turnstile_{2 * std::max(2U, std::thread::hardware_concurrency())};
};

net::ServerSocket listening(const ServerOptions& options) {
  const net::SocketAddress address(options.address, static_cast<Poco::UInt16>(options.port));
  if (options.cert_file.empty()) return net::ServerSocket(address, 256);
  net::Context::Params params;
  params.privateKeyFile = options.key_file;
  params.certificateFile = options.cert_file;
  params.verificationMode = net::Context::VERIFY_NONE;  // of clients: they show a token
  net::Context::Ptr context(new net::Context(net::Context::TLS_SERVER_USE, params));
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  return net::SecureServerSocket(address, 256, context);
}

net::HTTPServerParams::Ptr limits(const ServerOptions& options) {
  net::HTTPServerParams::Ptr params(new net::HTTPServerParams);
  params->setMaxThreads(options.threads);
  params->setMaxQueued(256);
  params->setTimeout(Poco::Timespan(20, 0));
  params->setKeepAlive(true);
  params->setKeepAliveTimeout(Poco::Timespan(5, 0));
  params->setMaxKeepAliveRequests(0);
  params->setSoftwareVersion("loccit");
  return params;
}

}  // namespace

struct Server::State {
  State(Answering answering, const ServerOptions& options)
      : threads(4, options.threads),
        socket(listening(options)),
        server(new HandlerFactory(std::move(answering)), threads, socket, limits(options)) {
    server.start();
  }
  ~State() { server.stopAll(true); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  PocoTls tls;
  Poco::ThreadPool threads;
  net::ServerSocket socket;
  net::HTTPServer server;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;

Result<Server> Server::start(Answering answering, const ServerOptions& options) {
  try {
    return Server(std::make_unique<State>(std::move(answering), options));
  } catch (const Poco::Exception& error) {
    return fail(FailureKind::io, "cannot listen on " + options.address + ", port " +
                                     std::to_string(options.port) + ": " + error.displayText());
  }
}

int Server::port() const { return state_->socket.address().port(); }

}  // namespace loccit
