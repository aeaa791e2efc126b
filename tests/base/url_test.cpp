#include "base/url.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

std::string canonical(std::string_view text) {
  const auto url = parse_url(text);
  return url ? to_string(*url) : "malformed: " + url.error().message;
}

struct Spelling {
  const char* given;
  const char* expected;
};

TEST(ParseUrl, GivesThePlainSpellingOfWhatBrowsersAccept) {
  for (const auto& [given, expected] : std::initializer_list<Spelling>{
           {" https://Example.COM ", "https://example.com/"},
           {"HTTP://example.com:80/a", "http://example.com/a"},
           {"https://example.com:0443/a", "https://example.com/a"},
           {"https://example.com:8443?q", "https://example.com:8443/?q"},
           {"http://example.com/a b\"<>", "http://example.com/a%20b%22%3C%3E"},
           {"http://example.com/%7Ea%2fb%zz%", "http://example.com/%7Ea%2fb%zz%"},
           {"http://example.com/é?é#é", "http://example.com/%C3%A9?%C3%A9#%C3%A9"},
           {"http://example.com/a/./b/../c/%2e%2E/d/..", "http://example.com/a/"},
           {"http://example.com/../../x", "http://example.com/x"},
           {"http:\\\\example.com\\a?b\\c", "http://example.com/a?b\\c"},
           {"http:/example.com/a", "http://example.com/a"},
           {"https:////example.com/a", "https://example.com/a"},
           {"http://exa\nmple.com/a\tb", "http://example.com/ab"},
           {"http://user:p@ss@example.com/", "http://user:p%40ss@example.com/"},
           {"http://example.com/?", "http://example.com/?"},
           {"http://example.com?a/../b", "http://example.com/?a/../b"},
           {"http://bücher.example/", "http://xn--bcher-kva.example/"},
           {"http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/"},
           {"http://президент.рф/", "http://xn--d1abbgf6aiiy.xn--p1ai/"},
           {"http://straße.example/", "http://xn--strae-oqa.example/"},
           {"http://ＧＯ.example/", "http://go.example/"},
           {"http://my_host.example./", "http://my_host.example./"},
           {"ftp://example.com:21/x", "ftp://example.com/x"},
       }) {
    EXPECT_EQ(canonical(given), expected) << given;
  }
}

TEST(ParseUrl, TurnsEverySpellingOfAnAddressIntoTheOneThatTheGuardKnows) {
  for (const auto& [given, expected] : std::initializer_list<Spelling>{
           {"http://2130706433/", "http://127.0.0.1/"},
           {"http://0x7f000001/", "http://127.0.0.1/"},
           {"http://0177.0.0.1/", "http://127.0.0.1/"},
           {"http://127.1/", "http://127.0.0.1/"},
           {"http://0x7f.0.0x0.01", "http://127.0.0.1/"},
           {"http://1２7.0.0.1/", "http://127.0.0.1/"},
           {"http://127.0.0.1./", "http://127.0.0.1/"},
           {"http://%31%32%37.0.0.1/", "http://127.0.0.1/"},
           {"http://[0:0::1]:80/", "http://[::1]/"},
           {"http://[::FFFF:127.0.0.1]:81/", "http://[::ffff:127.0.0.1]:81/"},
       }) {
    EXPECT_EQ(canonical(given), expected) << given;
  }
}

TEST(ParseUrl, SaysWhatIsWrong) {
  for (const auto& [given, words] : std::initializer_list<Spelling>{
           {"", "scheme"},
           {"example.com/a", "scheme"},
           {"//example.com/a", "scheme"},
           {"mailto:a@example.com", "no host"},
           {"http://", "no host"},
           {"file:///etc/passwd", "no host"},
           {"http://user@/", "no host"},
           {"http://example.com:99999/", "port"},
           {"http://example.com:8a/", "port"},
           {"http://exam ple.com/", "character"},
           {"http://a%00b/", "character"},
           {"http://[::1", "port"},
           {"http://[::1%25eth0]/", "IPv6"},
           {"http://1.2.3.256/", "IPv4"},
           {"http://1.2.3.4.5/", "IPv4"},
           {"http://example.0x/", "IPv4"},
       }) {
    EXPECT_NE(canonical(given).find(std::string("malformed: ")), std::string::npos) << given;
    EXPECT_NE(canonical(given).find(words), std::string::npos)
        << given << " gives " << canonical(given);
  }
}

TEST(ParseUrl, IsStableUnderItsOwnOutput) {
  for (const char* given : {"http:\\a\\..\\b", "http://x/%2e%2e/%", "http://ü@ü:1/ü?ü#ü",
                            "https://a//b//../c", "http://x/?'\"`"}) {
    EXPECT_EQ(canonical(canonical(given)), canonical(given)) << given;
  }
}

