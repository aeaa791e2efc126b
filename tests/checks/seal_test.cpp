#include "checks/seal.h"

#include <gtest/gtest.h>

#include "archive/warc_reader.h"
#include "checks/sealed_bundles.h"
#include "manifests/warc_index.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using namespace testing;

TEST(SealedChecks, HoldWhatTheirVerdictsRestOnAndPassTheAudit) {
  const Checked checked;
  ASSERT_EQ(checked.check.report.verdicts.at(0).kind, VerdictKind::intact);
  ASSERT_EQ(checked.check.report.verdicts.at(1).kind, VerdictKind::drifted);
  ASSERT_EQ(checked.check.report.verdicts.at(2).kind, VerdictKind::rotten);
  const std::string bytes = sealed(checked, anonymous());
  const Audit audit = audited(bytes);
  EXPECT_TRUE(audit.holds()) << told(audit);
  for (const char* line :
       {"integrity", "records", "signature", "attestation", "verdicts", "contents"})
    EXPECT_EQ(state(audit, line), "ok") << told(audit);
  auto files = files_of(bytes);
  EXPECT_EQ(files.at("loccit/document/letter.txt"), "Dear all");
  EXPECT_EQ(files.at("loccit/report.html"), "<p>report</p>");
  EXPECT_EQ(files.at("indexes/index.cdx").find("of-another-check"), std::string::npos)
      << "only what this check used";
  EXPECT_NE(files.at("pages/pages.jsonl").find("do not accept the results"), std::string::npos);
  const auto report = report_from_json(files.at("loccit/report.json"));
  ASSERT_TRUE(report);
  const SnapshotRecord& snapshot = *report->verdicts.at(0).links.at(0).snapshot;
  EXPECT_EQ(snapshot.warc, "archive/data.warc.gz");
  const std::string member = files.at(snapshot.warc).substr(snapshot.offset, snapshot.length);
  EXPECT_EQ(member.substr(0, 2), "\x1f\x8b");
}

TEST(SealedChecks, AreTheSameBytesAgainApartFromWhatIsSignedAtRandom) {
  const Checked checked;
  SealOptions options = anonymous();
  options.identity = {.key = SigningKey::generate(KeyKind::ed25519),
                      .throwaway = false};  // whose signatures repeat
  const std::string first = sealed(checked, options);
  ASSERT_TRUE(std::filesystem::remove_all(
      checked.folder / "a" / "seals"));  // else the second names the first as its predecessor
  EXPECT_EQ(first, sealed(checked, options));
}

TEST(SealedChecks, LeaveTheDocumentOutWhereAsked) {
  const Checked checked;
  SealOptions options = anonymous();
  options.document = KeepDocument::no;
  const std::string bytes = sealed(checked, options);
  EXPECT_EQ(files_of(bytes).count("loccit/document/letter.txt"), 0U);
  EXPECT_TRUE(audited(bytes).holds());
}

TEST(SealedChecks, NameTheBundleBeforeThem) {
  const Checked checked;
  const std::string first = sealed(checked, anonymous());
  EXPECT_EQ(state(audited(first), "previous"), "absent");
  const std::string second = sealed(checked, anonymous());
  EXPECT_EQ(state(audited(second), "previous"), "unknown");
  EXPECT_EQ(state(audited(second, {.previous_sha256 = to_hex(sha256(first))}), "previous"), "ok");
  EXPECT_EQ(state(audited(second, {.previous_sha256 = to_hex(sha256(second))}), "previous"),
            "failed");
}

TEST(SealedChecks, OfAnotherReportThanTheArchiveGivesAreRefused) {
  Checked checked;
  checked.check.report.verdicts.at(1).kind = VerdictKind::intact;
  const auto outcome =
      seal_check(checked.check, *checked.archive, checked.folder / "b.wacz", anonymous());
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("c2: the report says intact"), std::string::npos)
      << outcome.error().message;
  EXPECT_FALSE(std::filesystem::exists(checked.folder / "b.wacz"));
}

TEST(SealedChecks, RestOnTheSnapshotsOfTheirTimeWhateverCameLater) {
  Checked checked;
  ASSERT_TRUE(
      checked.archive->put(page(standing, html("Not found any more."), "2026-11-25T16:00:00Z")));
  const Audit audit = audited(sealed(checked, anonymous()));
  EXPECT_TRUE(audit.holds()) << told(audit);
}

