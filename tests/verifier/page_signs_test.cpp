// What a page is worth before any words are asked: error pages, walls, parked domains and front
// pages are told, and pages that only talk of them are not.
#include <gtest/gtest.h>

#include "readings.h"
#include "verifier/judge.h"
#include "verifier/link_state.h"

namespace loccit {
namespace {

using testing::paragraphs;
using testing::shown;

struct Page {
  std::string title, body;
  std::string head = {};
};

std::string html(const Page& page) {
  return "<!DOCTYPE html><html><head><meta charset=utf-8><title>" + page.title + "</title>" +
         page.head + "</head><body><nav><a href=/>Home</a> <a href=/login>Sign in</a></nav><main>" +
         page.body + "</main></body></html>";
}

Hop answer(const std::string& url, int status, const std::string& body, const Headers& more = {}) {
  Hop hop;
  hop.url = url;
  hop.status = status;
  hop.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  hop.headers.insert(hop.headers.end(), more.begin(), more.end());
  hop.body = Spool::of(body);
  return hop;
}

Reading read(std::vector<Hop> hops) {
  Snapshot snapshot;
  snapshot.exchange.requested_url = hops.front().url;
  snapshot.exchange.hops = std::move(hops);
  return read_snapshot(snapshot, {});
}

Reading read_page(const Page& page, const Headers& more = {}, int status = 200) {
  std::vector<Hop> hops;
  hops.push_back(answer("https://www.example.org/news/2020/statement", status, html(page), more));
  return read(std::move(hops));
}

Reading redirected(const std::string& from, const std::string& to, int status = 302,
                   const Page& page = {"Welcome", "<h1>Welcome</h1><p>To our site.</p>"}) {
  std::vector<Hop> hops;
  hops.push_back(answer(from, status, ""));
  hops.push_back(answer(to, 200, html(page)));
  return read(std::move(hops));
}

TEST(ErrorPagesThatSay200, AreToldByATitleThatSaysNothingElse) {
  for (const char* title :
       {"404", "404 Not Found", "Page not found | Council of Europe", "Error 404 (Not Found)!!1",
        "Oops! That page can't be found. – Ministry", "Page introuvable - Ambassade",
        "Seite nicht gefunden · Auswärtiges Amt", "Página no encontrada | ONU",
        "Страница не найдена — МИД", "الصفحة غير موجودة | الأمم المتحدة", "页面不存在 - 外交部",
        "Ошибка 404", "We're sorry, the page you requested was not found"}) {
    const Reading reading = read_page({title, "<h1>Hello</h1><p>Latest news below.</p>"});
    EXPECT_EQ(reading.state, LinkState::soft404) << title << ": " << shown(reading);
    EXPECT_TRUE(reading.suspicion_only) << title;
  }
  const Reading headed =
      read_page({"Ministry of Lamps", "<h1>Page not found</h1>" + paragraphs(5)});
  EXPECT_EQ(headed.state, LinkState::soft404) << shown(headed);
}

TEST(ErrorPagesThatSay200, AreToldByAShortTextThatSaysSo) {
  for (const char* text :
       {"The page you are looking for might have been removed or is temporarily unavailable.",
        "Sorry, this page no longer exists.", "La page demandée n'existe plus.",
        "Die angeforderte Seite wurde nicht gefunden.", "La página que busca no existe.",
        "Запрашиваемая страница не найдена.", "الصفحة المطلوبة غير متوفرة",
        "您访问的页面不存在。"}) {
    const Reading reading =
        read_page({"Ministry of Lamps", "<p>" + std::string(text) + "</p><p>Contact us.</p>"});
    EXPECT_EQ(reading.state, LinkState::soft404) << text << ": " << shown(reading);
  }
}

TEST(ErrorPagesThatSay200, AreNotThoseThatTalkOfThem) {
  const std::vector<Page> real = {
      {"404 Not Found - HTTP | MDN", "<h1>404 Not Found</h1>" + paragraphs(30)},
      {"How to build a custom 404 page", "<h1>Page not found: a tutorial</h1>" + paragraphs(3)},
      {"Resolution 404 (1977)",
       "<h1>Resolution 404 (1977)</h1><p>The Security Council decides.</p>"},
      {"Ex-minister not found guilty",
       "<h1>Ex-minister not found guilty</h1><p>The court spoke.</p>"},
      {"Evidence not found in the archive of 1932", "<p>Historians searched for a year.</p>"},
      {"Article 404 of the Criminal Code", "<p>Whoever robs a lamp keeper is punished.</p>"},
      {"SVG 1.1 (Second Edition)",
       "<h1>Changes</h1><p>The element has been removed from this specification.</p>"},
      {"On broken links",
       paragraphs(12) + "<p>The page you are looking for no longer exists, said the site.</p>"},
      {"Domains", paragraphs(12) + "<p>This domain is for sale, read the sign.</p>"}};
  for (const Page& page : real) {
    const Reading reading = read_page(page);
    EXPECT_EQ(reading.state, LinkState::ok) << page.title << ": " << shown(reading);
  }
}

TEST(FrontPages, InPlaceOfAnArticleAreNone) {
  for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
           {"https://www.example.org/news/42", "https://www.example.org/"},
           {"https://old.example/statements/7.html", "https://new.example/"},
           {"https://www.example.org/news/42", "https://www.example.org/en/"},
           {"https://www.example.org/a/b?id=5", "https://www.example.org/index.html"},
           {"https://www.example.org/news/42", "https://www.example.org/errors/404.aspx"},
           {"https://www.example.org/news/42", "https://www.example.org/page-not-found"}}) {
    EXPECT_EQ(redirected(from, to).state, LinkState::soft404) << from << " " << to;
    EXPECT_EQ(redirected(from, to, 301).state, LinkState::soft404) << from << " " << to;
  }
}

