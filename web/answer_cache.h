// Answers made from the registry alone, kept while the registry stays as it is: a list of five
// hundred changes costs milliseconds to make, and the registry changes a few times an hour.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "registry/change_watch.h"
#include "web/message.h"

namespace loccit {

struct AnswerCacheLimits {
  std::size_t answers = 1000;
  std::size_t bytes = 16U << 20U;  // of addresses and bodies together
};

// Called from many threads.
class AnswerCache {
 public:
  // Without a watch nothing is kept.
  explicit AnswerCache(std::optional<ChangeWatch> watch, AnswerCacheLimits limits = {});

  // What was kept of `address`, else what `make` makes of it. Whatever was recorded before the
  // call is in the answer. It goes to everybody who asks for that address: `make` must depend on
  // nothing else but the registry, and who may not read is to be refused before. Only answers of
  // status 200 are kept.
  WebResponse answer(const std::string& address, const std::function<WebResponse()>& make);

 private:
  void forget_all();
  // Forgets what was made before the registry changed.
  void look_for_changes();
  void keep(const std::string& address, const WebResponse& made);

  const AnswerCacheLimits limits_;
  std::mutex mutex_;
  std::optional<ChangeWatch> watch_;
  std::optional<std::int64_t> mark_;  // what is kept was made at this state or later
  std::map<std::string, std::shared_ptr<const WebResponse>> kept_;
  std::size_t bytes_ = 0;
};

}  // namespace loccit
