#include "web/answer_cache.h"

#include <gtest/gtest.h>

#include "web/shelf.h"

namespace loccit {
namespace {

using testing::Shelf;

class TheAnswerCache : public ::testing::Test {
 protected:
  std::string place() { return (shelf.folder / "registry.db").string(); }
  std::optional<ChangeWatch> watch() { return std::move(*ChangeWatch::open(place())); }
  void record_a_check(const std::string& document = "letters/guild & sons.txt",
                      bool stands = true) {
    RecordOptions options;
    options.document_name = document;
    ASSERT_TRUE(writer.record(testing::letter(next, shelf.first, stands), options));
    next += std::chrono::hours(24);
  }
  // How often the answer was made by then.
  std::string ask(AnswerCache& cache, const std::string& address, int status = 200,
                  std::size_t bytes = 0) {
    return cache
        .answer(
            address,
            [&] { return plain_text(status, std::to_string(++times) + std::string(bytes, ' ')); })
        .body.substr(0, 1);
  }

  Shelf shelf;
  Registry writer = *Registry::open(place());
  Timestamp next = testing::at("2026-03-01T00:00:00Z");
  int times = 0;
};

TEST_F(TheAnswerCache, KeepsAnAnswerUntilACheckIsRecorded) {
  AnswerCache cache(watch());
  EXPECT_EQ(ask(cache, "/"), "1");
  EXPECT_EQ(ask(cache, "/"), "1");
  EXPECT_EQ(ask(cache, "/changes"), "2") << "another address";
  record_a_check();
  EXPECT_EQ(ask(cache, "/"), "3");
  EXPECT_EQ(ask(cache, "/changes"), "4");
  EXPECT_EQ(ask(cache, "/"), "3");
}

TEST_F(TheAnswerCache, KeepsNoAnswerThatACheckOvertookWhileItWasMade) {
  AnswerCache cache(watch());
  cache.answer("/", [&] {
    WebResponse old = plain_text(200, "old");
    record_a_check();
    EXPECT_EQ(ask(cache, "/other"), "1") << "another sees the change first";
    return old;
  });
  EXPECT_EQ(ask(cache, "/"), "2");
  EXPECT_EQ(ask(cache, "/other"), "1");

  cache.answer("/alone", [&] {
    WebResponse old = plain_text(200, "old");
    record_a_check();
    return old;
  });
  EXPECT_EQ(ask(cache, "/alone"), "3");
}

TEST_F(TheAnswerCache, KeepsNoFailure) {
  AnswerCache cache(watch());
  EXPECT_EQ(ask(cache, "/", 500), "1");
  EXPECT_EQ(ask(cache, "/", 404), "2");
  EXPECT_EQ(ask(cache, "/", 303), "3");
  EXPECT_EQ(ask(cache, "/"), "4");
}

TEST_F(TheAnswerCache, HoldsNoMoreThanItMay) {
  AnswerCache few(watch(), {.answers = 2, .bytes = 1000});
  EXPECT_EQ(ask(few, "/a"), "1");
  EXPECT_EQ(ask(few, "/b"), "2");
  EXPECT_EQ(ask(few, "/a"), "1");
  EXPECT_EQ(ask(few, "/c"), "3");
  EXPECT_EQ(ask(few, "/a"), "4") << "gone to make room";

  times = 0;
  AnswerCache small(watch(), {.answers = 100, .bytes = 1000});
  EXPECT_EQ(ask(small, "/large", 200, 1000), "1");
  EXPECT_EQ(ask(small, "/large", 200, 1000), "2") << "larger than all together may be";
  EXPECT_EQ(ask(small, "/a", 200, 600), "3");
  EXPECT_EQ(ask(small, "/b", 200, 600), "4");
  EXPECT_EQ(ask(small, "/a", 200, 600), "5");
}

TEST_F(TheAnswerCache, KeepsNothingWithoutAWatch) {
  AnswerCache cache(std::nullopt);
  EXPECT_EQ(ask(cache, "/"), "1");
  EXPECT_EQ(ask(cache, "/"), "2");
}

TEST_F(TheAnswerCache, ShowsASiteEveryRecordedCheckAtOnceAndNothingToWhoMayNotRead) {
  SiteOptions options;
  options.access.token = "a-token-of-the-guild";
  Site site(*shelf.library, options, watch());
  const auto get = [&](const std::string& target) {
    return shelf.get(site, target, {{"Authorization", "Bearer a-token-of-the-guild"}});
  };
  for (const char* target :
       {"/", "/changes", "/search?q=letter", "/citation/1", "/api/v1/documents", "/api/v1/checks",
        "/api/v1/changes", "/api/v1/citations", "/api/v1/citations/1"}) {
    const WebResponse first = get(target);
    EXPECT_EQ(first.status, 200) << target;
    EXPECT_EQ(get(target).body, first.body) << target;
    EXPECT_EQ(shelf.get(site, target).status, 401) << target;
    record_a_check();
    record_a_check(target, true);
    record_a_check(target, false);
    EXPECT_NE(get(target).body, first.body) << target;
  }
}

}  // namespace
}  // namespace loccit
