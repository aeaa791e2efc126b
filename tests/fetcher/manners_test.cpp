// How hosts are treated: pauses, robots.txt, Retry-After, tries; and how a run is ended.
#include <atomic>
#include <thread>

#include "fetching.h"
#include "support/hostile_server.h"
#include "support/loopback_site.h"

namespace loccit {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using testing::fetch;
using testing::HostileServer;
using testing::LoopbackSite;
using testing::message_of;
using testing::quick;
using testing::SiteReply;
using testing::SiteRequest;

FetchOptions obedient() {
  FetchOptions options = quick();
  options.respect_robots = true;
  return options;
}

SiteReply text(std::string body, int status = 200) {
  return SiteReply{.status = status, .body = std::move(body), .content_type = "text/plain"};
}

std::vector<std::string> targets(const LoopbackSite& site) {
  std::vector<std::string> seen;
  for (const SiteRequest& request : site.requests()) seen.push_back(request.target);
  return seen;
}

TEST(Robots, AreAskedForOnceAndHandedOnAsEvidence) {
  const LoopbackSite site([](const SiteRequest& request) {
    return text(request.target == "/robots.txt" ? "User-agent: *\nDisallow: /private\n" : "page");
  });
  auto fetcher = Fetcher::create(obedient(), system_clock());
  const std::vector<FetchRequest> requests = {
      {site.url("/a")}, {site.url("/private/b")}, {site.url("/c")}};
  std::vector<std::string> faults(3);
  std::vector<Exchange> robots;
  const FetchSink sink = [&](std::span<const std::size_t> i, Exchange exchange) {
    faults[i.front()] = fault_of(exchange);
    EXPECT_EQ(message_of(exchange).find("Disallow: /private") != std::string::npos, i.front() == 1);
  };
  fetcher->fetch_all(requests, sink,
                     [&](Exchange exchange) { robots.push_back(std::move(exchange)); });
  EXPECT_EQ(faults, (std::vector<std::string>{"none", "robots-refused", "none"}));
  ASSERT_EQ(robots.size(), 1U);
  EXPECT_EQ(robots[0].hops.at(0).url, site.url("/robots.txt"));
  fetcher->fetch_all(requests, sink,
                     [&](Exchange exchange) { robots.push_back(std::move(exchange)); });
  EXPECT_EQ(robots.size(), 1U) << "kept for a day";
  const auto seen = targets(site);
  EXPECT_EQ(seen.front(), "/robots.txt");
  EXPECT_EQ(std::count(seen.begin(), seen.end(), "/private/b"), 0);
}

TEST(Robots, AreAskedForAgainAfterADay) {
  const LoopbackSite site([](const SiteRequest&) { return text(""); });
  Timestamp now = system_clock()();
  auto fetcher = Fetcher::create(obedient(), [&] { return now; });
  const std::vector<FetchRequest> requests = {{site.url("/a")}};
  const FetchSink sink = [](std::span<const std::size_t>, Exchange) {};
  fetcher->fetch_all(requests, sink);
  fetcher->fetch_all(requests, sink);
  now += 25h;
  fetcher->fetch_all(requests, sink);
  const auto seen = targets(site);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), "/robots.txt"), 2);
}

TEST(Robots, AllowAllWhereThereAreNoneAndForbidAllWhereTheServerFails) {
  std::atomic<int> status{404};
  const LoopbackSite site([&](const SiteRequest& request) {
    return request.target == "/robots.txt" ? text("User-agent: *\nDisallow: /", status)
                                           : text("page");
  });
  for (int none : {401, 403, 404, 410, 429}) {
    status = none;
    EXPECT_EQ(fault_of(fetch(site.url("/"), obedient())), "none") << none;
  }
  status = 503;
  const Exchange exchange = fetch(site.url("/"), obedient());
  EXPECT_EQ(fault_of(exchange), "robots-refused");
  EXPECT_NE(message_of(exchange).find("503"), std::string::npos) << message_of(exchange);
}

TEST(Robots, AreFollowedThroughFiveRedirects) {
  std::atomic<int> length{5};
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/robots.txt") return testing::redirect_to("/r1");
    if (request.target[1] != 'r') return text("page");
    const int at = request.target[2] - '0';
    return at < length ? testing::redirect_to("/r" + std::to_string(at + 1))
                       : text("User-agent: *\nDisallow: /");
  });
  EXPECT_EQ(fault_of(fetch(site.url("/x"), obedient())), "robots-refused");
  length = 6;
  EXPECT_EQ(fault_of(fetch(site.url("/x"), obedient())), "none")
      << "as if there were none (RFC 9309 §2.3.1.2)";
}

