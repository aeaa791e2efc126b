#include "base/chunked_stream.h"

#include <gtest/gtest.h>

#include "base/http_message.h"

namespace loccit {
namespace {

std::optional<std::string> unframed(std::string_view body, std::size_t step) {
  ChunkedStream stream;
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += step) {
    if (!stream.feed(body.substr(at, step), [&](Bytes content) { out.append(content); }))
      return std::nullopt;
  }
  return stream.complete() ? std::optional(out) : std::nullopt;
}

TEST(ChunkedStream, AgreesWithTheWholeBodyReaderWhereverItIsCut) {
  for (const std::string_view body : {"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n",
                                      "0\r\n\r\n", "A\r\n0123456789\r\n0\r\n\r\n"}) {
    for (const std::size_t step : {1U, 2U, 5U, 1000U})
      EXPECT_EQ(unframed(body, step), remove_chunking(body).value()) << body << step;
  }
}

TEST(ChunkedStream, KnowsABrokenOrUnfinishedBody) {
  for (const std::string_view body :
       {"", "<html>", "3\r\nab", "3\r\nabcd\r\n0\r\n\r\n", "0\r\n", "fffffffffffffffff\r\nabc"}) {
    EXPECT_EQ(unframed(body, 3), std::nullopt) << body;
  }
}

}  // namespace
}  // namespace loccit
