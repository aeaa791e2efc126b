#include "support/loopback_site.h"

#include <mutex>
#include <sstream>

#include <Poco/Crypto/EVPPKey.h>
#include <Poco/Crypto/X509Certificate.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/String.h>
#include <Poco/ThreadPool.h>

namespace loccit::testing {
namespace {

namespace net = Poco::Net;

// What the handlers share with the site: outlives them because the site stops the server first.
struct Shared {
  SiteHandler handler;
  std::mutex mutex;
  std::vector<SiteRequest> requests;
};

class Handler : public net::HTTPRequestHandler {
 public:
  explicit Handler(Shared& shared) : shared_(shared) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    SiteRequest seen{request.getMethod(), request.getURI(), {}};
    for (const auto& [name, value] : request) seen.headers.emplace_back(name, value);
    {
      const std::lock_guard lock(shared_.mutex);
      shared_.requests.push_back(seen);
    }
    const SiteReply reply = shared_.handler(seen);
    response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(reply.status));
    if (!reply.content_type.empty()) response.set("Content-Type", reply.content_type);
    for (const auto& [name, value] : reply.headers) response.add(name, value);
    if (reply.chunked) {
      response.setChunkedTransferEncoding(true);
      response.send() << reply.body;
    } else {
      response.sendBuffer(reply.body.data(), reply.body.size());
    }
  }

 private:
  Shared& shared_;
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Shared& shared) : shared_(shared) {}
  net::HTTPRequestHandler* createRequestHandler(
      const net::HTTPServerRequest& /*request*/) override {
    return new Handler(shared_);
  }

 private:
  Shared& shared_;
};

net::ServerSocket secure_socket(const Identity& identity) {
  net::initializeSSL();
  net::Context::Ptr context(new net::Context(net::Context::TLS_SERVER_USE, "",
                                             net::Context::VERIFY_NONE, 9, false, "HIGH"));
  std::istringstream key(identity.key_pem);
  context->usePrivateKey(Poco::Crypto::EVPPKey(nullptr, &key));
  constexpr std::string_view end_line = "-----END CERTIFICATE-----\n";
  std::string_view rest = identity.certificate_pem;
  for (bool leaf = true; !rest.empty(); leaf = false) {
    const std::size_t end = rest.find(end_line);
    if (end == std::string_view::npos) break;
    std::istringstream pem{std::string(rest.substr(0, end + end_line.size()))};
    rest.remove_prefix(end + end_line.size());
    const Poco::Crypto::X509Certificate certificate(pem);
    leaf ? context->useCertificate(certificate) : context->addChainCertificate(certificate);
  }
  return net::SecureServerSocket(net::SocketAddress("127.0.0.1", 0), 64, context);
}

}  // namespace

std::string SiteRequest::header(const std::string& name) const {
  for (const auto& [candidate, value] : headers) {
    if (Poco::icompare(candidate, name) == 0) return value;
  }
  return {};
}

SiteReply redirect_to(const std::string& location, int status) {
  SiteReply reply{.status = status, .body = "<a href=\"" + location + "\">here</a>"};
  reply.headers.emplace_back("Location", location);
  return reply;
}

struct LoopbackSite::State {
  Shared shared;
  std::string scheme;
  net::ServerSocket socket;
  Poco::ThreadPool threads{2, 64};
  std::unique_ptr<net::HTTPServer> server;

  State(SiteHandler handler, std::string scheme_name, net::ServerSocket listening)
      : scheme(std::move(scheme_name)), socket(std::move(listening)) {
    shared.handler = std::move(handler);
    net::HTTPServerParams::Ptr params(new net::HTTPServerParams);
    params->setMaxThreads(64);
    params->setMaxQueued(256);
    params->setTimeout(Poco::Timespan(10, 0));
    params->setKeepAliveTimeout(Poco::Timespan(2, 0));
    server = std::make_unique<net::HTTPServer>(new Factory(shared), threads, socket, params);
    server->start();
  }
};

LoopbackSite::LoopbackSite(SiteHandler handler)
    : state_(std::make_unique<State>(std::move(handler), "http",
                                     net::ServerSocket(net::SocketAddress("127.0.0.1", 0), 64))) {}
LoopbackSite::LoopbackSite(SiteHandler handler, const Identity& identity)
    : state_(std::make_unique<State>(std::move(handler), "https", secure_socket(identity))) {}

LoopbackSite::~LoopbackSite() {
  state_->server->stopAll(true);
  state_->threads.joinAll();
}

int LoopbackSite::port() const { return state_->socket.address().port(); }

std::string LoopbackSite::url(const std::string& path) const { return url("127.0.0.1", path); }
std::string LoopbackSite::url(const std::string& host, const std::string& path) const {
  return state_->scheme + "://" + host + ":" + std::to_string(port()) + path;
}
std::string LoopbackSite::connect_to() const { return "::127.0.0.1:" + std::to_string(port()); }

std::vector<SiteRequest> LoopbackSite::requests() const {
  const std::lock_guard lock(state_->shared.mutex);
  return state_->shared.requests;
}

}  // namespace loccit::testing
