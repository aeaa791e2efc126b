#include "fetcher/fetcher.h"

#include "fetching.h"
#include "support/loopback_site.h"

namespace loccit {
namespace {

using testing::fault_of;
using testing::fetch;
using testing::LoopbackSite;
using testing::message_of;
using testing::quick;
using testing::redirect_to;
using testing::SiteReply;
using testing::SiteRequest;

TEST(Fetcher, KeepsRequestAndAnswerAsTheyWentOverTheWire) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{.body = "<p>hello</p>"}; });
  const Exchange exchange = fetch(site.url("/a?b#c"));
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  ASSERT_EQ(exchange.hops.size(), 1U);
  const Hop& hop = exchange.hops[0];
  EXPECT_EQ(exchange.requested_url, site.url("/a?b#c"));
  EXPECT_EQ(hop.url, site.url("/a?b"));
  EXPECT_EQ(hop.request_head.substr(0, 18), "GET /a?b HTTP/1.1\r");
  EXPECT_EQ(hop.request_head.substr(hop.request_head.size() - 4), "\r\n\r\n");
  EXPECT_EQ(hop.response_head.substr(0, 17), "HTTP/1.1 200 OK\r\n");
  EXPECT_EQ(hop.response_head.substr(hop.response_head.size() - 4), "\r\n\r\n");
  EXPECT_EQ(hop.status, 200);
  EXPECT_EQ(hop.body.view(), "<p>hello</p>");
  EXPECT_EQ(hop.protocol, "http/1.1");
  EXPECT_EQ(hop.remote_address, "127.0.0.1");
  EXPECT_EQ(hop.remote_port, site.port());
  EXPECT_EQ(header_value(hop.headers, "content-type"), "text/html; charset=utf-8");
  EXPECT_GT(hop.timings.total.count(), 0);
  EXPECT_FALSE(hop.tls);
  EXPECT_EQ(hop.truncation, Truncation::none);
}

TEST(Fetcher, KeepsTheFramingOfAChunkedBody) {
  const LoopbackSite site(
      [](const SiteRequest&) { return SiteReply{.body = "hello", .chunked = true}; });
  const Exchange exchange = fetch(site.url("/"));
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].body.view(), "5\r\nhello\r\n0\r\n\r\n");
  EXPECT_EQ(payload(exchange.hops[0]).value(), "hello");
}

TEST(Fetcher, SaysWhoAsksInHeadersThatABrowserWouldSend) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{}; });
  FetchOptions options = quick();
  options.contact = "https://loccit.example/why";
  fetch(site.url("/"), options);
  const SiteRequest request = site.requests().at(0);
  const std::string agent = request.header("User-Agent");
  EXPECT_NE(agent.find("loccit/"), std::string::npos);
  EXPECT_NE(agent.find("https://loccit.example/why"), std::string::npos);
  for (const char* bitten : {"link", "bot", "check", "crawler", "spider"})
    EXPECT_EQ(agent.find(bitten), std::string::npos) << agent;
  EXPECT_EQ(request.method, "GET");
  EXPECT_NE(request.header("Accept").find("text/html"), std::string::npos);
  EXPECT_NE(request.header("Accept-Encoding").find("gzip"), std::string::npos);
  EXPECT_FALSE(request.header("Accept-Language").empty());
}

TEST(Fetcher, FollowsRedirectsAndKeepsEachHop) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/1") return redirect_to("/2", 301);
    if (request.target == "/2") return redirect_to("3#part", 302);
    if (request.target == "/3") return redirect_to("/4", 308);
    return SiteReply{.body = "there"};
  });
  const Exchange exchange = fetch(site.url("/1"));
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  ASSERT_EQ(exchange.hops.size(), 4U);
  EXPECT_EQ(exchange.hops[0].status, 301);
  EXPECT_EQ(exchange.hops[1].status, 302);
  EXPECT_EQ(exchange.hops[2].url, site.url("/3"));
  EXPECT_EQ(exchange.hops[2].fragment, "part");
  EXPECT_EQ(exchange.hops[3].url, site.url("/4"));
  EXPECT_EQ(exchange.hops[3].body.view(), "there");
}

TEST(Fetcher, FollowsMetaRefreshAndRefreshHeaders) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/1")
      return SiteReply{.body = "<meta http-equiv=refresh content='0;url=/2'>"};
    if (request.target == "/2") return SiteReply{.headers = {{"Refresh", "1; url=/3"}}};
    return SiteReply{.body = "there"};
  });
  const Exchange exchange = fetch(site.url("/1"));
  ASSERT_EQ(exchange.hops.size(), 3U);
  EXPECT_EQ(exchange.hops[2].body.view(), "there");
}

