#include "manifests/signature.h"

#include <gtest/gtest.h>

#include "manifests/certificate_maker.h"
#include "manifests/certificates.h"

namespace loccit {
namespace {

const Timestamp now = *from_iso8601("2026-11-24T12:00:00Z");
constexpr std::string_view message = "sha256:0123";

TEST(Signatures, OfEveryKindOfKeyHoldOverTheirWordsAndNoOthers) {
  for (const KeyKind kind :
       {KeyKind::ec_p256, KeyKind::ec_p384, KeyKind::ed25519, KeyKind::rsa_3072}) {
    for (const SignatureForm form : {SignatureForm::der, SignatureForm::raw}) {
      const SigningKey key = SigningKey::generate(kind);
      const auto signature = key.sign(message, form);
      ASSERT_TRUE(signature) << signature.error().message;
      EXPECT_TRUE(verify_signature(key.public_key(), message, *signature, form));
      EXPECT_FALSE(verify_signature(key.public_key(), "sha256:0124", *signature, form));
      EXPECT_FALSE(
          verify_signature(SigningKey::generate(kind).public_key(), message, *signature, form));
      for (std::size_t i = 0; i < signature->size(); ++i) {
        std::string bent = *signature;
        bent[i] = static_cast<char>(bent[i] ^ 1);
        EXPECT_FALSE(verify_signature(key.public_key(), message, bent, form)) << "byte " << i;
      }
      EXPECT_FALSE(verify_signature(key.public_key(), message, *signature + '\0', form));
      EXPECT_FALSE(verify_signature(key.public_key(), message, "", form));
    }
  }
}

TEST(Signatures, InOneFormAreNotTakenInTheOther) {
  const SigningKey key = SigningKey::generate(KeyKind::ec_p384);
  EXPECT_EQ(key.sign(message, SignatureForm::raw)->size(), 96U);
  EXPECT_FALSE(verify_signature(key.public_key(), message, *key.sign(message, SignatureForm::raw),
                                SignatureForm::der));
  EXPECT_FALSE(verify_signature(key.public_key(), message, *key.sign(message, SignatureForm::der),
                                SignatureForm::raw));
}

TEST(SigningKeys, ComeBackFromTheirPem) {
  const SigningKey key = SigningKey::generate(KeyKind::ed25519);
  const auto again = SigningKey::from_pem(key.to_pem());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->public_key(), key.public_key());
}

// openssl genpkey -algorithm ed25519 -aes256 -pass pass:open
constexpr std::string_view encrypted_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAieFhU7XBmALwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJe+zh4ySP32LMWKVvpb4s0EQM/h
Re6Kn3N+Vb8rzADpNgvQpjRPKHJ6Uo5ITxLoNQLw6LX7KRvCh82w4Va2h6WJ5Y1f
Ne1HzkP7oWRiwwY3MJw=
-----END ENCRYPTED PRIVATE KEY-----
)";

TEST(SigningKeys, AskForAPassphraseOnlyWhereTheyAreEncrypted) {
  const auto without = SigningKey::from_pem(encrypted_pem);
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().kind, FailureKind::encrypted);
  const auto wrong =
      SigningKey::from_pem(encrypted_pem, [] { return Result<std::string>("shut"); });
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("does not open"), std::string::npos)
      << wrong.error().message;
  EXPECT_TRUE(SigningKey::from_pem(encrypted_pem, [] { return Result<std::string>("open"); }));
  const SigningKey plain = SigningKey::generate(KeyKind::ec_p256);
  EXPECT_TRUE(SigningKey::from_pem(
      plain.to_pem(), []() -> Result<std::string> { throw std::logic_error("asked"); }));
}

TEST(SigningKeys, ThatAreNoneAreRefusedInWords) {
  EXPECT_NE(SigningKey::from_pem("hello").error().message.find("no private key"),
            std::string::npos);
}

