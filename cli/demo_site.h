// The demo's web: pages of our own writing, served on loopback inside the process.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace loccit {

class DemoSite {
 public:
  DemoSite();  // serves on ports of its own; throws where loopback cannot be listened on
  ~DemoSite();
  DemoSite(const DemoSite&) = delete;
  DemoSite& operator=(const DemoSite&) = delete;

  std::vector<std::string> connect_to() const;  // each of the demo's hosts to its place here
  const std::string& trusted_pem()
      const;  // the certificate of all hosts but one, which stays untrusted

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loccit