TEST(Robots, CountForEveryHopOfARedirect) {
  const LoopbackSite strict(
      [](const SiteRequest&) { return text("User-agent: loccit\nDisallow: /"); });
  const LoopbackSite site([&](const SiteRequest& request) {
    return request.target == "/robots.txt" ? text("", 404) : testing::redirect_to(strict.url("/x"));
  });
  const Exchange exchange = fetch(site.url("/"), obedient());
  EXPECT_EQ(fault_of(exchange), "robots-refused");
  EXPECT_EQ(exchange.hops.size(), 1U);
  EXPECT_EQ(targets(strict), std::vector<std::string>{"/robots.txt"});
}

TEST(Robots, OutOfReachMeanThatTheHostIs) {
  FetchOptions options = obedient();
  options.allow_net.clear();
  EXPECT_EQ(fault_of(fetch("http://127.0.0.1:1/x", options)), "special-address");
  const Exchange refused = fetch("http://127.0.0.1:1/x", obedient());
  EXPECT_EQ(fault_of(refused), "connection-refused");
  EXPECT_EQ(fault_of(fetch("http://no-such-host.invalid/x", obedient())), "name-not-resolved");
}

TEST(Robots, EndlessOnesAreReadUpToTheLimit) {
  const HostileServer server([](HostileServer::Peer& peer) {
    if (peer.read_request().find("robots.txt") == std::string::npos) {
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      return;
    }
    peer.send("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /private\n");
    while (peer.send("# and so on\n")) {
    }
  });
  EXPECT_EQ(fault_of(fetch(server.url("/private"), obedient())), "robots-refused");
  EXPECT_EQ(fault_of(fetch(server.url("/public"), obedient())), "none");
}

TEST(Robots, IgnoredIsSaid) {
  const LoopbackSite site([](const SiteRequest&) { return text("User-agent: *\nDisallow: /"); });
  const Exchange exchange = fetch(site.url("/"), quick());
  EXPECT_EQ(fault_of(exchange), "none");
  EXPECT_NE(exchange.note.find("robots.txt"), std::string::npos);
}

TEST(Delay, StandsBetweenAnyTwoRequestsToAHost) {
  std::mutex mutex;
  std::vector<std::chrono::steady_clock::time_point> times;
  const LoopbackSite site([&](const SiteRequest& request) {
    const std::lock_guard lock(mutex);
    times.push_back(std::chrono::steady_clock::now());
    return request.target == "/1" ? testing::redirect_to("/1b") : text("");
  });
  FetchOptions options = obedient();
  options.delay = 150ms;
  testing::fetch_all({site.url("/1"), site.url("/2"), site.url("/3")}, options);
  ASSERT_EQ(times.size(), 5U) << "robots.txt and the redirect count as well";
  std::sort(times.begin(), times.end());
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_GE(times[i] - times[i - 1], 130ms) << i;
}

TEST(PerHost, NoMoreThanAllowedAtOnce) {
  std::atomic<int> at_once{0};
  std::atomic<int> most{0};
  const LoopbackSite site([&](const SiteRequest&) {
    most = std::max<int>(most, ++at_once);
    std::this_thread::sleep_for(30ms);
    --at_once;
    return text("");
  });
  std::vector<std::string> urls;
  for (int i = 0; i < 12; ++i) urls.push_back(site.url("/" + std::to_string(i)));
  FetchOptions options = quick();
  options.per_host = 3;
  testing::fetch_all(urls, options);
  EXPECT_EQ(most, 3);
}

TEST(Tries, AreRepeatedForWhatMayPass) {
  std::atomic<int> asked{0};
  const LoopbackSite site(
      [&](const SiteRequest&) { return ++asked < 3 ? text("busy", 503) : text("there"); });
  FetchOptions options = quick();
  options.retries = 2;
  const Exchange exchange = fetch(site.url("/"), options);
  EXPECT_EQ(exchange.hops.back().status, 200);
  EXPECT_EQ(exchange.hops.size(), 1U);
  EXPECT_EQ(exchange.tries, 3);
}

TEST(Tries, AreNotRepeatedForWhatStays) {
  for (int status : {403, 404, 410, 501}) {
    const LoopbackSite site([&](const SiteRequest&) { return text("", status); });
    FetchOptions options = quick();
    options.retries = 2;
    EXPECT_EQ(fetch(site.url("/"), options).hops.back().status, status);
    EXPECT_EQ(site.requests().size(), 1U) << status;
  }
}

TEST(Tries, ComeOnceMoreAtTheEndOfTheRun) {
  std::atomic<int> asked{0};
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/good") return text("good");
    return ++asked <= 2 ? text("busy", 500) : text("there");
  });
  FetchOptions options = quick();
  options.retries = 1;
  const auto exchanges = testing::fetch_all({site.url("/flaky"), site.url("/good")}, options);
  EXPECT_EQ(exchanges[0].hops.back().status, 200);
  EXPECT_EQ(exchanges[0].tries, 3);
  EXPECT_EQ(targets(site).back(), "/flaky");
}

