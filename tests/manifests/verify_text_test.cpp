#include "manifests/verify_text.h"

#include <sstream>

#include <gtest/gtest.h>

#include "base/files.h"
#include "manifests/bundle.h"
#include "manifests/certificate_maker.h"
#include "support/temp_dir.h"
#include "support/timestamp_authority.h"

namespace loccit {
namespace {

using testing::TempDir;
using testing::TimestampAuthority;

bool runs(const std::string& command, const TempDir& folder, const char* log) {
  return std::system(
             ("cd '" + folder.path().string() + "' && ( " + command + " ) >>" + log + " 2>&1")
                 .c_str()) == 0;
}

// The commands of VERIFY.txt over a bundle at bundle.wacz: the first that fails, or "".
std::string first_failing(const std::string& text, const TempDir& folder) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.substr(0, 2) == "$ " && !runs(line.substr(2), folder, "log")) return line;
  }
  return "";
}

// Every command holds for an honest bundle; with one letter of a page or of the signature changed,
// one fails.
void check_with(SealingIdentity identity) {
  if (!TimestampAuthority::available() || std::system("unzip -v >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "openssl or unzip is missing";
  const TimestampAuthority authority;
  identity.authorities = {authority.url()};
  const std::string text = verify_text(identity);
  const TempDir folder;
  const BundleContents contents{
      .files = {{"archive/data.warc.gz", "w"},
                {"indexes/index.cdx", "i"},
                {"pages/pages.jsonl", "page"},
                {"loccit/VERIFY.txt", text}},
      .created = std::chrono::floor<std::chrono::seconds>(system_clock()())};
  const auto note = write_bundle(folder / "bundle.wacz", contents, identity);
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(first_failing(text, folder), "") << *read_file(folder / "log");
  const std::string log = *read_file(folder / "log");
  EXPECT_NE(log.find("Verification: OK"), std::string::npos) << log;
  EXPECT_TRUE(log.find("Verified OK") != std::string::npos ||
              log.find("Signature Verified Successfully") != std::string::npos)
      << log;

  const std::string honest = *read_file(folder / "bundle.wacz");
  for (const std::string_view target : {"page", "signature\": \"", "timeSignature\": \"MII"}) {
    std::string bent = honest;
    bent.at(bent.find(target) + target.size() - (target == "page" ? 1 : 0)) ^= 1;
    ASSERT_TRUE(runs("rm -rf bundle && rm -f *", folder, "/dev/null"));
    ASSERT_TRUE(write_durably(folder / "bundle.wacz", bent));
    EXPECT_NE(first_failing(text, folder), "") << target;
  }
}

TEST(VerifyText, HoldsForACertificate) {
  SealingIdentity identity{.key = SigningKey::generate(KeyKind::ec_p256), .throwaway = false};
  identity.chain = {*self_signed_certificate(identity.key, "loccit.example", system_clock()(), 90)};
  check_with(std::move(identity));
}
TEST(VerifyText, HoldsForABareKey) { check_with({}); }
TEST(VerifyText, HoldsForRsa) {
  check_with({.key = SigningKey::generate(KeyKind::rsa_3072), .throwaway = false});
}
TEST(VerifyText, HoldsForEd25519) {
  check_with({.key = SigningKey::generate(KeyKind::ed25519), .throwaway = false});
}

}  // namespace
}  // namespace loccit