TEST(ResolveUrl, FollowsTheExamplesOfRfc3986Section54) {
  constexpr std::string_view base = "http://a/b/c/d;p?q";
  for (const auto& [reference, expected] : std::initializer_list<Spelling>{
           {"g", "http://a/b/c/g"},
           {"./g", "http://a/b/c/g"},
           {"g/", "http://a/b/c/g/"},
           {"/g", "http://a/g"},
           {"//g", "http://g/"},
           {"?y", "http://a/b/c/d;p?y"},
           {"g?y", "http://a/b/c/g?y"},
           {"#s", "http://a/b/c/d;p?q#s"},
           {"g#s", "http://a/b/c/g#s"},
           {";x", "http://a/b/c/;x"},
           {"g;x?y#s", "http://a/b/c/g;x?y#s"},
           {"", "http://a/b/c/d;p?q"},
           {".", "http://a/b/c/"},
           {"./", "http://a/b/c/"},
           {"..", "http://a/b/"},
           {"../g", "http://a/b/g"},
           {"../..", "http://a/"},
           {"../../../g", "http://a/g"},
           {"/./g", "http://a/g"},
           {"/../g", "http://a/g"},
           {"g.", "http://a/b/c/g."},
           {"..g", "http://a/b/c/..g"},
           {"./../g", "http://a/b/g"},
           {"g;x=1/../y", "http://a/b/c/y"},
           {"g?y/../x", "http://a/b/c/g?y/../x"},
           {"g#s/../x", "http://a/b/c/g#s/../x"},
           {"\\\\other\\x", "http://other/x"},
           {"https://z/y", "https://z/y"},
       }) {
    EXPECT_EQ(resolve_url(base, reference).value_or("malformed"), expected) << reference;
  }
}

TEST(ResolveUrl, KeepsCredentialsOnTheSameHostOnly) {
  EXPECT_EQ(resolve_url("http://u:p@a/x", "/y").value(), "http://u:p@a/y");
  EXPECT_EQ(resolve_url("http://u:p@a/x", "//b/y").value(), "http://b/y");
}

TEST(UrlScheme, IsReadAlsoWhereThereIsNoHost) {
  EXPECT_EQ(url_scheme(" MailTo:a@b"), "mailto");
  EXPECT_EQ(url_scheme("file:///etc/passwd"), "file");
  EXPECT_EQ(url_scheme("java\nscript:alert(1)"), "javascript");
  EXPECT_EQ(url_scheme("/a:b"), "");
}

TEST(FetchKey, IsOneForAllSpellingsOfOneSource) {
  const std::string key = fetch_key("https://example.com/~a/%C3%A9?x=%2F").value();
  for (const char* same : {"https://EXAMPLE.com:443/%7ea/é?x=%2f#part",
                           "https://u:p@example.com/b/../~a/%c3%a9?x=%2F"}) {
    EXPECT_EQ(fetch_key(same).value(), key) << same;
  }
  for (const char* other :
       {"http://example.com/~a/%C3%A9?x=%2F", "https://example.com/~A/%C3%A9?x=%2F",
        "https://example.com/~a/%C3%A9?x=/", "https://www.example.com/~a/%C3%A9?x=%2F"}) {
    EXPECT_NE(fetch_key(other).value(), key) << other;
  }
}

TEST(Surt, IsTheKeyThatCdxIndexesSortBy) {
  for (const auto& [given, expected] : std::initializer_list<Spelling>{
           {"http://www.Example.com/", "com,example)/"},
           {"https://www2.example.com:8443/A//b/?B=2&a=1&a", "com,example:8443)/a/b?a&a=1&b=2"},
           {"http://wwwhat.example.com/x#y", "com,example,wwwhat)/x"},
           {"http://127.0.0.1:8080/", "127.0.0.1:8080)/"},
           {"http://localhost:20000/", "localhost:20000)/"},
           {"http://example.com/?", "com,example)/"},
           {"not a url", "not a url"},
       }) {
    EXPECT_EQ(surt(given), expected) << given;
  }
}

TEST(DisplayUrl, ShowsUnicodeOnlyWhereItCannotDeceive) {
  EXPECT_EQ(display_url("http://xn--d1abbgf6aiiy.xn--p1ai/a"), "http://президент.рф/a");
  EXPECT_EQ(display_url("http://xn--bcher-kva.example/"), "http://bücher.example/");
  EXPECT_EQ(display_url("http://xn--80ak6aa92e.com/"), "http://xn--80ak6aa92e.com/")
      << "all Cyrillic, looks like apple";
  EXPECT_EQ(display_url("http://xn--pple-43d.com/"), "http://xn--pple-43d.com/")
      << "Cyrillic a, Latin pple";
  EXPECT_EQ(display_url("HTTP://Plain.example"), "HTTP://Plain.example");
}

}  // namespace
}  // namespace loccit
