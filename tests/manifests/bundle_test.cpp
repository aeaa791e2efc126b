#include "manifests/bundle.h"

#include <cstdlib>
#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "base/base64.h"
#include "base/digest.h"
#include "base/files.h"
#include "manifests/audit_seal.h"
#include "manifests/bundle_reader.h"
#include "manifests/certificate_maker.h"
#include "support/temp_dir.h"
#include "support/timestamp_authority.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using testing::make_zip;
using testing::TempDir;
using testing::TimestampAuthority;
using testing::ZipPiece;

// The smallest bundle that has everything: signed in one form or the other, stamped or not.
struct Made {
  std::string bytes;
  TrustAnchors roots;
  Timestamp now;
};

SealingIdentity with_certificate(TrustAnchors& roots, Timestamp now) {
  SealingIdentity identity{.key = SigningKey::generate(KeyKind::ec_p256), .throwaway = false};
  identity.chain = {*self_signed_certificate(identity.key, "loccit.example", now, 90)};
  roots.certificates.push_back(identity.chain.front());
  return identity;
}

std::string written(const SealingIdentity& identity, Timestamp now) {
  const TempDir folder;
  const BundleContents contents{.files = {{"archive/data.warc.gz", "w"},
                                          {"indexes/index.cdx", "i"},
                                          {"pages/pages.jsonl", "p"}},
                                .title = "A letter",
                                .created = now};
  const auto note = write_bundle(folder / "b.wacz", contents, identity);
  EXPECT_TRUE(note) << note.error().message;
  return note ? *read_file(folder / "b.wacz") : "";
}

class Bundles : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (TimestampAuthority::available()) authority = new TimestampAuthority;
  }
  static void TearDownTestSuite() {
    delete authority;
    authority = nullptr;
  }
  void SetUp() override {
    if (authority == nullptr)
      GTEST_SKIP() << "the openssl program is missing: no timestamp authority";
    authority->set_mood(testing::AuthorityMood::honest);
  }
  static Made stamped_and_certified() {
    Made made{.now = std::chrono::floor<std::chrono::seconds>(system_clock()())};
    SealingIdentity identity = with_certificate(made.roots, made.now);
    identity.authorities = {authority->url()};
    made.bytes = written(identity, made.now);
    EXPECT_TRUE(add_trust_anchors(authority->root_pem(), made.roots));
    return made;
  }
  static TimestampAuthority* authority;
};
TimestampAuthority* Bundles::authority = nullptr;

std::vector<AuditLine> audited(Bytes bytes, const std::optional<TrustAnchors>& trust,
                               Timestamp now) {
  const auto bundle = read_bundle(bytes);
  if (!bundle) {
    AuditLine line{.id = "integrity"};
    line.fail_because(bundle.error().message);
    return {line};
  }
  SealLines seal = check_seal(*bundle, trust, now);
  return {check_integrity(*bundle), seal.signature, seal.signer_trusted, seal.time,
          seal.authority_trusted};
}

std::string states(const std::vector<AuditLine>& lines) {
  std::string out;
  for (const AuditLine& line : lines)
    out += (out.empty() ? "" : " ") + std::string(name(line.state));
  return out;
}

std::string words(const std::vector<AuditLine>& lines) {
  std::string out;
  for (const AuditLine& line : lines) {
    out += line.id + ": " + line.words + "\n";
    for (const std::string& problem : line.problems) out += "  " + problem + "\n";
    for (const std::string& remark : line.remarks) out += "  (" + remark + ")\n";
  }
  return out;
}

TEST_F(Bundles, PassTheirOwnAudit) {
  const Made made = stamped_and_certified();
  const auto lines = audited(made.bytes, made.roots, made.now);
  EXPECT_EQ(states(lines), "ok ok ok ok ok") << words(lines);
  EXPECT_EQ(states(audited(made.bytes, std::nullopt, made.now)), "ok ok unknown ok unknown");
}

