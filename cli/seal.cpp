#include "base/digest.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/sealing.h"

namespace loccit {
namespace {

bool is_bundle_name(const std::string& name) {
  return std::filesystem::path(name).extension() == ".wacz";
}

// `seal OUT.wacz`, `seal --seal OUT.wacz`, and either with the document whose newest check is
// meant.
tl::expected<Options, Stop> sort_out(Options options) {
  std::vector<std::string> documents;
  for (const std::string& input : options.inputs) {
    if (!is_bundle_name(input)) {
      documents.push_back(input);
    } else if (options.seal.file.empty()) {
      options.seal.file = input;
    } else {
      return misuse("two bundles to write: " + options.seal.file + " and " + input + "; name one");
    }
  }
  if (documents.size() > 1)
    return misuse("one check is sealed at a time: name one document, or a check with --check");
  if (!documents.empty() && options.seal.check != "latest")
    return misuse("a document and --check both say what to seal: name one");
  options.inputs = documents;
  return options;
}

Result<CheckRecord> wanted_check(const Options& options) {
  if (options.inputs.empty()) return read_check(archive_folder(options), options.seal.check);
  const auto content = read_file(options.inputs.front(), {.max_bytes = 256U << 20U});
  if (!content) return tl::unexpected(content.error());
  return newest_check_of(archive_folder(options), to_hex(sha256(*content)));
}

CommandResult run_seal(const Options& given) {
  auto options = sort_out(given);
  if (!options) return tl::unexpected(options.error());
  const auto check = wanted_check(*options);
  if (!check) {
    const bool theirs =
        check.error().kind == FailureKind::not_found || check.error().kind == FailureKind::refused;
    return theirs ? misuse(check.error().message) : unfinished(check.error().message);
  }
  if (options->seal.file.empty()) options->seal.file = check->id + ".wacz";
  if (const auto sealable = expect_sealable(*options); !sealable)
    return tl::unexpected(sealable.error());
  if (const auto sealed = seal_kept_check(*check, *options); !sealed)
    return tl::unexpected(sealed.error());
  return ExitCode::fine;
}

}  // namespace

const Command seal_command = {
    "seal",
    "Pack one check's evidence into a signed WACZ bundle",
    "Without --check the newest check in the archive is sealed, or the newest of the document "
    "named. Without FILE.wacz the\n"
    "bundle is written to the current folder, named after the check. Nothing appears under that "
    "name unless all went well.",
    {OptionGroup::sealed_check, OptionGroup::archive, OptionGroup::sealing, OptionGroup::telling,
     OptionGroup::settings},
    run_seal};

}  // namespace loccit