TEST(FrontPages, AreContentWhereTheyWereCited) {
  for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
           {"https://www.example.org/", "https://www.example.org/en/"},
           {"http://example.org/", "https://www.example.org/"},
           {"https://www.example.org/en", "https://www.example.org/en/home"},
           {"https://bit.ly/3xYzAbc", "https://www.example.org/"},
           {"https://www.example.org/a", "https://www.example.org/b"}}) {
    const LinkState state = redirected(from, to).state;
    EXPECT_EQ(state, LinkState::ok) << from << " " << to;
  }
}

TEST(ParkedDomains, AreTold) {
  for (const char* text :
       {"example.org is parked free, courtesy of Registrar.", "This domain may be for sale!",
        "Diese Domain steht zum Verkauf", "Ce nom de domaine est à vendre",
        "Este dominio está en venta", "Этот домен продаётся", "此域名出售", "النطاق للبيع"}) {
    const Reading reading = read_page({"example.org", "<p>" + std::string(text) + "</p>"});
    EXPECT_EQ(reading.state, LinkState::soft404) << text << ": " << shown(reading);
    EXPECT_NE(reading.state_reason.find("parked"), std::string::npos) << shown(reading);
  }
  const Reading lander = read_page(
      {"", "<script>window.onload=function(){window.location.href=\"/lander\"}</script>"});
  EXPECT_EQ(lander.state, LinkState::soft404) << shown(lander);
}

TEST(Challenges, AreToldByTheHeadersThatOnlyTheyHave) {
  const Page page{"Lamps", paragraphs(3)};
  const std::vector<Headers> walls = {{{"cf-mitigated", "challenge"}},
                                      {{"x-vercel-mitigated", "challenge"}},
                                      {{"x-amzn-waf-action", "captcha"}}};
  for (const Headers& wall : walls)
    EXPECT_EQ(read_page(page, wall).state, LinkState::refused) << wall[0].name;
  const std::vector<Headers> normal = {{{"server", "cloudflare"}, {"cf-ray", "8a-FRA"}},
                                       {{"x-datadome", "protected"}},
                                       {{"x-iinfo", "1-2-3"}, {"x-cdn", "Imperva"}},
                                       {{"x-vercel-id", "fra1::1"}},
                                       {{"x-amzn-requestid", "1"}}};
  for (const Headers& header : normal)
    EXPECT_EQ(read_page(page, header).state, LinkState::ok) << header[0].name;
}

