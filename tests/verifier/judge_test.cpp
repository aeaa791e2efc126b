// The verdict, row by row of the contract's tables, and how several links of one citation add up.
#include "verifier/judge.h"

#include <optional>
#include <ostream>

#include <gtest/gtest.h>

#include "verifier/readings.h"

namespace loccit {
namespace {

using testing::Answer;
using testing::exchange_of;
using testing::failed;
using testing::html;
using testing::read_exchange;
using testing::read_page;

const std::string words =
    "The harbour board does not recognise the vote that was held on 14 March. It thanks the "
    "fishermen for their patience, and it will meet again in May.";
const std::string quote = "The harbour board does not recognise the vote that was held on 14 March";
const std::string nonsense = "Nine sailors painted the lighthouse yellow during the long strike";

Verdict verdict_on(const std::optional<std::string>& cited, const std::vector<CitedLink>& links,
                   const Source& source = {.id = "1", .kind = SourceKind::web}) {
  const Citation citation{.id = "c1", .quote = cited, .sources = {"1"}};
  const std::vector<Source> sources{source};
  return judge(citation, sources, links, {});
}

// ------------------------------------------------------------------ one link, one answer a row

struct Row {
  const char* name;
  Exchange (*exchange)();
  LinkState link;
  QuoteState state;
  VerdictKind verdict;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

Exchange answering(int status, const std::string& body = html(words)) {
  return exchange_of({Answer{.body = body, .status = status}});
}
Exchange redirected(int status, const std::string& to) {
  Answer first{.body = "", .status = status, .headers = {{"Location", to}}};
  return exchange_of({first, Answer{.body = html(words), .url = to}});
}

constexpr auto rotten = VerdictKind::rotten;
constexpr auto unverifiable = VerdictKind::unverifiable;
constexpr auto unchecked = QuoteState::unchecked;

const Row rows[] = {
    {"ok", [] { return answering(200); }, LinkState::ok, QuoteState::verbatim, VerdictKind::intact},
    {"moved for good", [] { return redirected(301, "https://a.example/new/place"); },
     LinkState::moved, QuoteState::verbatim, VerdictKind::intact},
    {"308 as well", [] { return redirected(308, "https://b.example/page"); }, LinkState::moved,
     QuoteState::verbatim, VerdictKind::intact},
    {"moved for now", [] { return redirected(302, "https://a.example/new/place"); }, LinkState::ok,
     QuoteState::verbatim, VerdictKind::intact},
    {"www and a slash are no move", [] { return redirected(301, "https://www.a.example/page/"); },
     LinkState::ok, QuoteState::verbatim, VerdictKind::intact},
    {"404", [] { return answering(404); }, LinkState::gone, unchecked, rotten},
    {"410", [] { return answering(410); }, LinkState::gone, unchecked, rotten},
    {"400", [] { return answering(400); }, LinkState::error, unchecked, rotten},
    {"500", [] { return answering(500); }, LinkState::error, unchecked, rotten},
    {"503", [] { return answering(503); }, LinkState::error, unchecked, rotten},
    {"401", [] { return answering(401); }, LinkState::refused, unchecked, unverifiable},
    {"403", [] { return answering(403); }, LinkState::refused, unchecked, unverifiable},
    {"407", [] { return answering(407); }, LinkState::refused, unchecked, unverifiable},
    {"429", [] { return answering(429); }, LinkState::refused, unchecked, unverifiable},
    {"451", [] { return answering(451); }, LinkState::refused, unchecked, unverifiable},
    {"robots.txt", [] { return failed(FetchFault::robots_refused); }, LinkState::refused, unchecked,
     unverifiable},
    {"no such host", [] { return failed(FetchFault::name_not_resolved); }, LinkState::unreachable,
     unchecked, rotten},
    {"connection refused", [] { return failed(FetchFault::connection_refused); },
     LinkState::unreachable, unchecked, rotten},
    {"connection reset", [] { return failed(FetchFault::connection_reset); },
     LinkState::unreachable, unchecked, rotten},
    {"timeout", [] { return failed(FetchFault::timed_out); }, LinkState::unreachable, unchecked,
     rotten},
    {"truncated body", [] { return failed(FetchFault::truncated_body); }, LinkState::unreachable,
     unchecked, rotten},
    {"expired certificate", [] { return failed(FetchFault::tls_expired); }, LinkState::insecure,
     unchecked, rotten},
    {"certificate of another host", [] { return failed(FetchFault::tls_wrong_host); },
     LinkState::insecure, unchecked, rotten},
    {"private address", [] { return failed(FetchFault::special_address); }, LinkState::blocked,
     unchecked, rotten},
    {"scheme", [] { return failed(FetchFault::bad_scheme); }, LinkState::blocked, unchecked,
     rotten},
    {"too many redirects", [] { return failed(FetchFault::too_many_redirects); },
     LinkState::blocked, unchecked, rotten},
    {"too large", [] { return failed(FetchFault::too_large); }, LinkState::blocked, unchecked,
     rotten},
    {"words changed",
     [] {
       return answering(200, html("The harbour board does recognise the vote that was held on 14 "
                                  "March. Nothing else was said about it."));
     },
     LinkState::ok, QuoteState::altered, VerdictKind::drifted},
    {"words gone", [] { return answering(200, html("The ferry leaves at six in the morning.")); },
     LinkState::ok, QuoteState::absent, VerdictKind::drifted},
    {"a picture",
     [] { return exchange_of({Answer{.body = "\x89PNG\r\n\x1a\n", .media_type = "image/png"}}); },
     LinkState::ok, unchecked, unverifiable},
};

class VerdictOnOneLink : public ::testing::TestWithParam<Row> {};

TEST_P(VerdictOnOneLink, IsAsTheContractSays) {
  const Row& row = GetParam();
  const Reading reading = read_exchange(row.exchange());
  const Verdict verdict =
      verdict_on(quote, {{.url = "https://a.example/page", .reading = &reading}});
  EXPECT_STREQ(name(verdict.links.at(0).state), name(row.link)) << verdict.reason;
  EXPECT_STREQ(name(verdict.quote.state), name(row.state)) << verdict.reason;
  EXPECT_STREQ(name(verdict.kind), name(row.verdict)) << verdict.reason;
  EXPECT_FALSE(verdict.reason.empty());
  EXPECT_EQ(verdict.reason.back(), '.');
}

INSTANTIATE_TEST_SUITE_P(Table, VerdictOnOneLink, ::testing::ValuesIn(rows));

// ------------------------------------------------------------------------------- several links

TEST(VerdictOnSeveralLinks, IsThatOfTheBestOne) {
  const Reading gone = read_exchange(answering(404));
  const Reading good = read_page(words);
  const Reading other = read_page("The ferry leaves at six in the morning, and again at noon.");
  const Reading wall = read_exchange(answering(403));
  const auto kind = [&](std::vector<const Reading*> readings) {
    std::vector<CitedLink> links;
    for (const Reading* reading : readings) links.push_back({.url = "u", .reading = reading});
    return verdict_on(quote, links).kind;
  };
  EXPECT_EQ(kind({&gone, &good}), VerdictKind::intact);
  EXPECT_EQ(kind({&other, &good}), VerdictKind::intact);
  EXPECT_EQ(kind({&gone, &other}), VerdictKind::drifted);
  EXPECT_EQ(kind({&gone, &wall}), VerdictKind::unverifiable);
  EXPECT_EQ(kind({&gone, &gone}), VerdictKind::rotten);
  EXPECT_EQ(kind({nullptr}), VerdictKind::unverifiable);
  EXPECT_EQ(kind({}), VerdictKind::unverifiable);
}

TEST(VerdictWithoutALink, NamesWhatTheSourceIs) {
  const auto reason = [](SourceKind kind) {
    return verdict_on(quote, {}, {.id = "1", .kind = kind}).reason;
  };
  EXPECT_NE(reason(SourceKind::unpublished).find("unpublished"), std::string::npos);
  EXPECT_NE(reason(SourceKind::account).find("account"), std::string::npos);
  EXPECT_NE(reason(SourceKind::print).find("in print"), std::string::npos);
}

TEST(VerdictOnAnUntrustedPage, IsRottenThoughItSaysThatTheWordsStand) {
  Exchange exchange = answering(200);
  exchange.untrusted = true;
  exchange.failure = FetchFailure{FetchFault::tls_untrusted, "its certificate is not trusted"};
  const Reading reading = read_exchange(std::move(exchange));
  const Verdict verdict = verdict_on(quote, {{.url = "u", .reading = &reading}});
  EXPECT_EQ(verdict.kind, VerdictKind::rotten);
  EXPECT_EQ(verdict.quote.state, QuoteState::verbatim);
  EXPECT_NE(verdict.reason.find("fetched without trust"), std::string::npos) << verdict.reason;
}

TEST(VerdictOnASuspectPage, BelievesTheWordsMoreThanTheTitle) {
  const std::string page =
      "<html><head><title>404 Page not found</title></head><body><h1>Page not "
      "found</h1><p>" +
      words + "</p></body></html>";
  const Reading reading = read_exchange(answering(200, page));
  const Verdict real = verdict_on(quote, {{.url = "u", .reading = &reading}});
  EXPECT_EQ(real.links[0].state, LinkState::ok);
  EXPECT_EQ(real.kind, VerdictKind::intact);
  const Verdict lost = verdict_on(nonsense, {{.url = "u", .reading = &reading}});
  EXPECT_EQ(lost.links[0].state, LinkState::soft404);
  EXPECT_EQ(lost.kind, VerdictKind::rotten);
  EXPECT_EQ(lost.quote.state, QuoteState::unchecked);
}

// -------------------------------------------------------------------------------- translations

const std::string french =
    "Le conseil du port ne reconnaît pas le scrutin qui a eu lieu le 14 mars. Il remercie les "
    "pêcheurs de leur patience, et il se réunira de nouveau au mois de mai dans la vieille mairie.";

TEST(Translation, IsToldByTheLanguagesOfPageAndQuote) {
  const Reading reading = read_page(french, "fr");
  const Verdict verdict = verdict_on(words, {{.url = "u", .reading = &reading}});
  EXPECT_EQ(verdict.quote.state, QuoteState::translated) << verdict.reason;
  EXPECT_EQ(verdict.kind, VerdictKind::unverifiable);
}

TEST(Translation, IsBelievedWhereTheNoteSaysSo) {
  const Reading reading = read_page("The ferry leaves at six in the morning, and again at noon.");
  const Source declared{.id = "1", .kind = SourceKind::web, .translated = true};
  const Verdict verdict = verdict_on(nonsense, {{.url = "u", .reading = &reading}}, declared);
  EXPECT_EQ(verdict.quote.state, QuoteState::translated);
  EXPECT_EQ(verdict.kind, VerdictKind::unverifiable);
  const Reading stands = read_page(words);
  EXPECT_EQ(verdict_on(quote, {{.url = "u", .reading = &stands}}, declared).kind,
            VerdictKind::intact);
}

TEST(Translation, IsNoExcuseWhereThePageIsInTheLanguageOfTheQuote) {
  const Reading reading = read_page(words);
  EXPECT_EQ(verdict_on(nonsense, {{.url = "u", .reading = &reading}}).quote.state,
            QuoteState::absent);
}

TEST(PageInTheLanguageOfTheQuote, IsAskedForAndDecides) {
  const Citation citation{.id = "c1", .quote = words, .sources = {"1"}};
  const std::string head = "<link rel=\"alternate\" hreflang=\"en-GB\" href=\"../en/page\">";
  const Reading page = read_page(french, "fr", head);
  EXPECT_EQ(alternate_wanted(citation, page), "https://a.example/en/page");
  EXPECT_EQ(alternate_wanted(citation, read_page(words, "en", head)), "");
  EXPECT_EQ(alternate_wanted(citation, read_page(french, "fr")), "");

  Reading english = read_page(words);
  english.final_url = "https://a.example/en/page";
  english.record.id = "urn:uuid:2";
  const auto with = [&](const std::string& cited, const Reading* alternate) {
    return verdict_on(cited, {{.url = "u", .reading = &page, .alternate = alternate}});
  };
  const Verdict stands = with(quote, &english);
  EXPECT_EQ(stands.kind, VerdictKind::intact);
  EXPECT_NE(stands.reason.find(english.final_url), std::string::npos) << stands.reason;
  ASSERT_TRUE(stands.links[0].alternate);
  EXPECT_EQ(stands.links[0].alternate->id, "urn:uuid:2");
  EXPECT_EQ(stands.quote.passages.at(0).fragment_url.find(english.final_url), 0U);

  // Where it has not got the words either, they are gone, not translated.
  const Verdict lost =
      with(nonsense + " and nobody in the town has any idea why they did that", &english);
  EXPECT_EQ(lost.quote.state, QuoteState::absent) << lost.reason;
  EXPECT_EQ(lost.kind, VerdictKind::drifted);

  // Where it is an error page, it says nothing.
  const Reading error = read_exchange(answering(404, html("No such page, sorry about that.")));
  EXPECT_EQ(with(words, &error).quote.state, QuoteState::translated);
}

}  // namespace
}  // namespace loccit
