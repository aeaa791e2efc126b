// Poco's TLS, from before the first use in this process to after the last.
#pragma once

#include <Poco/Net/SSLManager.h>

namespace loccit {

struct PocoTls {
  PocoTls() { Poco::Net::initializeSSL(); }
  ~PocoTls() { Poco::Net::uninitializeSSL(); }
  PocoTls(const PocoTls&) = delete;
  PocoTls& operator=(const PocoTls&) = delete;
};

}  // namespace loccit