TEST_F(Bundles, AreTrustedByTheRootsGivenAlone) {
  const Made made = stamped_and_certified();
  TrustAnchors signer_only, authority_only, strangers;
  signer_only.certificates = {made.roots.certificates.front()};
  authority_only.certificates = {made.roots.certificates.back()};
  with_certificate(strangers, made.now);
  EXPECT_EQ(states(audited(made.bytes, signer_only, made.now)), "ok ok ok ok failed");
  EXPECT_EQ(states(audited(made.bytes, authority_only, made.now)), "ok ok failed ok ok");
  EXPECT_EQ(states(audited(made.bytes, strangers, made.now)), "ok ok failed ok failed");
  EXPECT_EQ(states(audited(made.bytes, TrustAnchors{}, made.now)), "ok ok failed ok failed");
}

TEST_F(Bundles, OutliveTheCertificateWhereATrustedTimestampProvesTheTime) {
  const Made made = stamped_and_certified();
  const Timestamp in_a_year = made.now + std::chrono::hours(24 * 365);
  EXPECT_EQ(states(audited(made.bytes, made.roots, in_a_year)), "ok ok ok ok ok");
  TrustAnchors roots;
  const std::string untimed = written(with_certificate(roots, made.now), made.now);
  EXPECT_EQ(states(audited(untimed, roots, made.now)), "ok ok ok absent absent");
  const auto late = audited(untimed, roots, in_a_year);
  EXPECT_EQ(states(late), "ok ok failed absent absent");
  EXPECT_NE(late[2].words.find("expired"), std::string::npos) << late[2].words;
}

TEST_F(Bundles, WithoutCertificateAreSignedInTheAnonymousForm) {
  const Timestamp now = std::chrono::floor<std::chrono::seconds>(system_clock()());
  SealingIdentity identity;
  identity.authorities = {authority->url()};
  const std::string bytes = written(identity, now);
  EXPECT_EQ(states(audited(bytes, std::nullopt, now)), "ok ok unknown ok unknown");
  TrustAnchors key;
  key.public_keys = {identity.key.public_key()};
  EXPECT_EQ(states(audited(bytes, key, now)), "ok ok ok ok failed");
  const auto data = *read_bundle(bytes)->digest_file->signed_data;
  EXPECT_EQ(from_base64(data.signature)->size(), 96U);
  EXPECT_FALSE(data.domain_cert);
}

// Issue "Evidence", "Done when": every byte of the smallest bundle, bent.
TEST_F(Bundles, WithAnyByteBentAreRefusedUnlessTheirContentIsTheSame) {
  const Made made = stamped_and_certified();
  const auto content = [](Bytes bytes) {
    const auto bundle = read_bundle(bytes);
    std::string all = bundle->digest_text + bundle->datapackage_text;
    for (const ZipEntry& entry : bundle->zip.entries) all += entry.name + std::string(entry.stored);
    return all;
  };
  const std::string right = content(made.bytes);
  std::size_t immaterial = 0;
  for (std::size_t i = 0; i < made.bytes.size(); ++i) {
    std::string bent = made.bytes;
    bent[i] = static_cast<char>(bent[i] ^ (1 << (i % 8)));
    const auto lines = audited(bent, made.roots, made.now);
    if (states(lines) != "ok ok ok ok ok") continue;
    ++immaterial;
    EXPECT_EQ(content(bent), right) << "byte " << i;
  }
  EXPECT_EQ(immaterial, 0U);
}

TEST_F(Bundles, CutShortAreRefused) {
  const Made made = stamped_and_certified();
  for (std::size_t size = 0; size < made.bytes.size(); ++size) {
    ASSERT_EQ(states(audited(made.bytes.substr(0, size), std::nullopt, made.now)), "failed")
        << size;
  }
}

