#include "fetching.h"
#include "support/certificates.h"
#include "support/hostile_server.h"
#include "support/loopback_site.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using testing::CertificateWish;
using testing::fault_of;
using testing::fetch;
using testing::Identity;
using testing::LoopbackSite;
using testing::message_of;
using testing::quick;
using testing::SiteReply;
using testing::SiteRequest;
using testing::TempDir;
using testing::TestAuthority;

SiteReply page(const SiteRequest& /*request*/) { return SiteReply{.body = "the words"}; }

struct Trusting {
  TestAuthority authority;
  TempDir folder;
  FetchOptions options = quick();
  Trusting() { options.ca_file = folder.file("root.pem", authority.certificate_pem()); }
};

TEST(Tls, KeepsVersionCipherAndChain) {
  Trusting t;
  const LoopbackSite site(page, t.authority.issue());
  const Exchange exchange = fetch(site.url("/"), t.options);
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  ASSERT_TRUE(exchange.hops[0].tls);
  const TlsSession& tls = *exchange.hops[0].tls;
  EXPECT_EQ(tls.version, "TLSv1.3");
  EXPECT_EQ(tls.cipher.substr(0, 4), "TLS_");
  EXPECT_TRUE(tls.verified);
  EXPECT_EQ(tls.verify_error, "");
  ASSERT_EQ(tls.chain_pem.size(), 2U);
  EXPECT_EQ(tls.chain_pem[1], t.authority.certificate_pem());
  EXPECT_FALSE(exchange.untrusted);
}

TEST(Tls, KeepsTheChainAlsoOfAConnectionThatIsUsedAgain) {
  Trusting t;
  const LoopbackSite site(page, t.authority.issue());
  t.options.per_host = 1;
  for (const Exchange& exchange :
       testing::fetch_all({site.url("/1"), site.url("/2"), site.url("/3")}, t.options)) {
    ASSERT_TRUE(exchange.hops[0].tls);
    EXPECT_EQ(exchange.hops[0].tls->chain_pem.size(), 2U);
  }
}

void expect_insecure(const LoopbackSite& site, const FetchOptions& options, const char* fault,
                     const char* words) {
  const Exchange exchange = fetch(site.url("/"), options);
  EXPECT_EQ(fault_of(exchange), fault) << message_of(exchange);
  EXPECT_NE(message_of(exchange).find(words), std::string::npos) << message_of(exchange);
  EXPECT_TRUE(exchange.untrusted);
  ASSERT_EQ(exchange.hops.size(), 1U);
  EXPECT_EQ(exchange.hops[0].status, 200)
      << "looked at once more without trust, so that the words can be compared";
  EXPECT_EQ(exchange.hops[0].body.view(), "the words");
  ASSERT_TRUE(exchange.hops[0].tls);
  EXPECT_FALSE(exchange.hops[0].tls->verified);
  EXPECT_FALSE(exchange.hops[0].tls->chain_pem.empty());
}

TEST(Tls, TellsAnExpiredCertificate) {
  Trusting t;
  const LoopbackSite site(page, t.authority.issue({.valid_from_days = -30, .valid_to_days = -2}));
  expect_insecure(site, t.options, "tls-expired", "its certificate expired on 20");
}

TEST(Tls, TellsACertificateThatIsNotValidYet) {
  Trusting t;
  const LoopbackSite site(page, t.authority.issue({.valid_from_days = 3}));
  expect_insecure(site, t.options, "tls-expired", "not valid before");
}

TEST(Tls, TellsASelfSignedCertificate) {
  Trusting t;
  const LoopbackSite site(page, testing::self_signed());
  expect_insecure(site, t.options, "tls-untrusted", "signed by itself");
}

TEST(Tls, TellsAnUnknownIssuer) {
  Trusting t;
  const TestAuthority stranger("Stranger Root");
  const LoopbackSite site(page, stranger.issue());
  expect_insecure(site, t.options, "tls-untrusted", "Stranger Root");
}

TEST(Tls, TellsACertificateForAnotherHost) {
  Trusting t;
  const LoopbackSite site(
      page,
      t.authority.issue({.alternative_names = {"DNS:other.example", "DNS:www.other.example"}}));
  expect_insecure(site, t.options, "tls-wrong-host",
                  "other.example, www.other.example, not for 127.0.0.1");
}

TEST(Tls, TrustsTheSystemsRootsAloneWithoutACaFile) {
  const TestAuthority authority;
  const LoopbackSite site(page, authority.issue());
  EXPECT_EQ(fault_of(fetch(site.url("/"))), "tls-untrusted");
}

TEST(Tls, SendsNoCookiesWithoutTrust) {
  Trusting t;
  const LoopbackSite site(
      [](const SiteRequest& request) {
        if (request.target == "/page") return SiteReply{.body = request.header("Cookie")};
        SiteReply reply = testing::redirect_to("/page");
        reply.headers.emplace_back("Set-Cookie", "secret=1");
        return reply;
      },
      testing::self_signed());
  const Exchange exchange = fetch(site.url("/"), t.options);
  EXPECT_EQ(exchange.hops.back().body.view(), "");
  EXPECT_EQ(fault_of(exchange), "tls-untrusted");
}

TEST(Tls, TellsAPortThatDoesNotSpeakTls) {
  const testing::HostileServer server(testing::always("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const Exchange exchange = fetch("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  EXPECT_TRUE(exchange.failure);
  EXPECT_NE(fault_of(exchange), "none") << message_of(exchange);
}

TEST(Tls, FollowsFromHttpToHttps) {
  Trusting t;
  const LoopbackSite secure(page, t.authority.issue());
  const LoopbackSite plain(
      [&](const SiteRequest&) { return testing::redirect_to(secure.url("/x"), 301); });
  const Exchange exchange = fetch(plain.url("/"), t.options);
  ASSERT_EQ(fault_of(exchange), "none") << message_of(exchange);
  ASSERT_EQ(exchange.hops.size(), 2U);
  EXPECT_FALSE(exchange.hops[0].tls);
  EXPECT_TRUE(exchange.hops[1].tls);
}

}  // namespace
}  // namespace loccit
