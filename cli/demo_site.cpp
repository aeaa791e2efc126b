#include "cli/demo_site.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include <Poco/Crypto/EVPPKey.h>
#include <Poco/Crypto/X509Certificate.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>

#include "cli/demo_files.h"
#include "manifests/certificate_maker.h"
#include "web/tls_handles.h"

namespace loccit {
namespace {

namespace net = Poco::Net;

struct DemoPage {
  std::string_view host, path;
  int status;
  std::string_view file;  // of cli/demo_data; of a redirect: where to
};

constexpr std::array pages = {
    DemoPage{"assembly.lantern-isles.example", "/statements/2024/sable-causeway", 200,
             "assembly-statement.html"},
    DemoPage{"assembly.lantern-isles.example", "/resolutions/24-7.html", 200,
             "assembly-resolution.html"},
    DemoPage{"pilots-guild.example", "/news/night-watch", 200, "pilots-guild.html"},
    DemoPage{"ferry-office.example", "/timetable/winter-2024", 200, "ferry-office.html"},
    DemoPage{"courant.example", "/letters/fishers-to-the-warden", 200, "courant.html"},
    DemoPage{"lamp-society.example", "/causeway-lamps", 200, "lamp-society.html"},
    DemoPage{"roads.estmere.example", "/offers/dredgers", 404, "not-found.html"},
    DemoPage{"foreign-affairs.estmere.example", "/statements/2024-03-12", 200, "not-found.html"},
    DemoPage{"chancellerie.quillon.example", "/communiques/chaussee", 200, "quillon-chancery.html"},
    DemoPage{"post.quillon.example", "/free-mail", 301,
             "https://chancellerie.quillon.example/post/free-mail"},
    DemoPage{"chancellerie.quillon.example", "/post/free-mail", 200, "quillon-post.html"},
    DemoPage{"averne-town.example", "/council/declaration-16-march", 403, "averne-login.html"},
    DemoPage{"speaker.hill-cantons.example", "/messages/mules", 500, "not-found.html"},
    DemoPage{"marshal.sorrel.example", "/messages/spring", 200, "marshal.html"},
    DemoPage{"almanac-office.example", "/tides/spring-2024.txt", 200, "almanac.txt"},
    // A private address, which loccit refuses to connect to.
    DemoPage{"record-office.example", "/charters/causeway", 302,
             "http://10.77.0.1/charters/causeway"},
};
constexpr std::string_view untrusted_host = "marshal.sorrel.example";
constexpr std::string_view dead_host = "envoy.sorrel.example";

class PageHandler : public net::HTTPRequestHandler {
 public:
  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const std::string host = request.getHost().substr(0, request.getHost().find(':'));
    const auto page = std::ranges::find_if(
        pages, [&](const DemoPage& p) { return p.host == host && p.path == request.getURI(); });
    const int status = page == pages.end() ? 404 : page->status;
    response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(status));
    std::string_view body = demo_file("not-found.html");
    if (status == 301 || status == 302) {
      response.set("Location", std::string(page->file));
    } else if (page != pages.end()) {
      body = demo_file(page->file);
    }
    const bool plain = page != pages.end() && page->file.ends_with(".txt");
    response.setContentType(plain ? "text/plain; charset=utf-8" : "text/html; charset=utf-8");
    response.sendBuffer(body.data(), body.size());
  }
};

class PageHandlerFactory : public net::HTTPRequestHandlerFactory {
 public:
  net::HTTPRequestHandler* createRequestHandler(
      const net::HTTPServerRequest& /*request*/) override {
    return new PageHandler;
  }
};

// Made at start: a certificate in the repository would expire.
struct DemoCertificate {
  std::string key_pem;
  std::string certificate_pem;
};

DemoCertificate make_certificate(const std::vector<std::string>& hosts) {
  const SigningKey key = SigningKey::generate(KeyKind::ec_p256);
  const auto certificate =
      self_signed_certificate(key, hosts.front(), system_clock()(), 2, std::span(hosts).subspan(1));
  if (!certificate) throw std::runtime_error(certificate.error().message);
  return {key.to_pem(), write_certificates(std::span(&*certificate, 1))};
}

net::ServerSocket secure_socket(const DemoCertificate& certificate) {
  net::Context::Ptr context(
      new net::Context(net::Context::TLS_SERVER_USE, "", net::Context::VERIFY_NONE));
  std::istringstream key(certificate.key_pem);
  context->usePrivateKey(Poco::Crypto::EVPPKey(nullptr, &key));
  std::istringstream pem(certificate.certificate_pem);
  context->useCertificate(Poco::Crypto::X509Certificate(pem));
  return net::SecureServerSocket(net::SocketAddress("127.0.0.1", 0), 64, context);
}

std::vector<std::string> trusted_hosts() {
  std::set<std::string> hosts;
  for (const DemoPage& page : pages) hosts.emplace(page.host);
  hosts.erase(std::string(untrusted_host));
  return {hosts.begin(), hosts.end()};
}

// One that nobody listens on: bound, and let go again.
int closed_port() { return net::ServerSocket(net::SocketAddress("127.0.0.1", 0)).address().port(); }

class Server {
 public:
  explicit Server(const DemoCertificate& certificate)
      : socket_(secure_socket(certificate)),
        server_(new PageHandlerFactory, threads_, socket_, new net::HTTPServerParams) {
    server_.start();
  }
  ~Server() { server_.stopAll(true); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  int port() const { return socket_.address().port(); }

 private:
  Poco::ThreadPool threads_{2, 32};
  net::ServerSocket socket_;
  net::HTTPServer server_;
};

}  // namespace

struct DemoSite::State {
  PocoTls tls;
  DemoCertificate trusted = make_certificate(trusted_hosts());
  Server site{trusted};
  Server impostor{make_certificate({std::string(untrusted_host)})};
};

DemoSite::DemoSite() : state_(std::make_unique<State>()) {}
DemoSite::~DemoSite() = default;

std::vector<std::string> DemoSite::connect_to() const {
  std::vector<std::string> mappings;
  const auto add = [&](std::string_view host, int port) {
    mappings.push_back(std::string(host) + ":443:127.0.0.1:" + std::to_string(port));
  };
  for (const std::string& host : trusted_hosts()) add(host, state_->site.port());
  add(untrusted_host, state_->impostor.port());
  add(dead_host, closed_port());
  return mappings;
}

const std::string& DemoSite::trusted_pem() const { return state_->trusted.certificate_pem; }

}  // namespace loccit
