// Every answer and every fault, from the wire to the state of the link and the sentence that a
// reader gets. `verify` must say the same from the archive.
#include <gtest/gtest.h>
#include <zlib.h>

#include "checking.h"
#include "support/hostile_server.h"

namespace loccit {
namespace {

using namespace std::chrono_literals;
using namespace testing;

constexpr const char* words = "The lamps on the causeway are old, but they are sound";

FetchOptions hasty() {
  FetchOptions options;
  options.allow_net = {"127.0.0.0/8"};
  options.delay = 0ms;
  options.timeout = 1500ms;
  options.retries = 0;
  options.max_bytes = 3'000'000;
  options.respect_robots = false;
  options.use_proxies = false;
  return options;
}

CheckOptions small_limits() {
  CheckOptions options;
  options.policy.limits.max_output = 4U << 20U;
  return options;
}

// Checks, expects `verify` to agree, and gives the verdicts.
std::vector<Verdict> verdicts_on(const std::vector<std::pair<std::string, std::string>>& cited,
                                 const FetchOptions& options = hasty()) {
  const TempDir folder;
  const Document document = citing(cited);
  std::vector<Verdict> verdicts;
  {
    Archive archive = archive_in(folder);
    auto fetcher = Fetcher::create(options, system_clock());
    if (!fetcher) throw std::runtime_error(fetcher.error().message);
    const auto report = check(document, *fetcher, archive, small_limits());
    if (!report) throw std::runtime_error(report.error().message);
    verdicts = report->verdicts;
  }
  const auto again = verify(document, archive_in(folder, ArchiveMode::read), small_limits());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_TRUE(verdicts[i].links[0].snapshot) << cited[i].first << ": not archived";
    EXPECT_TRUE(again && again->verdicts[i].reason == verdicts[i].reason)
        << "verify disagrees: " << cited[i].first;
  }
  return verdicts;
}

Verdict verdict_on(const std::string& url, const FetchOptions& options = hasty()) {
  return verdicts_on({{url, words}}, options).front();
}

void expect_state(const Verdict& verdict, LinkState state, const std::string& said) {
  EXPECT_EQ(name(verdict.links[0].state), std::string(name(state))) << verdict.reason;
  EXPECT_NE(verdict.reason.find(said), std::string::npos) << verdict.reason << "\nlacks: " << said;
}

TEST(LinkStates, OfEveryStatus) {
  struct Row {
    int status;
    LinkState state;
    const char* said;
  };
  const std::vector<Row> rows = {Row{400, LinkState::error, "400"},
                                 Row{401, LinkState::refused, "asks for a login"},
                                 Row{402, LinkState::refused, "payment"},
                                 Row{403, LinkState::refused, "forbids"},
                                 Row{404, LinkState::gone, "not there"},
                                 Row{405, LinkState::error, "405"},
                                 Row{406, LinkState::error, "406"},
                                 Row{407, LinkState::refused, "proxy"},
                                 Row{408, LinkState::error, "408"},
                                 Row{410, LinkState::gone, "gone for good"},
                                 Row{418, LinkState::error, "418"},
                                 Row{429, LinkState::refused, "too many requests"},
                                 Row{451, LinkState::refused, "legal reasons"},
                                 Row{500, LinkState::error, "500"},
                                 Row{502, LinkState::error, "502"},
                                 Row{503, LinkState::error, "503"},
                                 Row{504, LinkState::error, "504"},
                                 Row{520, LinkState::error, "520"},
                                 Row{300, LinkState::error, "300"},
                                 Row{304, LinkState::error, "304"}};
  const LoopbackSite site([](const SiteRequest& request) {
    return SiteReply{.status = std::stoi(request.target.substr(1)), .body = "<p>an answer</p>"};
  });
  std::vector<std::pair<std::string, std::string>> cited;
  for (const Row& row : rows) cited.emplace_back(site.url("/" + std::to_string(row.status)), words);
  const std::vector<Verdict> verdicts = verdicts_on(cited);
  for (std::size_t i = 0; i < rows.size(); ++i)
    expect_state(verdicts[i], rows[i].state, rows[i].said);
}

TEST(LinkStates, OfAnswersWithNothingInThem) {
  for (const int status : {200, 204, 205}) {
    const LoopbackSite site(
        [&](const SiteRequest&) { return SiteReply{.status = status, .body = {}}; });
    expect_state(verdict_on(site.url("/page")), LinkState::soft404, "empty page");
  }
}

TEST(LinkStates, OfAHostThatAsksForPatience) {
  const LoopbackSite site([](const SiteRequest&) {
    return SiteReply{.status = 429, .body = "later", .headers = {{"Retry-After", "86400"}}};
  });
  for (const Verdict& verdict :
       verdicts_on({{site.url("/1"), words}, {site.url("/2"), words}, {site.url("/3"), words}})) {
    EXPECT_EQ(verdict.kind, VerdictKind::unverifiable) << verdict.reason;
    EXPECT_EQ(verdict.links[0].state, LinkState::refused) << verdict.reason;
  }
}

using Script = HostileServer::Script;
using Peer = HostileServer::Peer;

Script sends(std::string bytes, std::string again = {}, std::chrono::milliseconds pause = 0ms) {
  return [=](Peer& peer) {
    peer.read_request();
    bool on = peer.send(bytes);
    while (on && !again.empty() && !peer.stopping()) {
      on = peer.send(again);
      if (pause > 0ms) peer.pause(pause);
    }
  };
}

TEST(LinkStates, OfServersThatMisbehave) {
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  struct Row {
    const char* what;
    Script script;
    LinkState state;
    const char* said;
  };
  const std::vector<Row> rows = {
      {"slow headers", sends("HTTP/1.1 200 OK\r\n", "X: y\r\n", 50ms), LinkState::unreachable,
       "did not answer within 1.5 s"},
      {"a byte a second", sends(ok + "Content-Length: 100\r\n\r\n", "x", 1000ms),
       LinkState::unreachable, "did not finish its answer within 1.5 s"},
      {"silence", [](Peer& peer) { peer.pause(5s); }, LinkState::unreachable,
       "took the connection but did not answer"},
      {"a length too long", sends(ok + "Content-Length: 1000\r\n\r\n<p>short</p>"),
       LinkState::unreachable, "broke off its answer after 12 bytes"},
      {"bad chunks", sends(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n"),
       LinkState::unreachable, "chunk"},
      {"chunks that end early", sends(ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nhal"),
       LinkState::unreachable, "broke off"},
      {"a reset in mid-body",
       [&](Peer& peer) {
         peer.read_request();
         peer.send(ok + "Content-Length: 100\r\n\r\nbeginning");
         peer.pause(100ms);
         peer.reset();
       },
       LinkState::unreachable, "reset the connection after 9 bytes"},
      {"an endless body", sends(ok + "\r\n", std::string(65536, 'x')), LinkState::blocked,
       "3000000 bytes that --max-bytes allows"},
      {"a header of 10 MB",
       sends("HTTP/1.1 200 OK\r\nX: " + std::string(10 << 20, 'x') + "\r\n\r\n"),
       LinkState::blocked, "header lines"},
      {"endless headers", sends("HTTP/1.1 200 OK\r\n", "X-Filler: abcdefgh\r\n"),
       LinkState::blocked, "header lines"},
      {"no HTTP", sends("SSH-2.0-OpenSSH_9.2\r\n"), LinkState::unreachable, "not HTTP"},
      {"nothing", sends(""), LinkState::unreachable, "closed the connection without an answer"}};
  for (const Row& row : rows) {
    const HostileServer server(row.script);
    SCOPED_TRACE(row.what);
    const Verdict verdict = verdict_on(server.url("/page"));
    expect_state(verdict, row.state, row.said);
    EXPECT_EQ(verdict.kind, VerdictKind::rotten);
  }
}

TEST(LinkStates, OfABodyWithoutLengthOrLongerThanItsLength) {
  const std::string page = std::string("<p>") + words + "</p>";
  const HostileServer open_end(sends("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page));
  EXPECT_EQ(verdict_on(open_end.url("/page")).kind, VerdictKind::intact);
  const HostileServer too_much(
      sends("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
            std::to_string(page.size()) + "\r\n\r\n" + page + "more"));
  EXPECT_EQ(verdict_on(too_much.url("/page")).kind, VerdictKind::intact);
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

// 256 MiB of zeros, made by Node's zlib.brotliCompressSync.
const std::string brotli_bomb = from_hex(
    "cfffff7f002400e2b14072effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f0012"
    "00715800baf7fffcffff074002200e0b40f7fe9fffffff004800c46101e8defff3ffff1f000980382c00ddfb"
    "7ffeffff032001108705a07bffcfffff7f002400e2b00074effff9ffff0f8004401c1680eefd3fffffff0190"
    "0088c302d0bdffe7ffff3f001200715800baf7fffcffff074002200e0b40f7fe9fffffff004800c46101e8de"
    "fff3ffff1f000980382c00ddfbfffcffff072001108705a07bff0f");

std::string gzip_bomb() {
  constexpr std::size_t size = 256U << 20U;
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  if (deflateInit2(&stream, 9, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(1U << 20U, '\0');
  const std::string zeros(1U << 20U, '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  for (std::size_t done = 0; done < size; done += zeros.size()) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zeros.data()));
    stream.avail_in = static_cast<uInt>(zeros.size());
    deflate(&stream, done + zeros.size() < size ? Z_NO_FLUSH : Z_FINISH);
  }
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Read up to the limits, and no verdict on words that may come later.
TEST(LinkStates, OfBodiesThatExpandWithoutEnd) {
  struct Row {
    const char* coding;
    std::string body;
  };
  const std::vector<Row> bombs = {{"br", brotli_bomb}, {"gzip", gzip_bomb()}};
  for (const Row& bomb : bombs) {
    const HostileServer server(
        sends("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " +
              std::string(bomb.coding) + "\r\nContent-Length: " + std::to_string(bomb.body.size()) +
              "\r\n\r\n" + bomb.body));
    const Verdict verdict = verdict_on(server.url("/page"));
    EXPECT_EQ(verdict.kind, VerdictKind::unverifiable) << bomb.coding << verdict.reason;
    expect_state(verdict, LinkState::ok, "only a part of it could be read");
  }
  const HostileServer broken(
      sends("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: "
            "gzip\r\nContent-Length: 12\r\n\r\nnot gzip at!"));
  expect_state(verdict_on(broken.url("/page")), LinkState::ok, "gzip");
}

TEST(LinkStates, OfRedirectsThatLeadNowhere) {
  struct Row {
    const char* target;
    const char* said;
  };
  for (const Row& row :
       {Row{"/page", "go round in a circle"}, Row{"file:///etc/passwd", "only http and https"},
        Row{"ftp://example.org/x", "only http and https"}, Row{"http://10.0.0.1/", "private"},
        Row{"http://169.254.169.254/latest/meta-data", "link-local"},
        Row{"http://[::ffff:10.0.0.1]/", "private"}, Row{"http://0xa.0.0.1/", "private"},
        Row{"http://[64:ff9b::a00:1]/", "private"}, Row{"http://", "no host"}}) {
    const LoopbackSite site([&](const SiteRequest&) { return redirect_to(row.target); });
    const Verdict verdict = verdict_on(site.url("/page"));
    expect_state(verdict, LinkState::blocked, row.said);
  }
  const LoopbackSite endless(
      [](const SiteRequest& request) { return redirect_to(request.target + "x"); });
  expect_state(verdict_on(endless.url("/page")), LinkState::blocked,
               "redirects more than 10 times");
}

TEST(LinkStates, OfCertificates) {
  const TestAuthority authority, stranger("Stranger Root");
  const TempDir folder;
  FetchOptions options = hasty();
  options.ca_file = folder.file("root.pem", authority.certificate_pem());
  const SiteHandler page = [](const SiteRequest&) {
    return SiteReply{.body = html_page("Lamps", words)};
  };
  struct Row {
    Identity identity;
    const char* said;
  };
  const std::vector<Row> rows = {
      {authority.issue({.valid_from_days = -30, .valid_to_days = -2}), "expired"},
      {authority.issue({.valid_from_days = 3}), "not valid before"},
      {self_signed(), "signed by itself"},
      {stranger.issue(), "Stranger Root"},
      {authority.issue({.alternative_names = {"DNS:other.example"}}), "not for 127.0.0.1"}};
  for (const Row& row : rows) {
    const LoopbackSite site(page, row.identity);
    const Verdict verdict = verdict_on(site.url("/page"), options);
    expect_state(verdict, LinkState::insecure, row.said);
    EXPECT_EQ(verdict.kind, VerdictKind::rotten);
    EXPECT_EQ(verdict.quote.state, QuoteState::verbatim)
        << "looked at without trust, so that the words can be compared";
  }
  const LoopbackSite good(page, authority.issue());
  EXPECT_EQ(verdict_on(good.url("/page"), options).kind, VerdictKind::intact);
}

TEST(LinkStates, OfWhatIsNotThere) {
  std::string closed;
  {
    const HostileServer server(always(""));
    closed = server.url("/page");
  }
  expect_state(verdict_on(closed), LinkState::unreachable, "refused the connection");
  expect_state(verdict_on("http://no-such-host.invalid/"), LinkState::unreachable,
               "not known (DNS)");
  expect_state(verdict_on("gopher://example.org/"), LinkState::blocked, "gopher:");
  expect_state(verdict_on("http://exa mple.[/"), LinkState::blocked, "host");
}

TEST(LinkStates, OfRobotsThatForbid) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/robots.txt")
      return SiteReply{.body = "User-agent: *\nDisallow: /page", .content_type = "text/plain"};
    return SiteReply{.body = html_page("Lamps", words)};
  });
  FetchOptions options = hasty();
  options.respect_robots = true;
  const Verdict refused = verdict_on(site.url("/page"), options);
  expect_state(refused, LinkState::refused, "robots.txt");
  EXPECT_EQ(refused.kind, VerdictKind::unverifiable);
  options.respect_robots = false;
  const Verdict ignored = verdict_on(site.url("/page"), options);
  EXPECT_EQ(ignored.kind, VerdictKind::intact);
  EXPECT_NE(ignored.links[0].note.find("robots.txt"), std::string::npos) << "the report says so";
}

}  // namespace
}  // namespace loccit