// The words stand on the page that the cited one names as its English version.
TEST(SealedChecks, HoldThePageInTheQuotesLanguageTheyWereJudgedOn) {
  const std::string cited = "https://a.example/fr", english = "https://a.example/en";
  const std::string french =
      "<html lang=fr><head><link rel=alternate hreflang=en href=/en></head><body><p>Les membres "
      "n'acceptent pas les r\u00E9sultats du vote, et personne n'en doute ici, ni le gardien ni "
      "les "
      "p\u00EAcheurs qui passent tous les matins avant le lever du soleil.</p></body></html>";
  Document document;
  document.info = letter().info;
  document.sources = {{.id = "1", .label = "1", .urls = {cited}, .kind = SourceKind::web}};
  document.citations = {{.id = "c1",
                         .quote = "The members do not accept the results of the vote, and nobody "
                                  "doubts it here.",
                         .sources = {"1"}}};
  const Checked checked(document, [&](Archive& kept) {
    EXPECT_TRUE(kept.put(page(cited, french)));
    EXPECT_TRUE(kept.put(page(english, html("The members do not accept the results of the vote, "
                                            "and nobody doubts it here."))));
  });
  ASSERT_EQ(checked.check.report.verdicts.at(0).kind, VerdictKind::intact)
      << checked.check.report.verdicts.at(0).reason;
  const std::string bytes = sealed(checked, anonymous());
  const Audit audit = audited(bytes);
  EXPECT_TRUE(audit.holds()) << told(audit);
  EXPECT_NE(files_of(bytes).at("indexes/index.cdx").find(english), std::string::npos);
  // Without it, nothing says what the words were.
  const Audit without = audited(forged(bytes, [&](auto& files) {
    std::string& index = files.at("indexes/index.cdx");
    const std::size_t at = index.find(english);
    ASSERT_NE(at, std::string::npos);
    index.replace(at, english.size(), "https://a.example/xx");
  }));
  EXPECT_FALSE(without.holds()) << told(without);
  const Audit moved = audited(forged(bytes, [&](auto& files) {
    std::string& report = files.at("loccit/report.json");
    const std::size_t at = report.find("\"alternate\"");
    ASSERT_NE(at, std::string::npos);
    report.replace(at, 11, "\"alternat_\"");
  }));
  EXPECT_FALSE(moved.holds()) << told(moved);
}

TEST(ForgedBundles, WithAnEditedReportAndFittingHashesFailByTheSnapshots) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  EXPECT_TRUE(audited(forged(bytes, [](auto&) {})).holds()) << "the forger's workshop itself";
  const auto edited = [&](const std::string& file, const std::string& from, const std::string& to) {
    return audited(forged(bytes, [&](auto& files) {
      std::string& text = files.at(file);
      const std::size_t at = text.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      text.replace(at, from.size(), to);
    }));
  };
  for (const auto& [from, to] : {std::pair{"\"verdict\":\"drifted\"", "\"verdict\":\"intact\""},
                                 {"\"state\":\"altered\"", "\"state\":\"verbatim\""},
                                 {"\"status\":200", "\"status\":203"},
                                 {"outcome of the talks", "outcome of the walks"}}) {
    const Audit audit = edited("loccit/report.json", from, to);
    EXPECT_EQ(state(audit, "verdicts"), "failed") << from << "\n" << told(audit);
  }
  EXPECT_EQ(state(edited("loccit/manifest.json", "do not accept the outcome", "accept the outcome"),
                  "verdicts"),
            "failed");
}

// Verdicts untouched: what is shown of them says something else.
TEST(ForgedBundles, ThatShowOtherThingsThanTheyProveAreRefused) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  const auto contents_of = [&](const std::string& file, const std::string& from,
                               const std::string& to) {
    const Audit audit = audited(forged(bytes, [&](auto& files) {
      std::string& text = files.at(file);
      const std::size_t at = text.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      text.replace(at, from.size(), to);
    }));
    EXPECT_EQ(state(audit, "verdicts"), "ok") << told(audit);
    return state(audit, "contents");
  };
  EXPECT_EQ(contents_of("loccit/report.json", "\"intact\":1", "\"intact\":3"), "failed");
  EXPECT_EQ(contents_of("loccit/report.json", "\"schema\"", "\"note\":\"all is well\",\"schema\""),
            "failed");
  EXPECT_EQ(contents_of("loccit/report.html", "report", "all is well"), "failed");
  EXPECT_EQ(contents_of("loccit/document/letter.txt", "Dear", "Cheap"), "failed");
  EXPECT_EQ(contents_of("pages/pages.jsonl", "do not accept", "do accept"), "failed");
}

TEST(ForgedBundles, WhoseIndexLeadsToOtherRecordsAreRefused) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  const auto records_of = [&](const std::function<void(std::string & index)>& hand) {
    return state(audited(forged(bytes, [&](auto& files) { hand(files.at("indexes/index.cdx")); })),
                 "records");
  };
  EXPECT_EQ(records_of([](std::string&) {}), "ok");
  EXPECT_EQ(records_of([](std::string& index) { index.resize(index.find('\n') + 1); }), "failed");
  for (const auto& [from, to] : {std::pair{"20261124", "20251124"},
                                 {"\"url\":\"https://a", "\"url\":\"https://b"},
                                 {"\"digest\":\"sha256:", "\"digest\":\"sha256:0"},
                                 {"\"recordDigest\":\"sha256:", "\"recordDigest\":\"sha256:0"}}) {
    EXPECT_EQ(records_of([&](std::string& index) {
                index.replace(index.find(from), std::string_view(from).size(), to);
              }),
              "failed")
        << from;
  }
}

