#include "support/swift_store.h"

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include <Poco/Net/ServerSocket.h>

namespace loccit::testing {
namespace {

// Five in a row that are free now; another program may still take one before Swift does.
int free_ports() {
  using Poco::Net::ServerSocket;
  for (int tries = 0; tries < 50; ++tries) {
    const int first = ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0)).address().port();
    try {
      for (int i = 0; i < 5; ++i)
        ServerSocket(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(first + i)));
      return first;
    } catch (const Poco::Exception&) {
      continue;
    }
  }
  throw std::runtime_error("there are no five free ports in a row");
}

}  // namespace

bool SwiftStore::available() {
  return std::system(
             "command -v swift-proxy-server swift-object-server swift-ring-builder "
             "memcached >/dev/null 2>&1") == 0;
}

SwiftStore::SwiftStore() : port_(free_ports()) {
  const std::string command = std::string(LOCCIT_TESTS) + "/support/swift_store.sh '" +
                              folder_.path().string() + "' " + std::to_string(port_);
  script_ = ::popen(command.c_str(), "w");
  if (script_ == nullptr) throw std::runtime_error(command + " does not start");
  S3Settings asking = settings();
  asking.tries = 1;
  S3Client client("ready", asking);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(100);
  while (!client.put_bytes("", "")) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("Swift does not answer after 100 s");
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
}

SwiftStore::~SwiftStore() {
  if (script_ != nullptr) ::pclose(script_);
}

S3Settings SwiftStore::settings() const {
  S3Settings settings;
  settings.endpoint = "http://127.0.0.1:" + std::to_string(port_);
  settings.path_style = true;
  settings.credentials = {"test:tester", "testing", ""};
  settings.part_bytes = 5U << 20U;
  return settings;
}

S3Client SwiftStore::bucket(const std::string& name) const {
  S3Client client(name, settings());
  if (const auto made = client.put_bytes("", ""); !made)
    throw std::runtime_error(made.error().message);
  return client;
}

}  // namespace loccit::testing