// Takes a bundle apart, lets a hand change its pieces, and puts it together with hashes that fit.
using Pieces = std::map<std::string, std::string>;
std::string forged(const std::string& bytes, const std::function<void(Pieces&)>& hand,
                   bool mend_digest = true) {
  const auto bundle = read_bundle(bytes);
  Pieces pieces;
  for (const ZipEntry& entry : bundle->zip.entries) pieces[entry.name] = std::string(entry.stored);
  hand(pieces);
  if (mend_digest) {
    Json package = *parse_json(pieces["datapackage.json"]);
    Json resources = Json::array();
    for (const auto& [name, content] : pieces) {
      if (name.substr(0, 11) == "datapackage") continue;
      resources.push(Json::object({{"name", name},
                                   {"path", name},
                                   {"hash", label(sha256(content))},
                                   {"bytes", static_cast<std::int64_t>(content.size())}}));
    }
    package.set("resources", std::move(resources));
    pieces["datapackage.json"] = write_json(package, JsonStyle::pretty);
    if (pieces.count("datapackage-digest.json") > 0) {
      DigestFile digest = *read_digest_file(pieces["datapackage-digest.json"]);
      digest.hash = label(sha256(pieces["datapackage.json"]));
      pieces["datapackage-digest.json"] = write_digest_file(digest);
    }
  }
  std::vector<ZipPiece> list;
  for (const auto& [name, content] : pieces) list.push_back({.name = name, .content = content});
  return make_zip(list);
}

std::string with_digest(const std::string& bytes, const std::function<void(DigestFile&)>& hand) {
  return forged(
      bytes,
      [&](Pieces& pieces) {
        DigestFile digest = *read_digest_file(pieces["datapackage-digest.json"]);
        hand(digest);
        pieces["datapackage-digest.json"] = write_digest_file(digest);
      },
      false);
}

void refused(const std::string& bytes, const Made& made, std::string_view because) {
  const auto lines = audited(bytes, made.roots, made.now);
  EXPECT_NE(states(lines).find("failed"), std::string::npos) << because;
  EXPECT_NE(words(lines).find(because), std::string::npos) << words(lines);
}

TEST_F(Bundles, WithEntriesChangedAddedRemovedOrSwappedAreRefused) {
  const Made made = stamped_and_certified();
  EXPECT_EQ(states(audited(forged(
                               made.bytes, [](Pieces&) {}, false),
                           made.roots, made.now)),
            "ok ok ok ok ok")
      << "the forger's workshop itself";
  refused(forged(
              made.bytes, [](Pieces& p) { p["pages/pages.jsonl"] = "q"; }, false),
          made, "\"pages/pages.jsonl\" was changed");
  refused(forged(made.bytes, [](Pieces& p) { p["pages/pages.jsonl"] = "q"; }), made,
          "another datapackage.json was signed");
  refused(forged(
              made.bytes, [](Pieces& p) { p["loccit/extra.txt"] = "x"; }, false),
          made, "not in datapackage.json");
  refused(forged(
              made.bytes, [](Pieces& p) { p.erase("pages/pages.jsonl"); }, false),
          made, "not in the bundle");
  refused(forged(
              made.bytes,
              [](Pieces& p) { std::swap(p["pages/pages.jsonl"], p["indexes/index.cdx"]); }, false),
          made, "was changed");
  refused(forged(made.bytes, [](Pieces& p) { p.erase("datapackage-digest.json"); }), made,
          "datapackage-digest.json is missing");
  refused(forged(
              made.bytes, [](Pieces& p) { p.erase("datapackage.json"); }, false),
          made, "has no datapackage.json");
}

TEST_F(Bundles, WhoseSealWasEditedAreRefused) {
  const Made made = stamped_and_certified();
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data.reset(); }), made,
          "the signature was removed");
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data->time_signature.reset(); }),
          made, "it was removed");
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data->timestamp_cert.reset(); }),
          made, "timestampCert");
  refused(with_digest(made.bytes,
                      [](DigestFile& d) { d.signed_data->created = "2020-01-01T00:00:00Z"; }),
          made, "created");
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data->software = "another"; }), made,
          "another software");
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data->version = "0.2.0"; }), made,
          "unknown version");
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data->domain = "court.example"; }),
          made, "its certificate is for");
  refused(with_digest(made.bytes, [](DigestFile& d) { *d.signed_data->domain_cert += "\n"; }), made,
          "certificate chain is not the one");
  refused(with_digest(made.bytes, [](DigestFile& d) { d.signed_data->public_key = "AAAA"; }), made,
          "either a public key or a certificate");
}

