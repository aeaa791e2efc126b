// A time-stamping authority of one's own: `openssl ts -reply` behind an HTTP server on loopback.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace loccit::testing {

enum class AuthorityMood {
  honest,
  another_question,  // answers to a question it was asked before
  refusing,          // status rejection
  garbled,           // no timestamp response at all
  broken,            // HTTP 500
};

class TimestampAuthority {
 public:
  // Makes a root and a leaf for time stamping. Throws where the openssl program is missing;
  // available() asks first.
  TimestampAuthority();
  ~TimestampAuthority();
  static bool available();

  void set_mood(AuthorityMood mood);
  std::string url() const;
  std::string root_pem() const;
  std::string leaf_pem() const;
  std::string answer(std::string_view query) const;  // without HTTP

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loccit::testing