TEST(Fetcher, EndsRedirectLoopsAndChainsThatAreTooLong) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/loop") return redirect_to("/pool");
    if (request.target == "/pool") return redirect_to("/loop");
    return redirect_to(request.target + "x");
  });
  const Exchange loop = fetch(site.url("/loop"));
  EXPECT_EQ(fault_of(loop), "too-many-redirects");
  EXPECT_NE(message_of(loop).find("circle"), std::string::npos);
  FetchOptions options = quick();
  options.max_redirects = 3;
  const Exchange chain = fetch(site.url("/a"), options);
  EXPECT_EQ(fault_of(chain), "too-many-redirects");
  EXPECT_EQ(chain.hops.size(), 4U);
}

TEST(Fetcher, FollowsNoRedirectOutOfTheWeb) {
  for (const char* target : {"file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1:70/",
                             "javascript:alert(1)"}) {
    const LoopbackSite site([&](const SiteRequest&) { return redirect_to(target); });
    const Exchange exchange = fetch(site.url("/"));
    EXPECT_EQ(fault_of(exchange), "bad-scheme") << target;
    EXPECT_NE(message_of(exchange).find(target), std::string::npos) << message_of(exchange);
    EXPECT_EQ(exchange.hops.size(), 1U);
  }
}

TEST(Fetcher, RefusesAddressesWhenTheSocketIsOpened) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{}; });
  FetchOptions options = quick();
  options.allow_net.clear();
  const std::string port = std::to_string(site.port());
  for (const std::string host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1",
                                 "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"}) {
    const Exchange exchange = fetch("http://" + host + ":" + port + "/", options);
    EXPECT_EQ(fault_of(exchange), "special-address") << host << ": " << message_of(exchange);
    EXPECT_NE(message_of(exchange).find("--allow-net"), std::string::npos) << message_of(exchange);
  }
  options.connect_to = {site.connect_to()};
  EXPECT_EQ(fault_of(fetch("http://www.example.org/", options)), "special-address")
      << "the address really contacted counts";
  EXPECT_TRUE(site.requests().empty());
}

TEST(Fetcher, RefusesARedirectToAPrivateAddress) {
  const LoopbackSite site([](const SiteRequest&) { return redirect_to("http://10.0.0.1/admin"); });
  const Exchange exchange = fetch(site.url("/"));
  EXPECT_EQ(fault_of(exchange), "special-address");
  EXPECT_NE(message_of(exchange).find("10.0.0.1"), std::string::npos);
  EXPECT_EQ(exchange.hops.size(), 2U);
}

TEST(Fetcher, ReachesNamesAtOtherPlacesByConnectTo) {
  const LoopbackSite site(
      [](const SiteRequest& request) { return SiteReply{.body = request.header("Host")}; });
  FetchOptions options = quick();
  options.connect_to = {site.connect_to()};
  const Exchange exchange = fetch("http://www.example.org/x", options);
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].body.view(), "www.example.org");
  EXPECT_EQ(exchange.hops[0].remote_address, "127.0.0.1");
}

TEST(Fetcher, AsksForOneSourceOnceHoweverOftenItIsCited) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{.body = "x"}; });
  auto fetcher = Fetcher::create(quick(), system_clock());
  const std::vector<FetchRequest> requests = {
      {site.url("/a#1")}, {site.url("/b")}, {site.url("/./%61#2")}};
  std::vector<std::vector<std::size_t>> answered;
  fetcher->fetch_all(requests, [&](std::span<const std::size_t> indices, Exchange) {
    answered.emplace_back(indices.begin(), indices.end());
  });
  std::sort(answered.begin(), answered.end());
  EXPECT_EQ(answered, (std::vector<std::vector<std::size_t>>{{0, 2}, {1}}));
  EXPECT_EQ(site.requests().size(), 2U);
}

TEST(Fetcher, FailsBadUrlsAndForeignSchemesWithoutHoldingUpTheRest) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{.body = "x"}; });
  const auto exchanges = testing::fetch_all(
      {"http://[broken/", "ftp://example.org/", "mailto:a@b", "no url", site.url("/")}, quick());
  EXPECT_EQ(fault_of(exchanges[0]), "bad-url");
  EXPECT_EQ(fault_of(exchanges[1]), "bad-scheme");
  EXPECT_EQ(fault_of(exchanges[2]), "bad-scheme");
  EXPECT_EQ(fault_of(exchanges[3]), "bad-url");
  EXPECT_EQ(fault_of(exchanges[4]), "none");
}

TEST(Fetcher, SendsCookiesBackWithinOneChainAndNeverAcrossHostsOrChains) {
  const LoopbackSite other([](const SiteRequest&) { return SiteReply{.body = "x"}; });
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/away") {
      SiteReply reply = redirect_to("http://b.example/");
      reply.headers.emplace_back("Set-Cookie", "secret=1");
      return reply;
    }
    if (request.header("Cookie").empty()) {
      SiteReply reply = redirect_to(request.target);
      reply.headers.emplace_back("Set-Cookie", "seen=1");
      return reply;
    }
    return SiteReply{.body = request.header("Cookie")};
  });
  FetchOptions options = quick();
  options.connect_to = {"a.example:80:127.0.0.1:" + std::to_string(site.port()),
                        "b.example:80:127.0.0.1:" + std::to_string(other.port())};
  const auto exchanges = testing::fetch_all(
      {"http://a.example/1", "http://a.example/2", "http://a.example/away"}, options);
  EXPECT_EQ(exchanges[0].hops.back().body.view(), "seen=1");
  EXPECT_EQ(exchanges[1].hops.size(), 2U)
      << "a second chain begins without the cookies of the first";
  ASSERT_EQ(other.requests().size(), 1U);
  EXPECT_EQ(other.requests()[0].header("Cookie"), "");
}

