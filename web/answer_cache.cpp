#include "web/answer_cache.h"

namespace loccit {

AnswerCache::AnswerCache(std::optional<ChangeWatch> watch, AnswerCacheLimits limits)
    : limits_(limits), watch_(std::move(watch)) {}

void AnswerCache::forget_all() {
  kept_.clear();
  bytes_ = 0;
}

void AnswerCache::look_for_changes() {
  std::optional<std::int64_t> now;
  if (watch_) {
    if (const auto mark = watch_->mark()) now = *mark;
  }
  if (now && now == mark_) return;
  forget_all();
  mark_ = now;
}

void AnswerCache::keep(const std::string& address, const WebResponse& made) {
  const std::size_t bytes = address.size() + made.body.size();
  if (bytes > limits_.bytes || limits_.answers == 0) return;
  // Which of them will be asked for again is not known: all go, and come back as they are asked.
  if (kept_.size() >= limits_.answers || bytes_ + bytes > limits_.bytes) forget_all();
  if (kept_.emplace(address, std::make_shared<const WebResponse>(made)).second) bytes_ += bytes;
}

WebResponse AnswerCache::answer(const std::string& address,
                                const std::function<WebResponse()>& make) {
  std::optional<std::int64_t> before;
  std::shared_ptr<const WebResponse> kept;
  {
    const std::lock_guard lock(mutex_);
    look_for_changes();
    before = mark_;
    if (const auto found = kept_.find(address); found != kept_.end()) kept = found->second;
  }
  if (kept) return *kept;
  WebResponse made = make();
  if (!before || made.status != 200) return made;
  const std::lock_guard lock(mutex_);
  // Where another saw a change meanwhile, this may have been made before it.
  if (before == mark_) keep(address, made);
  return made;
}

}  // namespace loccit
