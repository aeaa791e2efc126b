#include "cli/sealing.h"

#include <iostream>
#include <set>
#include <sstream>

#include "base/digest.h"
#include "base/files.h"
#include "checks/policy_settings.h"
#include "checks/seal.h"
#include "ci/escape.h"
#include "ci/reports.h"
#include "cli/opening.h"
#include "cli/passphrase.h"

namespace loccit {
namespace {

constexpr ReadLimits document_limits{.max_bytes = 256U << 20U};

Stop named(const std::string& file, const Failure& failure) {
  const bool there = failure.message.find(file) != std::string::npos;
  return {ExitCode::misuse, (there ? "" : file + ": ") + failure.message};
}

tl::expected<SigningKey, Stop> read_key(const SealingFiles& files) {
  const PassphraseSource passphrase = passphrase_source(files.passphrase_file, files.key);
  if (files.key.rfind("pkcs11:", 0) == 0) {
    auto key = SigningKey::from_token(
        files.key, files.passphrase_file.empty() ? PassphraseSource{} : passphrase);
    if (!key) return misuse(key.error().message);
    return std::move(*key);
  }
  auto key = read_file(files.key, {.max_bytes = 1U << 20U}).and_then([&](const std::string& pem) {
    return SigningKey::from_pem(pem, passphrase);
  });
  if (!key) return tl::unexpected(named(files.key, key.error()));
  return std::move(*key);
}

tl::expected<SealingIdentity, Stop> read_identity(const SealingFiles& files) {
  SealingIdentity identity;
  if (files.key.empty() && !files.cert.empty())
    return misuse("--cert wants the key that it is of: name it with --key");
  if (!files.key.empty()) {
    auto key = read_key(files);
    if (!key) return tl::unexpected(key.error());
    identity.key = std::move(*key);
    identity.throwaway = false;
  }
  if (!files.cert.empty()) {
    auto chain =
        read_file(files.cert, {.max_bytes = 1U << 20U}).and_then([](const std::string& pem) {
          return read_certificates(pem);
        });
    if (!chain) return tl::unexpected(named(files.cert, chain.error()));
    identity.chain = std::move(*chain);
  }
  for (const std::string& url : files.authorities) {
    if (!is_web_url(url)) return misuse("--tsa: \"" + url + "\" is no http or https URL");
  }
  identity.authorities = files.authorities;
  identity.untimed = files.allow_untimed ? Untimed::allowed : Untimed::refused;
  if (const auto fits = check_identity(identity, system_clock()()); !fits)
    return misuse(fits.error().message);
  return identity;
}

// Copies of the inputs that still are what was checked. A manifest is no document: the bundle has
// one of its own.
std::vector<CheckedDocument> read_documents(const Report& report, const Options& options) {
  std::set<std::string> wanted{report.document.info.sha256};
  for (const DocumentInfo& part : report.document.parts) wanted.insert(part.sha256);
  std::vector<CheckedDocument> out;
  std::set<std::string> names;
  for (const std::string& path : options.inputs) {
    auto content = read_file(path, document_limits);
    if (!content || wanted.count(to_hex(sha256(*content))) == 0) continue;
    std::string name = std::filesystem::path(path).filename().string();
    for (int number = 2; !names.insert(name).second; ++number) {
      name = std::to_string(number) + "-" + std::filesystem::path(path).filename().string();
    }
    out.push_back({name, std::move(*content)});
  }
  return out;
}

}  // namespace

std::string html_page(const Report& report) {
  std::ostringstream page;
  write_report(report, ReportFormat::html, page);
  return page.str();
}

tl::expected<void, Stop> expect_sealable(const Options& options) {
  std::error_code ignored;
  const auto folder = std::filesystem::absolute(options.seal.file, ignored).parent_path();
  if (!std::filesystem::is_directory(folder, ignored))
    return misuse(options.seal.file + ": its folder does not exist; make it first");
  if (std::filesystem::is_directory(options.seal.file, ignored))
    return misuse(options.seal.file + ": is a folder; name a file");
  const auto identity = read_identity(options.seal);
  if (!identity) return tl::unexpected(identity.error());
  return {};
}

tl::expected<CheckRecord, Stop> keep_for_sealing(const Report& report, const Options& options) {
  CheckRecord record{
      .id = check_id(report), .settings = policy_to_json(Policy{}), .report = report};
  record.documents = read_documents(report, options);
  if (const auto kept = keep_check(archive_folder(options), record); !kept) {
    return unfinished(kept.error().message +
                      "; the check was not kept, though what it fetched is in the archive");
  }
  return record;
}

tl::expected<void, Stop> seal_kept_check(const CheckRecord& check, const Options& options) {
  SealOptions sealing;
  auto identity = read_identity(options.seal);
  if (!identity) return tl::unexpected(identity.error());
  sealing.identity = std::move(*identity);
  sealing.document = options.seal.no_document ? KeepDocument::no : KeepDocument::yes;
  sealing.html = html_page;
  const auto archive = open_archive(options, ArchiveMode::read);
  if (!archive) return tl::unexpected(archive.error());
  const auto outcome = seal_check(check, *archive, options.seal.file, sealing);
  if (!outcome) return unfinished(outcome.error().message + "; no bundle was written");
  if (options.telling == Telling::quiet) return {};
  std::cerr << "sealed: " << options.seal.file << ", " << outcome->snapshots
            << (outcome->snapshots == 1 ? " snapshot" : " snapshots")
            << (outcome->note.time ? ", timestamp " + to_iso8601(*outcome->note.time) + " by " +
                                         outcome->note.authority
                                   : std::string(", without a timestamp"))
            << '\n';
  if (!outcome->note.why_untimed.empty())
    std::cerr << "loccit: " << outcome->note.why_untimed << '\n';
  return {};
}

}  // namespace loccit
