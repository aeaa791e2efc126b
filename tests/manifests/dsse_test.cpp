#include "manifests/dsse.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

// The example of the DSSE specification (protocol.md, "Test Vectors").
TEST(Dsse, EncodesBeforeSigningAsTheSpecificationShows) {
  EXPECT_EQ(pre_authentication_encoding("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
}

TEST(Dsse, EnvelopesHoldForTheirKeyAndTheirWordsAlone) {
  for (const KeyKind kind : {KeyKind::ec_p256, KeyKind::ed25519, KeyKind::rsa_3072}) {
    const SigningKey key = SigningKey::generate(kind);
    const auto json = seal_envelope(in_toto_payload_type, R"({"_type":"x"})", key);
    ASSERT_TRUE(json) << json.error().message;
    auto envelope = read_envelope(*json);
    ASSERT_TRUE(envelope) << envelope.error().message;
    EXPECT_EQ(envelope->payload, R"({"_type":"x"})");
    EXPECT_TRUE(verify_envelope(*envelope, key.public_key()));
    EXPECT_FALSE(verify_envelope(*envelope, SigningKey::generate(kind).public_key()));
    Envelope other = *envelope;
    other.payload += " ";
    EXPECT_FALSE(verify_envelope(other, key.public_key()));
    other = *envelope;
    other.payload_type = "text/plain";
    EXPECT_FALSE(verify_envelope(other, key.public_key()));
  }
}

TEST(Dsse, EnvelopesWithPartsMissingOrLoosenedAreRefused) {
  for (const char* json :
       {"", "[]", "{}", R"({"payloadType":"t","payload":"eA==","signatures":[]})",
        R"({"payloadType":"t","payload":"eB==","signatures":[{"sig":"eA=="}]})",
        R"({"payloadType":"t","payload":"eA==","signatures":[{"sig":"eA=="},{"sig":"eA=="}]})"}) {
    EXPECT_FALSE(read_envelope(json)) << json;
  }
  EXPECT_TRUE(
      read_envelope(R"({"payloadType":"t","payload":"eA==","signatures":[{"sig":"eA=="}]})"));
}

}  // namespace
}  // namespace loccit
