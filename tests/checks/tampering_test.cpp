// Issue "Evidence": of ten thousand changed bytes, a thousand truncations and every way to
// rearrange a sealed, certified and stamped bundle, the audit accepts none. A few hundred in ctest;
// all of them, and a line that counts them, with LOCCIT_TAMPERINGS=10000 (.ci/nightly).
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "checks/sealed_bundles.h"
#include "manifests/certificate_maker.h"
#include "support/timestamp_authority.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using namespace testing;

std::size_t tamperings() {
  const char* wanted = std::getenv("LOCCIT_TAMPERINGS");
  return wanted == nullptr ? 150 : static_cast<std::size_t>(std::atol(wanted));
}

class Tampering : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!TimestampAuthority::available()) return;
    const TimestampAuthority authority;
    made = new Made;
    const Checked checked(to_iso8601(std::chrono::floor<std::chrono::seconds>(system_clock()()) -
                                     std::chrono::seconds(10)));
    SealOptions options = anonymous();
    options.identity = {.key = SigningKey::generate(KeyKind::ec_p256), .throwaway = false};
    options.identity.chain = {
        *self_signed_certificate(options.identity.key, "seal.example", system_clock()(), 30)};
    options.identity.authorities = {authority.url()};
    made->bytes = sealed(checked, options);
    made->roots.certificates = options.identity.chain;
    EXPECT_TRUE(add_trust_anchors(authority.root_pem(), made->roots));
    made->other = forged(made->bytes, [](auto&) {});
  }
  static void TearDownTestSuite() { delete made; }
  void SetUp() override {
    if (made == nullptr) GTEST_SKIP() << "the openssl program is missing: no timestamp authority";
  }

  // Without the verdicts: they could only refuse more.
  static bool accepted(const std::string& bytes) {
    return audited(bytes, {.trust = made->roots, .verdicts = false}).holds();
  }

  struct Made {
    std::string bytes, other;  // `other` holds the same, signed by another
    TrustAnchors roots;
  };
  static Made* made;
};
Tampering::Made* Tampering::made = nullptr;

TEST_F(Tampering, IsToldFromTheBundleItself) {
  EXPECT_TRUE(accepted(made->bytes)) << told(audited(made->bytes, {.trust = made->roots}));
  EXPECT_FALSE(accepted(made->other));
}

TEST_F(Tampering, WithAnyByteIsRefused) {
  std::mt19937_64 random(1);
  std::size_t accepted_ones = 0;
  for (std::size_t i = 0; i < tamperings(); ++i) {
    std::string bent = made->bytes;
    const std::size_t at = random() % bent.size();
    bent[at] = static_cast<char>(bent[at] ^ static_cast<char>(1 + random() % 255));
    if (!accepted(bent)) continue;
    ++accepted_ones;
    ADD_FAILURE() << "byte " << at << " was changed";
  }
  std::cout << tamperings() << " bytes changed in " << made->bytes.size() << ", " << accepted_ones
            << " accepted\n";
}

TEST_F(Tampering, ByCuttingOrAppendingIsRefused) {
  std::mt19937_64 random(2);
  const std::size_t cuts = tamperings() / 10;
  for (std::size_t i = 0; i < cuts; ++i) {
    const std::size_t size = random() % made->bytes.size();
    EXPECT_FALSE(accepted(made->bytes.substr(0, size))) << size;
    EXPECT_FALSE(accepted(made->bytes.substr(size))) << size;
    std::string without = made->bytes;
    without.erase(size, 1 + random() % 100);
    EXPECT_FALSE(accepted(without)) << size;
    std::string with = made->bytes;
    with.insert(size, std::string(1 + random() % 100, '\0'));
    EXPECT_FALSE(accepted(with)) << size;
  }
  EXPECT_FALSE(accepted(made->bytes + "x"));
  EXPECT_FALSE(accepted(made->bytes + made->bytes));
  EXPECT_FALSE(accepted(made->bytes + made->other));
  std::cout << cuts << " truncations, as many beginnings cut off, bytes taken out and put in\n";
}

TEST_F(Tampering, WithItsEntriesRearrangedIsRefused) {
  const auto pieces = [&](const std::string& bytes) {
    std::vector<ZipPiece> list;
    const auto bundle = read_bundle(bytes);
    for (const ZipEntry& entry : bundle->zip.entries)
      list.push_back({.name = entry.name, .content = std::string(entry.stored)});
    return list;
  };
  const std::vector<ZipPiece> right = pieces(made->bytes);
  const std::vector<ZipPiece> theirs = pieces(made->other);
  ASSERT_TRUE(accepted(make_zip(right))) << "the workshop itself";
  for (std::size_t i = 0; i < right.size(); ++i) {
    const auto refused = [&](const char* how,
                             const std::function<void(std::vector<ZipPiece>&)>& hand) {
      std::vector<ZipPiece> list = right;
      hand(list);
      EXPECT_FALSE(accepted(make_zip(list))) << right[i].name << " " << how;
    };
    using List = std::vector<ZipPiece>;
    refused("removed",
            [&](List& list) { list.erase(list.begin() + static_cast<std::ptrdiff_t>(i)); });
    refused("given twice", [&](List& list) { list.push_back(list[i]); });
    refused("renamed", [&](List& list) { list[i].name += "x"; });
    refused("in capitals beside", [&](List& list) {
      list.push_back(list[i]);
      list.back().name[0] = static_cast<char>(std::toupper(list.back().name[0]));
    });
    refused("hidden", [&](List& list) { list[i].local_name = "hidden"; });
    refused("emptied", [&](List& list) { list[i].content.clear(); });
    refused("followed by bytes", [&](List& list) { list[i].after = "more"; });
    for (std::size_t j = i + 1; j < right.size(); ++j) {
      if (right[i].content != right[j].content)
        refused("swapped", [&](List& list) { std::swap(list[i].content, list[j].content); });
    }
    for (const ZipPiece& their : theirs) {
      if (their.name == right[i].name && their.content != right[i].content)
        refused("of another bundle", [&](List& list) { list[i].content = their.content; });
    }
  }
  std::vector<ZipPiece> more = right;
  more.push_back({.name = "loccit/note.txt", .content = "all is well"});
  EXPECT_FALSE(accepted(make_zip(more)));
}

}  // namespace
}  // namespace loccit
