// Certificates made in the test, so that none can expire in the repository.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace loccit::testing {

struct Identity {
  std::string key_pem;
  std::string certificate_pem;  // leaf first, then what the server should send with it
};

struct CertificateWish {
  std::string common_name = "localhost";
  std::vector<std::string> alternative_names = {"DNS:localhost",
                                                "IP:127.0.0.1"};  // as in openssl.cnf
  int valid_from_days = -1;                                       // counted from now
  int valid_to_days = 30;
  // Extended key usage as in openssl.cnf: "serverAuth", "critical,timeStamping"; empty: none.
  std::string extended_key_usage = {};
  bool authority = false;  // may sign others
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& common_name = "loccit test root");
  ~TestAuthority();
  TestAuthority(TestAuthority&&) noexcept;
  TestAuthority& operator=(TestAuthority&&) noexcept;

  const std::string& certificate_pem() const;
  const std::string& key_pem() const;
  Identity issue(const CertificateWish& wish = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Identity self_signed(const CertificateWish& wish = {});

}  // namespace loccit::testing