TEST(Challenges, AreToldByTheMarkupThatOnlyTheyHave) {
  const std::vector<Page> walls = {
      {"Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>",
       "<script>(function(){window._cf_chl_opt={cvId:'3'};}())</script>"},
      {"Making sure you&#39;re not a bot!",
       "<img src=/.within.website/x/cmd/anubis/static/img/pensive.webp><p>Loading…</p>",
       "<script id=\"anubis_challenge\" type=\"application/json\">{}</script>"},
      {"",
       "<iframe id=main-iframe src=\"/_Incapsula_Resource?CWUDNSAI=24&amp;xinfo=1\">Request "
       "unsuccessful. Incapsula incident ID: 1</iframe>"},
      {"www.example.org", "<p>Please enable JS and disable any ad blocker</p>",
       "<script src=https://ct.captcha-delivery.com/c.js></script>"},
      {"", "<div id=challenge-container></div>", "<script>window.gokuProps={key:'x'};</script>"},
      {"Vercel Security Checkpoint", "<p>We're verifying your browser</p>"},
      {"Access to this page has been denied", "<div id=px-captcha></div>"},
      {"Challenge Validation", "<div id=sec-if-cpt-container></div>"},
      {"Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this.</p>"}};
  for (const Page& wall : walls) {
    for (const int status : {200, 403, 503}) {
      const Reading reading = read_page(wall, {}, status);
      EXPECT_EQ(reading.state, LinkState::refused) << wall.title << ": " << shown(reading);
    }
  }
}

TEST(Challenges, AreNotThePagesOfGuardedSites) {
  const std::vector<Page> real = {
      {"Lamps", paragraphs(3),
       "<script src=/cdn-cgi/challenge-platform/h/b/scripts/jsd/main.js></script>"},
      {"Lamps", paragraphs(3),
       "<script src=\"/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e\"></script>"},
      {"Lamps", paragraphs(3), "<script src=https://js.datadome.co/tags.js></script>"},
      {"Lamps", paragraphs(3), "<script src=https://a.token.awswaf.com/a/b/challenge.js></script>"},
      {"Lamps", paragraphs(3), "<script>window._pxAppId='PXabc';</script>"},
      {"Write to us", paragraphs(2) + "<div class=\"g-recaptcha\"></div>",
       "<script src=https://www.google.com/recaptcha/api.js></script>"},
      {"How Cloudflare's challenge works", "<p>The page sets window._cf_chl_opt, and so on.</p>"},
      {"Access denied: a report", paragraphs(10)}};
  for (const Page& page : real) {
    const Reading reading = read_page(page);
    EXPECT_EQ(reading.state, LinkState::ok) << page.title << page.head << ": " << shown(reading);
  }
}

TEST(LoginWalls, AreToldByTheirFormOrByWhereTheyLieOrByWhatTheySay) {
  const std::string form = "<form><input name=u><input type=password name=p></form>";
  for (const Page& wall :
       {Page{"Sign in", "<h1>Sign in</h1>" + form}, Page{"Members", "<p>Welcome.</p>" + form},
        Page{"Connexion | Ambassade", form}, Page{"Вход", form},
        Page{"Report", "<p>You must be logged in to read this.</p>"}, Page{"تسجيل الدخول", form},
        Page{"登录", form}}) {
    const Reading reading = read_page(wall);
    EXPECT_EQ(reading.state, LinkState::refused) << wall.title << ": " << shown(reading);
  }
  for (const char* to :
       {"https://www.example.org/login?next=%2Fnews%2F42", "https://accounts.example.org/v3/x",
        "https://www.example.org/user/signin"})
    EXPECT_EQ(redirected("https://www.example.org/news/42", to).state, LinkState::refused) << to;
}

TEST(LoginWalls, AreNotPagesWithALoginInTheCorner) {
  const std::string form = "<form>Login <input name=u><input type=password name=p></form>";
  for (const Page& page : {Page{"Minutes of the council", paragraphs(4) + form},
                           Page{"How to sign in to the register", paragraphs(2)},
                           Page{"Lamps", "<p>Sign in or subscribe.</p>" + paragraphs(8)}}) {
    const Reading reading = read_page(page);
    EXPECT_EQ(reading.state, LinkState::ok) << page.title << ": " << shown(reading);
  }
}

TEST(Moved, IsWhatAPermanentRedirectLeadsTo) {
  const Page page{"Statement", paragraphs(3)};
  const std::string from = "http://www.example.org/news/42";
  EXPECT_EQ(redirected(from, "https://www.example.org/news/42", 301, page).state, LinkState::moved);
  EXPECT_EQ(redirected(from, "http://other.example/news/42", 308, page).state, LinkState::moved);
  EXPECT_EQ(redirected(from, "http://other.example/news/42", 302, page).state, LinkState::ok);
  EXPECT_EQ(redirected(from, "http://example.org/news/42/", 301, page).state, LinkState::ok);
}