// Nothing leans on a request: only the file's first record, and the index, know that it was there.
TEST(ForgedBundles, WithARecordTakenOutAndTheIndexMendedAreRefused) {
  const Checked checked;
  const Audit audit = audited(forged(sealed(checked, anonymous()), [](auto& files) {
    std::string& warc = files.at("archive/data.warc.gz");
    const std::string whole = warc;
    auto reader = WarcReader::open(ByteSource::of(whole, "w"));
    for (auto record = reader->next(); record && *record; record = reader->next()) {
      if ((*record)->type != "request") continue;
      warc.erase((*record)->offset, *reader->end_of_record() - (*record)->offset);
      break;
    }
    ASSERT_LT(warc.size(), whole.size());
    files.at("indexes/index.cdx") = *index_warc(warc, "data.warc.gz");
  }));
  EXPECT_EQ(state(audit, "integrity"), "ok") << told(audit);
  EXPECT_EQ(state(audit, "records"), "failed") << told(audit);
}

// To take loccit's marks away must not make a bundle pass for another tool's, which may be
// unsigned.
TEST(ForgedBundles, StrippedOfTheSealAreNotTakenForAnotherTools) {
  const Checked checked;
  auto files = files_of(sealed(checked, anonymous()));
  Json package = *parse_json(files.at("datapackage.json"));
  Json::Object& members = *package.as_object();
  std::erase_if(members, [](const Json::Member& m) { return m.first == "loccit"; });
  package.set("software", "py-wacz 0.5.0");
  std::vector<ZipPiece> pieces;
  for (const auto& [name, content] : files) {
    if (name.substr(0, 11) != "datapackage") pieces.push_back({.name = name, .content = content});
  }
  const std::string text = write_json(package, JsonStyle::pretty);
  pieces.push_back({.name = "datapackage.json", .content = text});
  pieces.push_back(
      {.name = "datapackage-digest.json",
       .content = write_digest_file({.hash = label(sha256(text)), .signed_data = std::nullopt})});
  const Audit audit = audited(make_zip(pieces));
  EXPECT_EQ(state(audit, "signature"), "failed") << told(audit);
  EXPECT_EQ(state(audit, "integrity"), "failed") << told(audit);
}

TEST(ForgedBundles, WithRecordsThatBreakTheirOwnDigestsAreRefused) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  const Audit audit = audited(forged(bytes, [](auto& files) {
    // The WARC rewritten without compression, one letter of a page changed, digests left as they
    // were.
    std::string& warc = files.at("archive/data.warc.gz");
    auto reader = WarcReader::open(ByteSource::of(warc, "w"));
    std::string plain;
    for (auto record = reader->next(); record && *record; record = reader->next()) {
      plain += reader->raw_header();
      plain += *reader->read_rest(1U << 20U) + "\r\n\r\n";
    }
    const std::size_t at = plain.find("members accept the outcome");
    ASSERT_NE(at, std::string::npos);
    plain[at] = 'M';
    warc = plain;
  }));
  EXPECT_EQ(state(audit, "integrity"), "ok") << told(audit);
  EXPECT_EQ(state(audit, "signature"), "ok") << told(audit);
  EXPECT_EQ(state(audit, "records"), "failed") << told(audit);
  EXPECT_FALSE(audit.holds());
}

TEST(ForgedBundles, WithASnapshotTakenOutAreRefused) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  const Audit audit = audited(forged(bytes, [](auto& files) {
    std::string& warc = files.at("archive/data.warc.gz");
    auto reader = WarcReader::open(ByteSource::of(warc, "w"));
    auto record = reader->next();
    record = reader->next();
    warc.resize(static_cast<std::size_t>((*record)->offset));  // the warcinfo alone
  }));
  EXPECT_EQ(state(audit, "verdicts"), "failed") << told(audit);
}

TEST(Audits, LeaveOutWhatTheyAreToldTo) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  const Audit audit = audited(bytes, {.records = false, .verdicts = false});
  EXPECT_EQ(state(audit, "records"), "unknown");
  EXPECT_EQ(state(audit, "verdicts"), "unknown");
  EXPECT_TRUE(audit.holds());
}

TEST(Audits, RefuseEveryByteThatIsBent) {
  const Checked checked;
  const std::string bytes = sealed(checked, anonymous());
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < bytes.size();
       i += 7) {  // manifests/bundle_test.cpp bends every byte of a smaller one
    std::string bent = bytes;
    bent[i] = static_cast<char>(bent[i] ^ (1 << (i % 8)));
    if (audited(bent, {.verdicts = false}).holds()) ++accepted;
  }
  EXPECT_EQ(accepted, 0U);
}

}  // namespace
}  // namespace loccit