TEST(Certificates, OfOnesOwnSayWhoAndForHowLong) {
  const SigningKey key = SigningKey::generate(KeyKind::ec_p256);
  const auto certificate = self_signed_certificate(key, "example.org", now, 365);
  ASSERT_TRUE(certificate) << certificate.error().message;
  EXPECT_EQ(certificate->subject, "CN=example.org");
  EXPECT_EQ(vouched_name(*certificate), "example.org");
  EXPECT_EQ(certificate->dns_names, std::vector<std::string>{"example.org"});
  EXPECT_EQ(certificate->public_key, key.public_key());
  EXPECT_EQ(to_iso8601(certificate->not_before), "2026-11-24T11:00:00Z");
  EXPECT_FALSE(self_signed_certificate(key, "not a host", now, 365));
}

TEST(Certificates, WithoutAnEndAreTakenAtTheirWord) {
  constexpr int thousand_years = 365'243;
  const auto certificate = self_signed_certificate(SigningKey::generate(KeyKind::ec_p256),
                                                   "example.org", now, thousand_years);
  ASSERT_TRUE(certificate) << certificate.error().message;
  EXPECT_EQ(to_iso8601(certificate->not_after).substr(0, 4), "3026");
}

TEST(Certificates, InAListKeepTheirOrderAndNothingElseMayStandThere) {
  const auto a =
      self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "a.example", now, 1);
  const auto b =
      self_signed_certificate(SigningKey::generate(KeyKind::rsa_3072), "b.example", now, 1);
  const std::string pem = write_certificates(std::vector{*a, *b});
  const auto again = read_certificates(pem);
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ(again->size(), 2U);
  EXPECT_EQ((*again)[1].subject, "CN=b.example");
  EXPECT_NE(pem.find("-----END CERTIFICATE-----\n\n-----BEGIN"), std::string::npos);
  EXPECT_FALSE(read_certificates("hidden\n" + pem));
  EXPECT_FALSE(read_certificates(pem + "hidden"));
  EXPECT_FALSE(read_certificates(pem.substr(0, pem.size() - 10)));
  EXPECT_FALSE(read_certificates(""));
  EXPECT_EQ(read_certificates(pem, 1).error().kind, FailureKind::too_large);
}

TEST(Chains, AreTrustedByTheirAnchorsAloneAndAtTheirTime) {
  const auto mine =
      self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "a.example", now, 10);
  const auto other =
      self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "a.example", now, 10);
  const std::vector chain{*mine};
  EXPECT_TRUE(check_chain(chain, chain, now, ChainPurpose::signing));
  EXPECT_FALSE(check_chain(chain, {}, now, ChainPurpose::signing));
  EXPECT_FALSE(check_chain(chain, std::vector{*other}, now, ChainPurpose::signing));
  const auto late =
      check_chain(chain, chain, now + std::chrono::hours(24 * 11), ChainPurpose::signing);
  ASSERT_FALSE(late);
  EXPECT_NE(late.error().message.find("expired"), std::string::npos) << late.error().message;
  EXPECT_FALSE(check_chain(chain, chain, now - std::chrono::hours(24), ChainPurpose::signing));
  EXPECT_FALSE(check_chain(chain, chain, now, ChainPurpose::time_stamping));
}

TEST(Chains, KnowWhetherEachIsSignedByTheNext) {
  const auto mine =
      self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "a.example", now, 10);
  const auto other =
      self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "b.example", now, 10);
  EXPECT_TRUE(check_links(std::vector{*mine, *mine}));
  EXPECT_FALSE(check_links(std::vector{*mine, *other}));
}

TEST(TrustAnchors, AreCertificatesAndPublicKeysWithAnythingBetween) {
  const auto certificate =
      self_signed_certificate(SigningKey::generate(KeyKind::ec_p256), "a.example", now, 10);
  TrustAnchors anchors;
  ASSERT_TRUE(
      add_trust_anchors("# Some root\n" + write_certificates(std::vector{*certificate}), anchors));
  EXPECT_EQ(anchors.certificates.size(), 1U);
  EXPECT_FALSE(add_trust_anchors("nothing here", anchors));
}

}  // namespace
}  // namespace loccit