TEST(Moved, IsToldUpToTheFirstTemporaryRedirect) {
  std::vector<Hop> hops;
  hops.push_back(answer("http://a.example/1", 301, ""));
  hops.push_back(answer("http://b.example/1", 302, ""));
  hops.push_back(answer("http://b.example/1?session=5", 200, html({"Statement", paragraphs(3)})));
  const Reading reading = read(std::move(hops));
  EXPECT_EQ(reading.state, LinkState::moved);
  EXPECT_EQ(reading.state_reason, "it has moved for good to http://b.example/1");
}

TEST(Faults, HaveTheStateThatTheReaderNeeds) {
  const auto state = [](FetchFault fault) {
    Exchange exchange;
    exchange.failure = FetchFailure{fault, "words"};
    return judge_exchange(exchange).state;
  };
  EXPECT_EQ(state(FetchFault::tls_revoked), LinkState::insecure);
  EXPECT_EQ(state(FetchFault::tls_expired), LinkState::insecure);
  EXPECT_EQ(state(FetchFault::rate_limited), LinkState::refused)
      << "it answered 429 and asked to be left alone: no sign of rot";
  EXPECT_EQ(state(FetchFault::robots_refused), LinkState::refused);
  EXPECT_EQ(state(FetchFault::name_not_resolved), LinkState::unreachable);
  EXPECT_EQ(state(FetchFault::special_address), LinkState::blocked);
}

Citation quoting(const std::string& quote) {
  Citation citation;
  citation.id = "c1";
  citation.quote = quote;
  return citation;
}

Verdict judged(const Citation& citation, const Reading& reading) {
  CitedLink link;
  link.url = "https://www.example.org/news/2020/statement";
  link.reading = &reading;
  return judge(citation, {}, std::span(&link, 1), {});
}

TEST(StandingWords, SpeakLouderThanAnySign) {
  const std::string words = "The keeper of the lamps told the council what had become of the road";
  for (const Page& page :
       {Page{"Page not found", "<p>" + words + ".</p>"}, Page{"Sign in", "<p>" + words + ".</p>"},
        Page{"Just a moment", "<p>" + words + ".</p>", "<script>window._cf_chl_opt={}</script>"}}) {
    const Verdict verdict = judged(quoting(words), read_page(page));
    EXPECT_EQ(verdict.kind, VerdictKind::intact) << page.title << ": " << verdict.reason;
    EXPECT_EQ(verdict.links[0].state, LinkState::ok) << page.title;
  }
}

TEST(PagesMadeByScripts, LeaveTheQuoteUnchecked) {
  const Citation citation = quoting("The keeper of the lamps told the council what had become");
  for (const Page& page :
       {Page{"Assembly", "<div id=\"root\"></div><script src=/app.js></script>"},
        Page{"Assembly",
             "<noscript>You need to enable JavaScript to run this app.</noscript><script "
             "src=/app.js></script>"},
        Page{"Ассамблея", "<p>Пожалуйста, включите JavaScript</p><script src=/app.js></script>"},
        Page{"", "<script>location.href = '/elsewhere'</script>"},
        Page{"Assembly", "<div id=shell><p>Loading …</p></div><script src=/app.js></script>"}}) {
    const Verdict verdict = judged(citation, read_page(page));
    EXPECT_EQ(verdict.kind, VerdictKind::unverifiable) << verdict.reason;
    EXPECT_EQ(verdict.quote.state, QuoteState::unchecked);
    EXPECT_NE(verdict.reason.find("scripts"), std::string::npos) << verdict.reason;
  }
}

TEST(PagesOfFrames, LeaveTheQuoteUnchecked) {
  const Citation citation = quoting("The keeper of the lamps told the council what had become");
  for (const char* body : {"<frameset cols='*'><frame src=/text.html></frameset>",
                           "<p>Document viewer</p><iframe src=/text.pdf></iframe>"}) {
    const Verdict verdict = judged(citation, read_page({"Assembly", body}));
    EXPECT_EQ(verdict.kind, VerdictKind::unverifiable) << verdict.reason;
    EXPECT_NE(verdict.reason.find("in a frame"), std::string::npos) << verdict.reason;
  }
}

}  // namespace
}  // namespace loccit
