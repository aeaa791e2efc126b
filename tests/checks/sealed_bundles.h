// A check of three citations, sealed; what an audit says of it; and the workshop of a forger.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "archive/exchanges.h"
#include "base/digest.h"
#include "base/files.h"
#include "checks/audit.h"
#include "checks/check.h"
#include "checks/policy_settings.h"
#include "checks/seal.h"
#include "manifests/attestation.h"
#include "manifests/bundle.h"
#include "manifests/dsse.h"
#include "support/temp_dir.h"

namespace loccit::testing {

inline constexpr const char* standing = "https://a.example/standing";
inline constexpr const char* changed = "https://a.example/changed";
inline constexpr const char* lost = "https://b.example/lost";

inline std::string html(const std::string& words) {
  return "<html><head><title>A page</title></head><body><p>" + words + "</p></body></html>";
}

inline Document letter() {
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

  explicit Checked(const std::string& time = "2026-11-24T16:00:00Z")
      : Checked(
            letter(), [&](Archive& kept) { put_answers(kept, time); }, time) {}

  Checked(const Document& document, const std::function<void(Archive&)>& fill,
          const std::string& time = "2026-11-24T16:00:00Z") {
    auto opened = Archive::open(folder / "a", ArchiveMode::write,
                                {.clock = stopped_clock(), .ids = counted_ids()});
    archive.emplace(std::move(*opened));
    fill(*archive);
    CheckOptions options;
    options.clock = [time] { return at(time) + std::chrono::seconds(5); };
    auto report = verify(document, *archive, options);
    EXPECT_TRUE(report) << report.error().message;
    check.report = std::move(*report);
    check.settings = policy_to_json(options.policy);
    check.documents = {{"letter.txt", "Dear all"}};
    check.id = check_id(check.report);
  }

  static void put_answers(Archive& kept, const std::string& time) {
    const std::string words = html("The members do not accept the results of the vote.");
    EXPECT_TRUE(kept.put(page("https://c.example/of-another-check", html("Other words."))));
    EXPECT_TRUE(kept.put(page(standing, words, "2026-11-23T16:00:00Z")));
    EXPECT_TRUE(kept.put(page(standing, words, time)));
    EXPECT_TRUE(
        kept.put(page(changed, html("The members accept the outcome of the talks."), time)));
    EXPECT_TRUE(kept.put(
        failed(lost, FetchFault::connection_refused, "b.example refused the connection (443)")));
  }
};

inline SealOptions anonymous() {
  SealOptions options;
  options.html = [](const Report&) { return std::string("<p>report</p>"); };
  return options;
}

inline std::string sealed(const Checked& checked, const SealOptions& options) {
  const auto outcome =
      seal_check(checked.check, *checked.archive, checked.folder / "b.wacz", options);
  EXPECT_TRUE(outcome) << outcome.error().message;
  return outcome ? *read_file(checked.folder / "b.wacz") : "";
}

inline Audit audited(const std::string& bytes, AuditOptions options = {}) {
  options.page = anonymous().html;
  return audit_bundle(bytes, ByteSource::of(bytes, "bundle"), options);
}

inline std::string told(const Audit& audit) {
  std::string out;
  for (const AuditLine& line : audit.lines) {
    out += line.id + " " + name(line.state) + ": " + line.words + "\n";
    for (const std::string& remark : line.remarks) out += "  (" + remark + ")\n";
  }
  return out;
}

inline std::string state(const Audit& audit, const char* line) {
  return audit.find(line) == nullptr ? "none" : name(audit.find(line)->state);
}

inline std::map<std::string, std::string> files_of(const std::string& bytes) {
  std::map<std::string, std::string> files;
  const auto bundle = read_bundle(bytes);
  for (const ZipEntry& entry : bundle->zip.entries) files[entry.name] = std::string(entry.stored);
  return files;
}

// A forger with the key, or with one of his own: everything fits but what the snapshots say.
inline std::string forged(const std::string& bytes,
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

}  // namespace loccit::testing
