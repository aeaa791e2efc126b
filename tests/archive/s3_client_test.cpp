#include "archive/s3_client.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <sys/resource.h>

#include "archive/s3_xml.h"
#include "base/digest.h"
#include "support/hostile_server.h"
#include "support/loopback_site.h"
#include "support/swift_store.h"

namespace loccit {
namespace {

using testing::LoopbackSite;
using testing::SiteReply;
using testing::SiteRequest;
using testing::SwiftStore;
using testing::TempDir;

std::string md5_of(const std::string& bytes) {
  std::string digest(16, 0);
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             EVP_md5(), nullptr);
  return to_hex(digest);
}

std::string contents(S3Client& store, const std::string& key) {
  const auto size = store.size_of(key);
  if (!size || !*size) return "(missing)";
  const auto bytes = store.get(key, 0, **size);
  return bytes ? *bytes : bytes.error().message;
}

// One test, for the store takes seconds to start.
TEST(S3ClientOnSwift, KeepsAndGivesBackWhatIsPut) {
  if (!SwiftStore::available()) GTEST_SKIP() << "Debian's swift-* or memcached are not installed";
  const SwiftStore store;
  S3Client client = store.bucket("evidence");

  for (const char* key : {"plain.warc.gz", "deep/er/one", "blank and+plus", "ünï/日本.txt",
                          "odd!'()*&=?#%41", "a//b", "~tilde"}) {
    EXPECT_TRUE(client.put_bytes(key, std::string("of ") + key)) << key;
    EXPECT_EQ(contents(client, key), std::string("of ") + key);
  }
  EXPECT_TRUE(client.put_bytes("empty", ""));
  EXPECT_EQ(client.size_of("empty").value().value(), 0U);
  EXPECT_FALSE(client.size_of("absent").value().has_value());
  EXPECT_EQ(client.get("absent", 0, 1).error().kind, FailureKind::not_found);
  EXPECT_EQ(client.get("plain.warc.gz", 3, 5).value(), "plain");
  EXPECT_EQ(client.get("plain.warc.gz", 11, 500).value(), "rc.gz") << "ends with the object";

  const auto listed = client.list("deep/");
  ASSERT_TRUE(listed) << listed.error().message;
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->front().key, "deep/er/one");
  const auto odd = client.list("ünï/");
  ASSERT_TRUE(odd);
  ASSERT_EQ(odd->size(), 1U);
  EXPECT_EQ(odd->front().key, "ünï/日本.txt");

  // Larger than a part: 12 MB in parts of 5.
  const TempDir folder;
  std::string large(12U << 20U, 'x');
  for (std::size_t i = 0; i < large.size(); i += 4096)
    large[i] = static_cast<char>('a' + i / 4096 % 26);
  const auto file = folder.file("large", large);
  const auto uploaded = client.put("large", file);
  ASSERT_TRUE(uploaded) << uploaded.error().message;
  EXPECT_EQ(client.size_of("large").value().value(), large.size());
  EXPECT_EQ(client.get("large", (5U << 20U) - 4, 8).value(), large.substr((5U << 20U) - 4, 8));

  EXPECT_TRUE(client.remove("large"));
  EXPECT_FALSE(client.size_of("large").value().has_value());
  EXPECT_EQ(client.put("none", folder / "nothing").error().kind, FailureKind::not_found);

  S3Settings wrong = store.settings();
  wrong.credentials.secret_key = "guessed";
  const auto refused = S3Client("evidence", wrong).put_bytes("x", "y");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::refused) << refused.error().message;
  EXPECT_EQ(refused.error().message.find("guessed"), std::string::npos);
  EXPECT_EQ(S3Client("no-such-bucket", store.settings()).list("").error().kind,
            FailureKind::not_found);

  // A clock an hour off: the store says so, and its own clock is taken.
  S3Client skewed("evidence", store.settings(),
                  [] { return system_clock()() + std::chrono::hours(1); });
  EXPECT_EQ(contents(skewed, "plain.warc.gz"), "of plain.warc.gz");
}

