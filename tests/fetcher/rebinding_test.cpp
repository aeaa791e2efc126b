// A name that is looked up as one address and then as another. The linker lets this getaddrinfo
// stand before the C library's, for libcurl as well.
#include <map>
#include <mutex>

#include <dlfcn.h>
#include <netdb.h>

#include "fetching.h"
#include "support/hostile_server.h"
#include "support/loopback_site.h"

namespace {

using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

std::mutex mutex;
std::map<std::string, std::vector<std::string>> answers;  // what a name is, lookup by lookup

}  // namespace

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  static const auto real = reinterpret_cast<Lookup>(dlsym(RTLD_NEXT, "getaddrinfo"));
  std::string address = node == nullptr ? "" : node;
  {
    const std::lock_guard lock(mutex);
    const auto scripted = answers.find(address);
    if (scripted != answers.end() && !scripted->second.empty()) {
      address = scripted->second.front();
      if (scripted->second.size() > 1) scripted->second.erase(scripted->second.begin());
    }
  }
  return real(node == nullptr ? nullptr : address.c_str(), service, hints, result);
}

namespace loccit {
namespace {

using testing::fault_of;
using testing::message_of;

void names(const std::string& name, std::vector<std::string> addresses) {
  const std::lock_guard lock(mutex);
  answers[name] = std::move(addresses);
}

TEST(DnsRebinding, IsCaughtWhenTheSocketIsOpened) {
  const testing::LoopbackSite site(
      [](const testing::SiteRequest&) { return testing::SiteReply{.body = "secret"}; });
  FetchOptions options = testing::quick();
  options.allow_net = {
      "127.0.0.1/32"};  // stands for the public internet, 127.0.0.9 for what is not
  names("rebinding.test", {"127.0.0.1", "127.0.0.9"});
  const std::string url = "http://rebinding.test:" + std::to_string(site.port()) + "/";
  EXPECT_EQ(fault_of(testing::fetch(url, options)), "none");
  const Exchange again = testing::fetch(url, options);
  EXPECT_EQ(fault_of(again), "special-address") << message_of(again);
  EXPECT_NE(message_of(again).find("127.0.0.9"), std::string::npos) << message_of(again);
}

TEST(DnsRebinding, GetsNoFurtherByAServerThatHangsUp) {
  // The connection does not outlive the answer, so that the redirect needs another one.
  const testing::HostileServer server(
      testing::always("HTTP/1.1 302 Found\r\nLocation: http://other.test/\r\nConnection: close\r\n"
                      "Content-Length: 0\r\n\r\n"));
  FetchOptions options = testing::quick();
  options.allow_net = {"127.0.0.1/32"};
  names("first.test", {"127.0.0.1"});
  names("other.test", {"169.254.169.254"});
  const Exchange exchange =
      testing::fetch("http://first.test:" + std::to_string(server.port()) + "/", options);
  EXPECT_EQ(fault_of(exchange), "special-address") << message_of(exchange);
  EXPECT_NE(message_of(exchange).find("169.254.169.254"), std::string::npos);
}

}  // namespace
}  // namespace loccit