TEST(Fetcher, SendsCredentialsToTheirOwnHostOnly) {
  const LoopbackSite other([](const SiteRequest&) { return SiteReply{.body = "x"}; });
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/in") return redirect_to("/deeper");
    return redirect_to(other.url("/"));
  });
  const std::string with_password =
      "http://user:pa%20ss@127.0.0.1:" + std::to_string(site.port()) + "/in";
  const Exchange exchange = fetch(with_password);
  ASSERT_EQ(exchange.hops.size(), 3U);
  EXPECT_EQ(site.requests()[0].header("Authorization"), "Basic dXNlcjpwYSBzcw==");
  EXPECT_EQ(site.requests()[1].header("Authorization"), "Basic dXNlcjpwYSBzcw==");
  EXPECT_EQ(other.requests()[0].header("Authorization"), "");
  for (const Hop& hop : exchange.hops)
    EXPECT_EQ(hop.url.find("pa%20ss"), std::string::npos) << hop.url;
}

TEST(Fetcher, AsksConditionallyForWhatItHolds) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target.find("/moved") == 0) return redirect_to("/page");
    return SiteReply{.status = request.header("If-None-Match") == "\"v1\"" ? 304 : 200};
  });
  auto fetcher = Fetcher::create(quick(), system_clock());
  const std::vector<FetchRequest> requests = {
      {site.url("/page"), "\"v1\"", "Tue, 24 Nov 2026 16:00:00 GMT", ""},
      {site.url("/moved"), "\"v1\"", "", ""},
      {site.url("/moved?2"), "\"v1\"", "", site.url("/page")}};
  std::vector<int> status(3);
  fetcher->fetch_all(requests, [&](std::span<const std::size_t> i, Exchange exchange) {
    status[i.front()] = exchange.hops.back().status;
  });
  EXPECT_EQ(status[0], 304);
  EXPECT_EQ(status[1], 200) << "validators go to no other URL than the one they came from";
  EXPECT_EQ(status[2], 304);
  for (const SiteRequest& request : site.requests()) {
    const bool asked = !request.header("If-None-Match").empty();
    EXPECT_TRUE(asked || request.target != "/moved") << request.target;
    EXPECT_FALSE(asked && request.target == "/moved?2");
  }
}

TEST(Fetcher, LooksLikeABrowserOnlyWhenRefusedAndAllowedTo) {
  const LoopbackSite site([](const SiteRequest& request) {
    return SiteReply{.status = request.header("User-Agent").find("Mozilla") == 0 ? 200 : 403};
  });
  EXPECT_EQ(fetch(site.url("/")).hops.back().status, 403);
  FetchOptions options = quick();
  options.browser_headers_on_refusal = true;
  const Exchange exchange = fetch(site.url("/"), options);
  EXPECT_EQ(exchange.hops.back().status, 200);
  EXPECT_NE(exchange.note.find("browser"), std::string::npos);
}

TEST(Fetcher, WantsOptionsThatMakeSense) {
  const auto message = [](const std::function<void(FetchOptions&)>& change) {
    FetchOptions options = quick();
    change(options);
    const auto fetcher = Fetcher::create(options, system_clock());
    return fetcher ? "none" : fetcher.error().message;
  };
  EXPECT_NE(message([](FetchOptions& o) { o.allow_net = {"127.0.0.1/64"}; }).find("127.0.0.1/64"),
            std::string::npos);
  EXPECT_NE(message([](FetchOptions& o) { o.connect_to = {"a:b"}; }).find("HOST1"),
            std::string::npos);
  EXPECT_NE(message([](FetchOptions& o) { o.connect_to = {"a:80:b:http"}; }).find("HOST1"),
            std::string::npos);
  EXPECT_NE(message([](FetchOptions& o) { o.ca_file = "/nowhere.pem"; }).find("/nowhere.pem"),
            std::string::npos);
  EXPECT_NE(message([](FetchOptions& o) { o.user_agent = "a\r\nEvil: 1"; }), "none");
  EXPECT_NE(message([](FetchOptions& o) { o.concurrency = 0; }), "none");
  EXPECT_EQ(message([](FetchOptions& o) {
              o.connect_to = {"::127.0.0.1:8080", "[::1]:80:[::1]:81", "a:443::"};
            }),
            "none");
}

}  // namespace
}  // namespace loccit
