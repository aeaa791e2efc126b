// Answers that no proper server gives: each ends in a fault with words, soon, and with what came
// before kept.
#include "fetching.h"
#include "support/hostile_server.h"

namespace loccit {
namespace {

using namespace std::chrono_literals;
using testing::always;
using testing::fault_of;
using testing::fetch;
using testing::HostileServer;
using testing::message_of;
using testing::quick;

using Peer = HostileServer::Peer;

FetchOptions hasty() {
  FetchOptions options = quick();
  options.timeout = 700ms;
  return options;
}

TEST(HostileAnswers, ABodyShorterThanItsLengthIsTruncatedAndKept) {
  const HostileServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"));
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "truncated-body");
  EXPECT_NE(message_of(exchange).find("9 bytes"), std::string::npos) << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].body.view(), "only this");
  EXPECT_EQ(exchange.hops[0].truncation, Truncation::disconnect);
  EXPECT_EQ(exchange.hops[0].status, 200);
}

TEST(HostileAnswers, ABodyLongerThanItsLengthEndsWhereTheLengthSays) {
  const HostileServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more"));
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "none");
  EXPECT_EQ(exchange.hops[0].body.view(), "four");
}

TEST(HostileAnswers, ABodyWithoutLengthEndsWithTheConnection) {
  const HostileServer server(always("HTTP/1.1 200 OK\r\n\r\nall of it"));
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "none");
  EXPECT_EQ(exchange.hops[0].body.view(), "all of it");
}

TEST(HostileAnswers, BrokenChunksAreABadResponse) {
  const HostileServer server(
      always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nx"));
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "bad-response") << message_of(exchange);
  EXPECT_NE(message_of(exchange).find("chunk"), std::string::npos) << message_of(exchange);
  EXPECT_NE(exchange.hops[0].truncation, Truncation::none);
}

TEST(HostileAnswers, ChunksThatEndTooEarlyAreTruncated) {
  const HostileServer server(
      always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n9\r\nhal"));
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "truncated-body") << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].body.view(), "5\r\nhello\r\n9\r\nhal");
}

TEST(HostileAnswers, AResetInMidBodyIsSaidAndTheBeginningKept) {
  const HostileServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning");
    peer.pause(100ms);
    peer.reset();
  });
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "connection-reset") << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].body.view(), "beginning");
  EXPECT_EQ(exchange.hops[0].truncation, Truncation::disconnect);
}

TEST(HostileAnswers, NoAnswerAtAllIsAReset) {
  const HostileServer silent([](Peer& peer) { peer.read_request(); });
  EXPECT_EQ(fault_of(fetch(silent.url("/"))), "connection-reset");
  const HostileServer rude([](Peer& peer) {
    peer.read_request();
    peer.reset();
  });
  EXPECT_EQ(fault_of(fetch(rude.url("/"))), "connection-reset");
}

TEST(HostileAnswers, AServerThatStallsTimesOut) {
  const HostileServer server([](Peer& peer) {
    peer.read_request();
    peer.pause(10s);
  });
  const Exchange exchange = fetch(server.url("/"), hasty());
  EXPECT_EQ(fault_of(exchange), "timed-out");
  EXPECT_NE(message_of(exchange).find("0.7 s"), std::string::npos) << message_of(exchange);
}

TEST(HostileAnswers, SlowHeadersTimeOut) {
  const HostileServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    while (!peer.stopping() && peer.send("X: y\r\n")) peer.pause(50ms);
  });
  EXPECT_EQ(fault_of(fetch(server.url("/"), hasty())), "timed-out");
}

TEST(HostileAnswers, ABodyByTheByteTimesOutAndIsKept) {
  const HostileServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (!peer.stopping() && peer.send("x")) peer.pause(100ms);
  });
  const Exchange exchange = fetch(server.url("/"), hasty());
  EXPECT_EQ(fault_of(exchange), "timed-out");
  EXPECT_GT(exchange.hops[0].body.size(), 0U);
  EXPECT_EQ(exchange.hops[0].truncation, Truncation::time);
  FetchOptions options = quick();
  options.low_speed_time = 1s;
  options.low_speed = 500;
  const Exchange slow = fetch(server.url("/"), options);
  EXPECT_NE(message_of(slow).find("fewer than 500 bytes a second"), std::string::npos)
      << message_of(slow);
}

TEST(HostileAnswers, AnEndlessBodyIsCutAtTheLimit) {
  const HostileServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string block(64 << 10, 'x');
    while (peer.send(block)) {
    }
  });
  FetchOptions options = quick();
  options.max_bytes = 3'000'000;
  const Exchange exchange = fetch(server.url("/"), options);
  EXPECT_EQ(fault_of(exchange), "too-large");
  EXPECT_EQ(exchange.hops[0].body.size(), 3'000'000U);
  EXPECT_EQ(exchange.hops[0].truncation, Truncation::length);
}

