// Every address that `serve` answers.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "web/access.h"
#include "web/answer_cache.h"
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
  // `library` must outlive the site. With `watch`, of the library's registry, answers that are
  // made from the registry alone are kept until it changes.
  Site(Library& library, SiteOptions options, std::optional<ChangeWatch> watch = std::nullopt);

  // Every answer, refusals and failures too, with the headers that keep it from harm.
  WebResponse answer(const WebRequest& request);

 private:
  WebResponse route(const WebRequest& request);

  Library& library_;
  SiteOptions options_;
  AnswerCache kept_;
  std::array<std::atomic<std::uint64_t>, 6> answers_{};  // by the status' first digit
};

}  // namespace loccit