TEST_F(Bundles, SignedAnewByAnotherAreNotTheSignersWhoWasTrusted) {
  const Made made = stamped_and_certified();
  TrustAnchors others;
  const SealingIdentity stranger = with_certificate(others, made.now);
  const auto resign = [&](DigestFile& d) {
    d.signed_data->signature =
        to_base64(*stranger.key.sign(d.signed_data->hash, SignatureForm::der));
  };
  refused(with_digest(made.bytes, resign), made, "not made by this key");
  refused(with_digest(made.bytes,
                      [&](DigestFile& d) {
                        resign(d);
                        d.signed_data->domain_cert = write_certificates(stranger.chain);
                      }),
          made, "another key than datapackage.json names");
  // Made anew from the first byte: sound in itself, and vouched for by nobody who was trusted.
  const auto lines = audited(written(stranger, made.now), made.roots, made.now);
  EXPECT_EQ(states(lines), "ok ok failed absent absent") << words(lines);
}

TEST_F(Bundles, WithTheTimestampOfAnotherAreRefused) {
  const Made made = stamped_and_certified();
  const Made other = stamped_and_certified();
  const auto theirs = *read_bundle(other.bytes)->digest_file->signed_data;
  refused(
      with_digest(made.bytes,
                  [&](DigestFile& d) { d.signed_data->time_signature = theirs.time_signature; }),
      made, "message imprint mismatch");
}

