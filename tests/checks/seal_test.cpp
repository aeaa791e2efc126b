#include "checks/seal.h"

#include <map>

#include <gtest/gtest.h>

#include "archive/exchanges.h"
#include "archive/warc_reader.h"
#include "base/digest.h"
#include "base/files.h"
#include "checks/audit.h"
#include "checks/check.h"
#include "checks/policy_settings.h"
#include "manifests/attestation.h"
#include "manifests/bundle.h"
#include "manifests/dsse.h"
#include "support/temp_dir.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using namespace testing;

constexpr const char* standing = "https://a.example/standing";
constexpr const char* changed = "https://a.example/changed";
constexpr const char* lost = "https://b.example/lost";

std::string html(const std::string& words) {
  return "<html><head><title>A page</title></head><body><p>" + words + "</p></body></html>";
}

Document letter() {
  Document document;
  document.info = {.title = "A letter",
                   .file = "letter.txt",
                   .sha256 = to_hex(sha256("Dear all")),
                   .media_type = "text/plain"};
  const auto cite = [&](const std::string& id, const std::string& quote, const char* url) {
    document.sources.push_back(
        {.id = id, .label = id, .note = url, .urls = {url}, .kind = SourceKind::web});
    document.citations.push_back({.id = "c" + id, .quote = quote, .sources = {id}});
  };
  cite("1", "The members do not accept the results of the vote.", standing);
  cite("2", "The members do not accept the outcome of the talks.", changed);
  cite("3", "Nothing was decided on that day.", lost);
  return document;
}

// An archive in which the first source stood twice (a revisit), the second changed, the third is
// gone; and the check of it.
struct Checked {
  TempDir folder;
  std::optional<Archive> archive;
  CheckRecord check;

  explicit Checked(const std::string& time = "2026-11-24T16:00:00Z") {
    auto opened = Archive::open(folder / "a", ArchiveMode::write,
                                {.clock = stopped_clock(), .ids = counted_ids()});
    archive.emplace(std::move(*opened));
    const std::string words = html("The members do not accept the results of the vote.");
    EXPECT_TRUE(archive->put(page("https://c.example/of-another-check", html("Other words."))));
    EXPECT_TRUE(archive->put(page(standing, words, "2026-11-23T16:00:00Z")));
    EXPECT_TRUE(archive->put(page(standing, words, time)));
    EXPECT_TRUE(
        archive->put(page(changed, html("The members accept the outcome of the talks."), time)));
    EXPECT_TRUE(archive->put(
        failed(lost, FetchFault::connection_refused, "b.example refused the connection (443)")));
    CheckOptions options;
    options.clock = [time] { return at(time) + std::chrono::seconds(5); };
    auto report = verify(letter(), *archive, options);
    EXPECT_TRUE(report) << report.error().message;
    check.report = std::move(*report);
    check.settings = policy_to_json(options.policy);
    check.documents = {{"letter.txt", "Dear all"}};
    check.id = check_id(check.report);
  }
};

SealOptions anonymous() {
  SealOptions options;
  options.html = [](const Report&) { return std::string("<p>report</p>"); };
  return options;
}

std::string sealed(const Checked& checked, const SealOptions& options) {
  const auto outcome =
      seal_check(checked.check, *checked.archive, checked.folder / "b.wacz", options);
  EXPECT_TRUE(outcome) << outcome.error().message;
  return outcome ? *read_file(checked.folder / "b.wacz") : "";
}

Audit audited(const std::string& bytes, AuditOptions options = {}) {
  options.page = anonymous().html;
  return audit_bundle(bytes, ByteSource::of(bytes, "bundle"), options);
}

std::string told(const Audit& audit) {
  std::string out;
  for (const AuditLine& line : audit.lines) {
    out += line.id + " " + name(line.state) + ": " + line.words + "\n";
    for (const std::string& remark : line.remarks) out += "  (" + remark + ")\n";
  }
  return out;
}

std::string state(const Audit& audit, const char* line) {
  return audit.find(line) == nullptr ? "none" : name(audit.find(line)->state);
}

std::map<std::string, std::string> files_of(const std::string& bytes) {
  std::map<std::string, std::string> files;
  const auto bundle = read_bundle(bytes);
  for (const ZipEntry& entry : bundle->zip.entries) files[entry.name] = std::string(entry.stored);
  return files;
}

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

// A forger with the key, or with one of his own: everything fits but what the snapshots say.
std::string forged(const std::string& bytes,
                   const std::function<void(std::map<std::string, std::string>&)>& hand) {
  auto files = files_of(bytes);
  hand(files);
  const TempDir folder;
  BundleContents contents;
  const Json package = *parse_json(files.at("datapackage.json"));
  SealingIdentity forger;
  const auto report = report_from_json(files.at("loccit/report.json"));
  files["loccit/attestation.dsse.json"] =
      *seal_envelope(in_toto_payload_type, in_toto_statement(*report), forger.key);
  for (const auto& [name, content] : files) {
    if (name.substr(0, 11) != "datapackage") contents.files.push_back({name, content});
  }
  contents.created = *from_iso8601(*package.find("created")->as_string());
  contents.loccit = Json::object({{"settings", *package.find("loccit")->find("settings")}});
  EXPECT_TRUE(write_bundle(folder / "f.wacz", contents, forger));
  return *read_file(folder / "f.wacz");
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
