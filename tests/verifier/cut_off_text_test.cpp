#include <gtest/gtest.h>

#include "verifier/judge.h"

namespace loccit {
namespace {

Verdict verdict_on(const std::string& quote, bool truncated) {
  Snapshot snapshot;
  snapshot.record.id = "urn:uuid:1";
  Hop hop;
  hop.url = "https://a.example/";
  hop.status = 200;
  hop.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
  hop.response_head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
  hop.body = Spool::of(
      "Les lampes de la chaussée sont âgées, mais elles sont sûres. Personne n’en doute.");
  snapshot.exchange.requested_url = hop.url;
  snapshot.exchange.hops.push_back(std::move(hop));
  Reading reading = read_snapshot(snapshot, {});
  EXPECT_TRUE(reading.has_text) << reading.no_text_reason;
  reading.content.truncated = truncated;
  const Citation citation{.id = "c1", .quote = quote, .sources = {"1"}};
  const std::vector<Source> sources{{.id = "1", .kind = SourceKind::web}};
  const std::vector<CitedLink> links{{.url = "https://a.example/", .reading = &reading}};
  return judge(citation, sources, links, {});
}

// A gzip bomb of 400 MB was read as far as the limits go, and the missing words counted as drift.
TEST(TextThatWasCutOff, IsNoProofThatTheWordsAreGone) {
  const std::string elsewhere = "Le bac part pour les paroisses du large à six heures du matin.";
  EXPECT_EQ(verdict_on(elsewhere, false).kind, VerdictKind::drifted);
  const Verdict cut = verdict_on(elsewhere, true);
  EXPECT_EQ(cut.kind, VerdictKind::unverifiable);
  EXPECT_EQ(cut.quote.state, QuoteState::unchecked);
  EXPECT_NE(cut.reason.find("only a part"), std::string::npos) << cut.reason;
}

// Half of a gzip stream: "The source now says “doute” where the document quotes “doute ici”."
TEST(TextThatWasCutOff, IsNoProofThatItsLastWordsWereChanged) {
  const std::string longer =
      "Les lampes de la chaussée sont âgées, mais elles sont sûres. Personne n’en doute ici.";
  EXPECT_EQ(verdict_on(longer, false).quote.state, QuoteState::altered);
  EXPECT_EQ(verdict_on(longer, true).kind, VerdictKind::unverifiable);
  EXPECT_EQ(
      verdict_on("Les lampes de la chaussée sont neuves, mais elles sont sûres.", true).quote.state,
      QuoteState::altered);
}

TEST(TextThatWasCutOff, StillProvesTheWordsThatItHolds) {
  EXPECT_EQ(verdict_on("Les lampes de la chaussée sont âgées", true).kind, VerdictKind::intact);
}

}  // namespace
}  // namespace loccit
