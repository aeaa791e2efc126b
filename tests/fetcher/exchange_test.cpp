#include "fetcher/exchange.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Hop hop_of(Headers headers, std::string body, std::string protocol = "http/1.1") {
  Hop hop;
  hop.headers = std::move(headers);
  hop.body = Spool::of(std::move(body));
  hop.protocol = std::move(protocol);
  return hop;
}

TEST(Payload, IsTheBodyWithoutItsTransferCoding) {
  EXPECT_EQ(payload(hop_of({}, "plain")).value(), "plain");
  EXPECT_EQ(payload(hop_of({{"transfer-encoding", "Chunked"}}, "3\r\nabc\r\n0\r\n\r\n")).value(),
            "abc");
  EXPECT_EQ(
      payload(hop_of({{"Transfer-Encoding", "gzip, chunked"}}, "1;x=y\r\nz\r\n0\r\n\r\n")).value(),
      "z");
}

TEST(Payload, KeepsTheContentCoding) {
  EXPECT_EQ(payload(hop_of({{"Content-Encoding", "gzip"}}, "\x1f\x8b")).value(), "\x1f\x8b");
}

TEST(Payload, TakesABodyAsItIsWhereChunkedIsALie) {
  EXPECT_EQ(payload(hop_of({{"Transfer-Encoding", "chunked"}}, "<html>not chunked")).value(),
            "<html>not chunked");
  EXPECT_EQ(
      payload(hop_of({{"transfer-encoding", "chunked"}}, "3\r\nabc\r\n0\r\n\r\n", "h2")).value(),
      "3\r\nabc\r\n0\r\n\r\n");
}

TEST(Payload, FailsOnFramingThatBreaksOff) {
  EXPECT_FALSE(payload(hop_of({{"Transfer-Encoding", "chunked"}}, "3\r\nabc\r\n5\r\nde")));
}

TEST(FetchFaultNames, ReadBackAsWhatTheyName) {
  for (int i = 0; i <= static_cast<int>(FetchFault::interrupted); ++i) {
    const auto fault = static_cast<FetchFault>(i);
    EXPECT_EQ(fetch_fault_from(name(fault)), fault) << i;
  }
  EXPECT_EQ(fetch_fault_from("nonsense"), std::nullopt);
}

}  // namespace
}  // namespace loccit
