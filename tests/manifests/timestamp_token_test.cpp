#include "manifests/timestamp_token.h"

#include <gtest/gtest.h>

#include "manifests/certificate_maker.h"
#include "manifests/timestamp_client.h"
#include "support/timestamp_authority.h"

namespace loccit {
namespace {

using testing::AuthorityMood;
using testing::TimestampAuthority;

class Timestamps : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (TimestampAuthority::available()) authority = new TimestampAuthority;
  }
  static void TearDownTestSuite() { delete authority; }
  void SetUp() override {
    if (authority == nullptr)
      GTEST_SKIP() << "the openssl program is missing: no timestamp authority";
    authority->set_mood(AuthorityMood::honest);
  }
  static std::string stamped(Bytes message) {
    const TimestampRequest request = make_timestamp_request(message);
    const auto answer = accept_timestamp(request, message, authority->answer(request.der));
    EXPECT_TRUE(answer) << answer.error().message;
    return answer.value_or("");
  }
  static TimestampAuthority* authority;
};
TimestampAuthority* Timestamps::authority = nullptr;

TEST_F(Timestamps, OfOurAuthorityHoldOverTheirWordsAndNoOthers) {
  const std::string response = stamped("words");
  EXPECT_TRUE(verify_timestamp(response, "words", {}));
  EXPECT_FALSE(verify_timestamp(response, "other words", {}));
  const auto facts = read_timestamp(response);
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_LT(std::chrono::abs(facts->time - system_clock()()), std::chrono::minutes(5));
  EXPECT_EQ(facts->accuracy, std::chrono::seconds(1));
  EXPECT_EQ(facts->policy, "1.2.3.4.1");
  ASSERT_EQ(facts->certificates.size(), 2U);
  EXPECT_EQ(facts->certificates.front().subject, "CN=Test time stamps");
}

TEST_F(Timestamps, AreTrustedByTheRootsGivenAndNoOthers) {
  const std::string response = stamped("words");
  TrustAnchors roots;
  ASSERT_TRUE(add_trust_anchors(authority->root_pem(), roots));
  EXPECT_TRUE(trust_timestamp(response, "words", {}, roots.certificates));
  EXPECT_FALSE(trust_timestamp(response, "words", {}, {}));
  const TimestampAuthority another;
  TrustAnchors others;
  ASSERT_TRUE(add_trust_anchors(another.root_pem(), others));
  const auto refused = trust_timestamp(response, "words", {}, others.certificates);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("certificate verify error"), std::string::npos)
      << refused.error().message;
}

TEST_F(Timestamps, WithoutCertificatesNeedThemFromBeside) {
  // What freetsa answers to a request without certReq: the leaf travels beside the token.
  TimestampRequest request = make_timestamp_request("words");
  const std::size_t certificates_wanted = request.der.rfind("\x01\x01\xff");
  ASSERT_NE(certificates_wanted, std::string::npos);
  request.der.resize(certificates_wanted);
  request.der[1] = static_cast<char>(request.der[1] - 3);
  const std::string response = authority->answer(request.der);
  EXPECT_FALSE(verify_timestamp(response, "words", {}));
  const auto leaf = read_certificates(authority->leaf_pem());
  ASSERT_TRUE(leaf);
  EXPECT_TRUE(verify_timestamp(response, "words", *leaf));
  const auto stranger = self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "a.example",
                                                system_clock()(), 10);
  EXPECT_FALSE(verify_timestamp(response, "words", std::vector{*stranger}));
}

TEST_F(Timestamps, WithAnyByteChangedAreRefused) {
  const std::string response = stamped("words");
  EXPECT_TRUE(check_plain_form(response));
  const auto authorities = read_timestamp(response)->certificates;
  for (std::size_t i = 0; i < response.size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      std::string bent = response;
      bent[i] = static_cast<char>(bent[i] ^ (1 << bit));
      const auto facts = read_timestamp(bent);
      const bool same_certificates =
          facts && facts->certificates.size() == authorities.size() &&
          std::equal(authorities.begin(), authorities.end(), facts->certificates.begin(),
                     [](const auto& a, const auto& b) { return a.fingerprint == b.fingerprint; });
      EXPECT_FALSE(same_certificates && check_plain_form(bent) &&
                   verify_timestamp(bent, "words", {}))
          << "byte " << i << " bit " << bit;
    }
  }
  for (std::size_t size = 0; size < response.size(); ++size)
    EXPECT_FALSE(read_timestamp(response.substr(0, size)));
  EXPECT_FALSE(read_timestamp(response + "x"));
}

TEST_F(Timestamps, AreAskedForOverHttpAndTheAnswerMustBeToOurQuestion) {
  const std::vector<std::string> urls{authority->url()};
  EXPECT_TRUE(ask_for_timestamp("words", urls));
  for (const auto& [mood, words] :
       {std::pair{AuthorityMood::another_question, "not to our question"},
        {AuthorityMood::refusing, "refused (status 2"},
        {AuthorityMood::garbled, "no RFC 3161"},
        {AuthorityMood::broken, "HTTP status 500"}}) {
    authority->set_mood(mood);
    const auto answer = ask_for_timestamp("words", urls);
    ASSERT_FALSE(answer) << words;
    EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
  }
}

TEST_F(Timestamps, AreTakenFromTheNextAuthorityWhereTheFirstIsSilent) {
  const std::vector<std::string> urls{"http://127.0.0.1:1/", authority->url()};
  const auto answer = ask_for_timestamp("words", urls);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->authority, authority->url());
}

}  // namespace
}  // namespace loccit
