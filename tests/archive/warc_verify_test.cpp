#include "archive/warc_verify.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace loccit {
namespace {

std::string record(const std::string& type, const std::string& fields, const std::string& block) {
  return "WARC/1.1\r\nWARC-Type: " + type +
         "\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-11-24T16:00:00Z\r\n" + fields +
         "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string response(const std::string& payload_digest, const std::string& body,
                     const std::string& coding = "") {
  return record("response",
                "WARC-Target-URI: http://a.example/\r\nContent-Type: application/http; "
                "msgtype=response\r\nWARC-Payload-Digest: " +
                    payload_digest + "\r\n",
                "HTTP/1.1 200 OK\r\n" + coding + "\r\n" + body);
}

WarcCheck checked(const std::string& warc) { return verify_warc(ByteSource::of(warc, "w")); }

constexpr const char* chunked = "Transfer-Encoding: chunked\r\n";
const std::string framed = "3\r\nabc\r\n0\r\n\r\n";

TEST(RecordDigests, OfThePayloadAreTakenWithTheFramingUndone) {
  EXPECT_TRUE(checked(response(label(sha256("abc")), "abc")).faults.empty());
  const WarcCheck right = checked(response(label(sha256("abc")), framed, chunked));
  EXPECT_TRUE(right.faults.empty() && right.remarks.empty());
  EXPECT_EQ(right.digests, 1U);
  EXPECT_EQ(checked(response(label(sha256("abd")), framed, chunked)).faults.size(), 1U);
}

TEST(RecordDigests, OverTheFramingAreWgetsWayAndSaidToBe) {
  const WarcCheck check = checked(response(label(sha256(framed)), framed, chunked));
  EXPECT_TRUE(check.faults.empty());
  ASSERT_EQ(check.remarks.size(), 1U);
  EXPECT_NE(check.remarks.front().find("wget"), std::string::npos);
}

TEST(RecordDigests, OfABodyStoredDecodedUnderAHeaderThatSaysChunkedHold) {
  const WarcCheck check = checked(response(label(sha256("abc")), "abc", chunked));
  EXPECT_TRUE(check.faults.empty() && check.remarks.empty());
}

TEST(RecordDigests, OfTheBlockCountToo) {
  const auto resource = [](const std::string& digest) {
    return record("resource", "WARC-Block-Digest: " + digest + "\r\n", "words");
  };
  EXPECT_TRUE(checked(resource(label(sha256("words")))).faults.empty());
  EXPECT_EQ(checked(resource(label(sha256("other")))).faults.size(), 1U);
  EXPECT_EQ(checked(resource("crc32:00")).remarks.size(), 1U);
}

TEST(RecordDigests, OfARevisitAreOfWhatItRefersTo) {
  const std::string revisit = record(
      "revisit",
      "WARC-Target-URI: http://a.example/\r\nWARC-Payload-Digest: " + label(sha256("abc")) + "\r\n",
      "HTTP/1.1 200 OK\r\n\r\n");
  EXPECT_TRUE(checked(revisit).faults.empty());
}

TEST(RecordDigests, EndInAFaultWhereTheFileIsCut) {
  const std::string whole = response(label(sha256("abc")), "abc");
  EXPECT_FALSE(checked(whole.substr(0, whole.size() - 6)).faults.empty());
  EXPECT_FALSE(checked("no WARC at all").faults.empty());
}

}  // namespace
}  // namespace loccit