TEST_F(Bundles, SayTheirTimeOfCreationWithinTenMinutesOfTheTimestamp) {
  SealingIdentity identity;
  identity.authorities = {authority->url()};
  const Timestamp now = std::chrono::floor<std::chrono::seconds>(system_clock()());
  const TempDir folder;
  for (const auto off : {-std::chrono::minutes(11), std::chrono::minutes(5)}) {
    const BundleContents contents{.files = {{"archive/data.warc.gz", "w"},
                                            {"indexes/index.cdx", "i"},
                                            {"pages/pages.jsonl", "p"}},
                                  .created = now + off};
    const auto note = write_bundle(folder / "b.wacz", contents, identity);
    ASSERT_FALSE(note);
    EXPECT_NE(note.error().message.find("created at"), std::string::npos) << note.error().message;
    EXPECT_FALSE(std::filesystem::exists(folder / "b.wacz"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  }
}

TEST_F(Bundles, AreNotWrittenWithoutTheTimestampAskedForUnlessAllowed) {
  authority->set_mood(testing::AuthorityMood::refusing);
  SealingIdentity identity;
  identity.authorities = {authority->url()};
  const Timestamp now = std::chrono::floor<std::chrono::seconds>(system_clock()());
  const BundleContents contents{.files = {{"archive/data.warc.gz", "w"},
                                          {"indexes/index.cdx", "i"},
                                          {"pages/pages.jsonl", "p"}},
                                .created = now};
  const TempDir folder;
  const auto refusal = write_bundle(folder / "b.wacz", contents, identity);
  ASSERT_FALSE(refusal);
  EXPECT_NE(refusal.error().message.find("--allow-untimed"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  identity.untimed = Untimed::allowed;
  const auto note = write_bundle(folder / "b.wacz", contents, identity);
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_NE(note->why_untimed.find("refused"), std::string::npos);
  EXPECT_EQ(states(audited(*read_file(folder / "b.wacz"), std::nullopt, now)),
            "ok ok unknown absent absent");
}

TEST(BundleWriter, WritesTheSameBytesApartFromTheSignature) {
  const Timestamp now = *from_iso8601("2026-11-24T12:00:00Z");
  const SealingIdentity identity{
      .key = SigningKey::generate(KeyKind::ed25519)};  // whose signatures repeat
  ::setenv("TZ", "America/New_York", 1);
  ::tzset();
  const std::string there = written(identity, now);
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_EQ(there, written(identity, now));
}

TEST(BundleWriter, RefusesACertificateThatCannotServe) {
  const Timestamp now = *from_iso8601("2026-11-24T12:00:00Z");
  TrustAnchors ignored;
  SealingIdentity identity = with_certificate(ignored, now);
  EXPECT_TRUE(check_identity(identity, now));
  EXPECT_NE(
      check_identity(identity, now + std::chrono::hours(24 * 100)).error().message.find("not now"),
      std::string::npos);
  identity.key = SigningKey::generate(KeyKind::ec_p256);
  EXPECT_NE(check_identity(identity, now).error().message.find("another key"), std::string::npos);
}

// Other tools' bundles: what they are known to get wrong is named, and is no tampering.

std::string foreign(const std::string& datapackage, const std::string& warc = "w") {
  return make_zip({{.name = "archive/data.warc.gz", .content = warc},
                   {.name = "indexes/index.cdx.gz", .content = "i"},
                   {.name = "pages/pages.jsonl", .content = "p", .deflate = true},
                   {.name = "datapackage.json", .content = datapackage, .deflate = true}});
}

std::string resource(const std::string& path, const std::string& hash, std::size_t bytes) {
  return R"({"name":"x","path":")" + path + R"(","hash":")" + hash + R"(","bytes":)" +
         std::to_string(bytes) + "}";
}

const std::string others = resource("indexes/index.cdx.gz", label(sha256("i")), 1) + "," +
                           resource("pages/pages.jsonl", label(sha256("p")), 1);

TEST(ForeignBundles, UnsignedAreWholeAndSayThatNobodySigned) {
  const std::string bytes =
      foreign(R"({"profile":"data-package","wacz_version":"1.1.1","resources":[)" +
              resource("archive/data.warc.gz", label(sha256("w")), 1) + "," + others + "]}");
  EXPECT_EQ(states(audited(bytes, std::nullopt, {})), "ok absent absent absent absent")
      << words(audited(bytes, std::nullopt, {}));
  EXPECT_EQ(states(audited(bytes, TrustAnchors{}, {})), "ok absent failed absent absent");
}

TEST(ForeignBundles, OfVersion100GiveTheirHashesInStats) {
  const std::string bytes = foreign(
      R"({"wacz_version":"1.0.0","hashing":"sha256","resources":[{"path":"archive/data.warc.gz","stats":{"hash":")" +
      to_hex(sha256("w")) + R"(","bytes":1}},)" + others + "]}");
  EXPECT_EQ(states(audited(bytes, std::nullopt, {})), "ok absent absent absent absent")
      << words(audited(bytes, std::nullopt, {}));
}

TEST(ForeignBundles, OfJsWaczWithChunksHashedTwiceAreNotTamperedWith) {
  const std::string warc = std::string(65536, 'a') + std::string(1000, 'b');
  const std::string doubled = std::string(2 * 65536, 'a') + std::string(2 * 1000, 'b');
  const auto package = [&](const std::string& hashed) {
    return R"({"resources":[)" +
           resource("archive/data.warc.gz", label(sha256(hashed)), warc.size()) + "," + others +
           "]}";
  };
  const auto lines = audited(foreign(package(doubled), warc), std::nullopt, {});
  EXPECT_EQ(states(lines), "ok absent absent absent absent") << words(lines);
  EXPECT_NE(words(lines).find("js-wacz"), std::string::npos);
  std::string bent = warc;
  bent[70] = 'x';
  EXPECT_EQ(audited(foreign(package(doubled), bent), std::nullopt, {})[0].state,
            AuditState::failed);
}

TEST(ForeignBundles, WithNamesGivenTwiceInJsonAreRefused) {
  const std::string twice = R"({"resources":[],"resources":[)" +
                            resource("archive/data.warc.gz", label(sha256("w")), 1) + "," + others +
                            "]}";
  EXPECT_NE(words(audited(foreign(twice), std::nullopt, {})).find("occurs twice"),
            std::string::npos);
}

}  // namespace
}  // namespace loccit