TEST(Tries, AreCountedInTheReason) {
  FetchOptions options = quick();
  options.retries = 1;
  const Exchange exchange = fetch("http://127.0.0.1:1/", options);
  EXPECT_NE(message_of(exchange).find("refused the connection (port 1), after 2 tries"),
            std::string::npos)
      << message_of(exchange);
}

TEST(RetryAfter, IsWaitedForAndHoldsTheWholeHost) {
  std::mutex mutex;
  std::vector<std::chrono::steady_clock::time_point> times;
  const LoopbackSite site([&](const SiteRequest&) {
    const std::lock_guard lock(mutex);
    times.push_back(std::chrono::steady_clock::now());
    if (times.size() > 1) return text("there");
    SiteReply reply = text("slow down", 429);
    reply.headers.emplace_back("Retry-After", "1");
    return reply;
  });
  FetchOptions options = quick();
  options.retries = 1;
  options.per_host = 1;
  const auto exchanges = testing::fetch_all({site.url("/1"), site.url("/2")}, options);
  for (const Exchange& exchange : exchanges) EXPECT_EQ(exchange.hops.back().status, 200);
  ASSERT_EQ(times.size(), 3U);
  EXPECT_GE(times[1] - times[0], 950ms);
}

TEST(RetryAfter, BeyondOurPatienceEndsTheDealingsWithThatHost) {
  const LoopbackSite site([&](const SiteRequest&) {
    SiteReply reply = text("come back tomorrow", 429);
    reply.headers.emplace_back("Retry-After", "86400");
    return reply;
  });
  FetchOptions options = quick();
  options.retries = 2;
  options.per_host = 1;
  const auto exchanges =
      testing::fetch_all({site.url("/1"), site.url("/2"), site.url("/3")}, options);
  EXPECT_EQ(fault_of(exchanges[0]), "none");
  EXPECT_EQ(exchanges[0].hops.back().status, 429) << "the answer is kept";
  EXPECT_NE(exchanges[0].note.find("86400"), std::string::npos);
  for (std::size_t i : {1U, 2U}) EXPECT_EQ(fault_of(exchanges[i]), "rate-limited") << i;
  EXPECT_EQ(site.requests().size(), 1U);
}

TEST(Interrupt, EndsWhatIsInFlightAndWhatIsToCome) {
  const HostileServer stalls([](HostileServer::Peer& peer) { peer.pause(20s); });
  FetchOptions options = quick();
  options.timeout = 20s;
  options.per_host = 1;
  auto fetcher = Fetcher::create(options, system_clock());
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 20; ++i) requests.push_back({stalls.url("/" + std::to_string(i))});
  std::thread stopper([&] {
    while (stalls.connections() == 0) std::this_thread::sleep_for(5ms);
    fetcher->interrupt();
  });
  const auto begun = std::chrono::steady_clock::now();
  std::size_t interrupted = 0;
  const FetchSink sink = [&](std::span<const std::size_t>, Exchange exchange) {
    if (fault_of(exchange) == "interrupted") ++interrupted;
  };
  fetcher->fetch_all(requests, sink);
  stopper.join();
  EXPECT_EQ(interrupted, 20U);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  fetcher->fetch_all(requests, sink);
  EXPECT_EQ(interrupted, 40U) << "also what is asked for later";
}

TEST(Interrupt, MayComeFromTheSink) {
  const LoopbackSite site([](const SiteRequest&) { return text("x"); });
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 50; ++i) requests.push_back({site.url("/" + std::to_string(i))});
  auto fetcher = Fetcher::create(quick(), system_clock());
  std::size_t answered = 0;
  std::size_t interrupted = 0;
  fetcher->fetch_all(requests, [&](std::span<const std::size_t>, Exchange exchange) {
    ++(exchange.failure ? interrupted : answered);
    fetcher->interrupt();
  });
  EXPECT_EQ(answered + interrupted, 50U);
  EXPECT_LT(answered, 5U);
}

TEST(Sinks, MayTakeTheirTime) {
  const LoopbackSite site([](const SiteRequest&) { return text("x"); });
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 6; ++i) requests.push_back({site.url("/" + std::to_string(i))});
  FetchOptions options = quick();
  options.timeout = 300ms;
  options.per_host = 6;
  auto fetcher = Fetcher::create(options, system_clock());
  std::size_t good = 0;
  fetcher->fetch_all(requests, [&](std::span<const std::size_t>, Exchange exchange) {
    if (!exchange.failure) ++good;
    std::this_thread::sleep_for(400ms);
  });
  EXPECT_EQ(good, 6U) << "no fetch times out while a sink works";
}

}  // namespace
}  // namespace loccit
