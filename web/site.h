// Every address that `serve` answers.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "web/access.h"
#include "web/library.h"
#include "web/message.h"

namespace loccit {

struct SiteOptions {
  AccessRules access;
  std::string scheme = "http";
  std::string authority;  // "127.0.0.1:8080", where a request names no Host
};

// Called from many threads.
class Site {
 public:
  // `library` must outlive the site.
  Site(Library& library, SiteOptions options);

  // Every answer, refusals and failures too, with the headers that keep it from harm.
  WebResponse answer(const WebRequest& request);

 private:
  WebResponse route(const WebRequest& request);

  Library& library_;
  SiteOptions options_;
  std::array<std::atomic<std::uint64_t>, 6> answers_{};  // by the status' first digit
};

}  // namespace loccit