// Sparse, so that it costs no room here; a part at a time is read and sent. .ci/nightly sends 5 GB.
TEST(S3ClientOnSwift, StreamsALargeObject) {
  if (!SwiftStore::available()) GTEST_SKIP() << "Debian's swift-* or memcached are not installed";
  const char* wish = std::getenv("LOCCIT_S3_LARGE_MB");
  const std::uint64_t size = (wish == nullptr ? 40ULL : std::stoull(wish)) << 20U;
  const SwiftStore store;
  ASSERT_TRUE(store.bucket("large").put_bytes("first", ""));
  S3Settings settings = store.settings();
  settings.part_bytes = std::max<std::uint64_t>(size / 80, 5U << 20U);
  S3Client client("large", settings);
  const TempDir folder;
  const auto file = folder.file("sparse", "begin");
  std::filesystem::resize_file(file, size - 3);
  std::ofstream(file, std::ios::app) << "end";
  const auto uploaded = client.put("sparse", file);
  ASSERT_TRUE(uploaded) << uploaded.error().message;
  EXPECT_EQ(client.size_of("sparse").value().value(), size);
  EXPECT_EQ(client.get("sparse", 0, 6).value(), std::string("begin\0", 6));
  EXPECT_EQ(client.get("sparse", size - 4, 9).value(), std::string("\0end", 4));
  struct rusage used {};
  getrusage(RUSAGE_SELF, &used);
  EXPECT_LT(used.ru_maxrss, 300L << 10U) << "kilobytes: not the whole object in memory";
}

// What no real store does when asked to.
class FaultyStore : public ::testing::Test {
 protected:
  S3Settings settings(const LoopbackSite& site) {
    S3Settings settings;
    settings.endpoint = "http://127.0.0.1:" + std::to_string(site.port());
    settings.path_style = true;
    settings.credentials = {"id", "secret", ""};
    settings.first_pause = std::chrono::milliseconds(1);
    return settings;
  }
  std::atomic<int> server_connections_ = 0;
  static SiteReply error(int status, const std::string& code) {
    return {status,
            "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>because of " + code +
                "</Message></Error>",
            "application/xml"};
  }
};

TEST_F(FaultyStore, IsAskedAgainWhenItIsBusy) {
  std::atomic<int> asked = 0;
  const LoopbackSite site([&](const SiteRequest&) {
    return ++asked < 4 ? error(503, "SlowDown") : SiteReply{206, "bytes", "binary/octet-stream"};
  });
  S3Client client("b", settings(site));
  EXPECT_EQ(client.get("k", 0, 5).value(), "bytes");
  EXPECT_EQ(asked, 4);
}

TEST_F(FaultyStore, ThatResetsInMidUploadIsSentAllOfItAgain) {
  std::string bytes(100'000, 'x');
  const testing::HostileServer server([&](testing::HostileServer::Peer& peer) {
    peer.read_request();
    if (server_connections_++ < 2) return peer.reset();
    peer.send("HTTP/1.1 200 OK\r\nETag: \"" + md5_of(bytes) +
              "\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    peer.pause(std::chrono::milliseconds(200));
  });
  S3Settings asking;
  asking.endpoint = server.url("").substr(0, server.url("").find('/', 8));
  asking.path_style = true;
  asking.credentials = {"id", "secret", ""};
  asking.first_pause = std::chrono::milliseconds(1);
  const auto put = S3Client("b", asking).put_bytes("k", bytes);
  EXPECT_TRUE(put) << put.error().message;
  EXPECT_EQ(server_connections_, 3);
}

TEST_F(FaultyStore, ThatSaysItHasAnotherSizeIsNotBelieved) {
  const LoopbackSite site([&](const SiteRequest& request) {
    SiteReply reply;
    if (request.method == "POST" && request.target.ends_with("uploads="))
      reply.body =
          "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
    if (request.method == "HEAD") reply.body = "short";
    return reply;
  });
  S3Settings parts = settings(site);
  parts.part_bytes = 1000;
  const TempDir folder;
  const auto put = S3Client("b", parts).put("k", folder.file("f", std::string(2500, 'x')));
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, FailureKind::conflict) << put.error().message;
}

TEST_F(FaultyStore, IsGivenUpWhenItStaysBusy) {
  const LoopbackSite site([&](const SiteRequest&) { return error(503, "SlowDown"); });
  S3Client client("b", settings(site));
  const auto failed = client.get("k", 0, 5);
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find("SlowDown"), std::string::npos);
  EXPECT_NE(failed.error().message.find("6 tries"), std::string::npos);
}

