// Answers with 200 that nobody can quote from: dead articles, servers without a site, domains for
// sale, and what stands between a robot and the words.
#include <gtest/gtest.h>

#include "readings.h"

namespace loccit {
namespace {

using testing::paragraphs;
using testing::shown;

struct Page {
  std::string title, body;
  std::string head = {};
};

Reading read_page(const Page& page) {
  return testing::read_exchange(testing::exchange_of(
      {{.body = "<!DOCTYPE html><html><head><title>" + page.title + "</title>" + page.head +
                "</head><body><nav><a href=/>Home</a> <a href=/login>Sign in</a></nav><main>" +
                page.body + "</main></body></html>",
        .url = "https://www.example.org/news/2020/statement"}}));
}

TEST(DeadArticles, SpeakOfThemselvesInAHeading) {
  for (const char* heading :
       {"Sorry, this article is no longer available", "Video unavailable",
        "The document you requested could not be located",
        "Dieser Artikel ist leider nicht mehr verfügbar.", "Cet article n’est plus disponible",
        "Esta página ya no está disponible", "Error establishing a database connection"}) {
    const Reading reading =
        read_page({"The Lamp", "<h1>" + std::string(heading) + "</h1><p>Latest news below.</p>"});
    EXPECT_EQ(reading.state, LinkState::soft404) << heading << ": " << shown(reading);
  }
  for (const char* heading : {"Bridge no longer available to lorries", "Ship not found",
                              "Brücke nicht gefunden", "Le pont n’est plus disponible"}) {
    const Reading reading =
        read_page({"The Lamp", "<h1>" + std::string(heading) + "</h1>" + paragraphs(2)});
    EXPECT_EQ(reading.state, LinkState::ok) << heading << ": " << shown(reading);
  }
}

TEST(ServersWithoutASite, HaveNoPage) {
  for (const Page& page : std::vector<Page>{
           {"", "<h1>It works!</h1>"},
           {"Welcome to nginx!",
            "<p>If you see this page, the nginx web server is successfully installed.</p>"},
           {"Account Suspended", "<h1>This Account has been suspended.</h1>"},
           {"lamp.example", "<p>Future home of something quite cool.</p>"}}) {
    const Reading reading = read_page(page);
    EXPECT_EQ(reading.state, LinkState::soft404) << page.title << ": " << shown(reading);
  }
  EXPECT_EQ(read_page({"nginx", "<p>Then it says “Welcome to nginx!”</p>" + paragraphs(2)}).state,
            LinkState::ok);
}

TEST(ParkedDomains, AreSoldInManyWords) {
  for (const Page& page : std::vector<Page>{
           {"The domain name lamps.example is for sale", "<p>Secure payments.</p>"},
           {"このドメインは販売中です", "<p>詳細はこちら。</p>"},
           {"lamps.example", "<h1>Das ist eine Domain</h1><p>Diese Domain ist zu verkaufen.</p>"},
           {"", "<div id=target></div>", "<script>window.park = 'eyJ1';</script>"}}) {
    const Reading reading = read_page(page);
    EXPECT_EQ(reading.state, LinkState::soft404) << page.title << ": " << shown(reading);
  }
  EXPECT_EQ(read_page({"Domain for sale: how a village sold its name", paragraphs(3)}).state,
            LinkState::ok);
}

TEST(Barriers, AreNoPages) {
  for (const Page& page : std::vector<Page>{
           {"Before you continue", "<h1>Before you continue to Lamps</h1><p>We use cookies.</p>"},
           {"Vérification", "<p>Veuillez confirmer que vous n’êtes pas un robot.</p>"},
           {"451",
            "<p>We recognize you are attempting to access this website from a country "
            "belonging to the European Economic Area.</p>"},
           {"Archive", "<p>This content is for members only.</p>"}}) {
    const Reading reading = read_page(page);
    EXPECT_EQ(reading.state, LinkState::refused) << page.title << ": " << shown(reading);
  }
}

// Half an article is no proof that the other half was changed; what it holds still stands.
TEST(Paywalls, CountWhereTheWordsDoNotStand) {
  const auto judged = [](const std::string& quote, const std::string& head) {
    const Reading reading =
        read_page({"Lamps",
                   "<p>The lamps will not burn before Easter, the keeper said on Monday.</p><div "
                   "class=wall><p>" +
                       head + "</p></div>"});
    EXPECT_EQ(reading.state, LinkState::ok) << shown(reading);
    const Citation citation{.id = "c1", .quote = quote, .sources = {"1"}};
    const std::vector<Source> sources{{.id = "1", .kind = SourceKind::web}};
    const std::vector<CitedLink> links{{.url = reading.final_url, .reading = &reading}};
    return judge(citation, sources, links, {});
  };
  const std::string wall = "Subscribe to continue reading. Already a subscriber? Log in.";
  const std::string lost = "Nobody had asked the fishermen what they thought of it at all.";
  const std::string stands = "The lamps will not burn before Easter";
  EXPECT_EQ(judged(lost, wall).kind, VerdictKind::unverifiable);
  EXPECT_EQ(judged(lost, wall).links[0].state, LinkState::refused);
  EXPECT_EQ(judged(stands, wall).kind, VerdictKind::intact);
  EXPECT_EQ(judged("The lamps will burn before Easter, the keeper said", wall).kind,
            VerdictKind::drifted);
  EXPECT_EQ(judged(stands + ", the keeper said on Monday. " + lost, wall).kind,
            VerdictKind::unverifiable);
  EXPECT_EQ(judged(lost, "Subscribe to our newsletter. Already a subscriber? Log in.").kind,
            VerdictKind::drifted);
}

}  // namespace
}  // namespace loccit