TEST(HostileAnswers, ABodyOfExactlyTheLimitIsWhole) {
  const HostileServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"));
  FetchOptions options = quick();
  options.max_bytes = 10;
  EXPECT_EQ(fault_of(fetch(server.url("/"), options)), "none");
  options.max_bytes = 9;
  EXPECT_EQ(fault_of(fetch(server.url("/"), options)), "too-large");
}

TEST(HostileAnswers, HeadersWithoutEndAreRefused) {
  const HostileServer many([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    while (peer.send("X-Filler: abcdefghijklmnopqrstuvwxyz\r\n")) {
    }
  });
  EXPECT_EQ(fault_of(fetch(many.url("/"))), "header-too-large");
  const HostileServer one_long([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nX: " + std::string(10 << 20, 'x') + "\r\n\r\n");
  });
  const Exchange exchange = fetch(one_long.url("/"));
  EXPECT_EQ(fault_of(exchange), "header-too-large") << message_of(exchange);
  const HostileServer interim([](Peer& peer) {
    peer.read_request();
    while (peer.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")) {
    }
  });
  EXPECT_EQ(fault_of(fetch(interim.url("/"))), "header-too-large");
}

TEST(HostileAnswers, WhatIsNotHttpIsABadResponse) {
  for (const char* bytes :
       {"SSH-2.0-OpenSSH_9.2\r\n", "<html>no head</html>", "HTTP/1.1 abc Broken\r\n\r\n"}) {
    const HostileServer server(always(bytes));
    const Exchange exchange = fetch(server.url("/"));
    EXPECT_EQ(fault_of(exchange), "bad-response") << bytes << ": " << message_of(exchange);
  }
}

TEST(HostileAnswers, InterimAnswersAndTrailersAreNoPartOfTheHead) {
  const HostileServer server(
      always("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: "
             "X\r\n\r\n2\r\nhi\r\n0\r\nX: after\r\n\r\n"));
  const Exchange exchange = fetch(server.url("/"));
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].response_head,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n");
  EXPECT_EQ(payload(exchange.hops[0]).value(), "hi");
}

TEST(HostileAnswers, HeadersAreKeptAsTheyCame) {
  const std::string head =
      "HTTP/1.1 200\r\nX-Twice: 1\r\nx-twice:2  \r\nFolded: a\r\n b\r\n"
      "Content-Length: 2\r\n\r\n";
  const HostileServer server(always(head + "ok"));
  const Exchange exchange = fetch(server.url("/"));
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  EXPECT_EQ(exchange.hops[0].response_head, head);
}

TEST(HostileAnswers, ABrokenOrExplodingContentCodingIsKeptAsItIs) {
  const std::string bomb =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: "
      "12\r\n\r\nnot gzip at!";
  const HostileServer server(always(bomb));
  const Exchange exchange = fetch(server.url("/"));
  EXPECT_EQ(fault_of(exchange), "none") << "what is inside is for the reader to judge";
  EXPECT_EQ(exchange.hops[0].body.view(), "not gzip at!");
}

TEST(HostileAnswers, RefusedConnectionsAndUnknownNamesAreTold) {
  std::string gone;
  {
    const HostileServer server(always(""));
    gone = server.url("/");
  }
  const Exchange refused = fetch(gone);
  EXPECT_EQ(fault_of(refused), "connection-refused");
  EXPECT_NE(message_of(refused).find("refused the connection"), std::string::npos);
  EXPECT_EQ(fault_of(fetch("http://no-such-host.invalid/")), "name-not-resolved");
}

TEST(HostileAnswers, NoFaultHoldsUpTheOthers) {
  const HostileServer stalls([](Peer& peer) { peer.pause(10s); });
  const HostileServer good(always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  std::vector<std::string> urls;
  for (int i = 0; i < 10; ++i)
    urls.push_back(i % 2 == 0 ? stalls.url("/" + std::to_string(i))
                              : good.url("/" + std::to_string(i)));
  FetchOptions options = hasty();
  options.per_host = 8;
  const auto begun = std::chrono::steady_clock::now();
  const auto exchanges = testing::fetch_all(urls, options);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
  for (std::size_t i = 0; i < urls.size(); ++i)
    EXPECT_EQ(fault_of(exchanges[i]), i % 2 == 0 ? "timed-out" : "none")
        << i << message_of(exchanges[i]);
}

}  // namespace
}  // namespace loccit