TEST_F(FaultyStore, ThatCallsTheTokenExpiredIsNotAskedAgain) {
  std::atomic<int> asked = 0;
  const LoopbackSite site([&](const SiteRequest&) {
    ++asked;
    return error(400, "ExpiredToken");
  });
  S3Client client("b", settings(site));
  const auto failed = client.get("k", 0, 5);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, FailureKind::refused);
  EXPECT_NE(failed.error().message.find("because of ExpiredToken"), std::string::npos);
  EXPECT_EQ(asked, 1);
}

TEST_F(FaultyStore, ThatKeptOtherBytesIsNotBelieved) {
  const LoopbackSite site([&](const SiteRequest&) {
    SiteReply reply{200, "", "text/plain"};
    reply.headers = {{"ETag", "\"00000000000000000000000000000000\""}};
    return reply;
  });
  S3Client client("b", settings(site));
  const auto failed = client.put_bytes("k", "words");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, FailureKind::conflict);
}

TEST_F(FaultyStore, ThatFailsAfterItsTwoHundredDidNotComplete) {
  const TempDir folder;
  const auto file = folder.file("large", std::string(3000, 'x'));
  std::atomic<bool> given_up = false;
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target.find("uploads") != std::string::npos)
      return SiteReply{
          200,
          "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>",
          "application/xml"};
    if (request.method == "DELETE") given_up = true;
    if (request.method == "POST") return error(200, "InternalError");
    return SiteReply{200, "", "text/plain"};
  });
  S3Settings small = settings(site);
  small.part_bytes = 1000;
  small.tries = 2;
  EXPECT_FALSE(S3Client("b", small).put("k", file));
  EXPECT_TRUE(given_up) << "parts that nobody completes are paid for for ever";
}

TEST(S3Settings, ComeFromTheEnvironmentBeforeTheFiles) {
  const TempDir home;
  std::filesystem::create_directory(home / ".aws");
  home.file(".aws/credentials",
            "[default]\naws_access_key_id = filed\naws_secret_access_key=s\n\n[other]\n"
            "aws_access_key_id=other\naws_secret_access_key=o\naws_session_token=t\n");
  home.file(".aws/config",
            "[profile other]\nregion = eu-west-1\nendpoint_url = https://s3.test:9000\n");
  std::map<std::string, std::string> variables = {{"HOME", home.path().string()}};
  const auto ask = [&](const char* name) { return variables[name]; };
  EXPECT_EQ(s3_settings_from(ask)->credentials.access_key, "filed");
  variables["AWS_PROFILE"] = "other";
  const auto other = s3_settings_from(ask);
  EXPECT_EQ(other->credentials.session_token, "t");
  EXPECT_EQ(other->region, "eu-west-1");
  EXPECT_TRUE(other->path_style);
  variables["AWS_ACCESS_KEY_ID"] = "given";
  variables["AWS_SECRET_ACCESS_KEY"] = "g";
  EXPECT_EQ(s3_settings_from(ask)->credentials.access_key, "given");
  EXPECT_EQ(s3_settings_from(ask)->credentials.session_token, "") << "tokens are not mixed";
  variables = {{"HOME", "/nowhere"}};
  EXPECT_EQ(s3_settings_from(ask).error().kind, FailureKind::not_found);
}

TEST(S3Xml, IsReadWithoutTrust) {
  EXPECT_EQ(s3_text_of("<Error><Code>A</Code></Error>", "Code"), "A");
  EXPECT_EQ(s3_text_of("not xml", "Code"), "");
  EXPECT_EQ(
      s3_text_of("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a><Code>&e;</Code></a>",
                 "Code"),
      "");
  EXPECT_FALSE(read_s3_listing("<html><body>hello</body></html>"));
  EXPECT_FALSE(read_s3_listing("<ListBucketResult><Contents><Key>a</Key>"));
  const auto page = read_s3_listing(
      "<ListBucketResult><Contents><Key>a%2Fb%20c</Key><Size>7</Size></Contents>"
      "<NextContinuationToken>n</NextContinuationToken></ListBucketResult>");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->objects.at(0).key, "a/b c");
  EXPECT_EQ(page->objects.at(0).size, 7U);
  EXPECT_EQ(page->next, "n");
}

}  // namespace
}  // namespace loccit
