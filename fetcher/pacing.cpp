#include "fetcher/pacing.h"

#include <algorithm>

namespace loccit {

std::size_t Pacing::index_of(const std::string& host) {
  const auto [it, fresh] = names_.try_emplace(host, hosts_.size());
  if (fresh) {
    const HostSettings own = limits_.of_host ? limits_.of_host(host) : HostSettings{};
    hosts_.emplace_back();
    hosts_.back().at_once = own.per_host.value_or(limits_.per_host);
    hosts_.back().delay = own.delay.value_or(limits_.delay);
  }
  return it->second;
}

void Pacing::add(const std::string& host, Task task, Time not_before) {
  later_.push({not_before, order_++, index_of(host), task});
}

// Enters the host into ready_, once, if it could start something.
void Pacing::offer(std::size_t index, Time earliest) {
  Host& host = hosts_[index];
  if (host.waiting.empty() || host.running >= host.at_once) return;
  const Time at = std::max(host.free_at, earliest);
  if (host.queued_for <= at) return;
  host.queued_for = at;
  ready_.push({at, order_++, index});
}

std::optional<Pacing::Task> Pacing::next(Time now) {
  while (!later_.empty() && later_.top().at <= now) {
    const Later due = later_.top();
    later_.pop();
    hosts_[due.host].waiting.push_back(due.task);
    offer(due.host, due.at);
  }
  while (running_ < limits_.concurrency && !ready_.empty() && ready_.top().at <= now) {
    const Ready entry = ready_.top();
    ready_.pop();
    Host& host = hosts_[entry.host];
    if (host.queued_for != entry.at) continue;
    host.queued_for = Time::max();
    if (host.free_at > now) {  // held since it was entered
      offer(entry.host, now);
      continue;
    }
    const Task task = host.waiting.front();
    host.waiting.pop_front();
    ++host.running;
    ++running_;
    host.free_at = now + host.delay;
    offer(entry.host, now);
    return task;
  }
  return std::nullopt;
}

void Pacing::done(const std::string& name, Time now) {
  const std::size_t index = index_of(name);
  --hosts_[index].running;
  --running_;
  offer(index, now);
}

void Pacing::put_back(const std::string& name, Task task, Time until) {
  const std::size_t index = index_of(name);
  Host& host = hosts_[index];
  --host.running;
  --running_;
  host.free_at = until;
  host.waiting.push_front(task);
  offer(index, until);
}

void Pacing::hold(const std::string& name, Time until) {
  Host& host = hosts_[index_of(name)];
  host.free_at = std::max(host.free_at, until);
}

std::optional<Pacing::Time> Pacing::wake_at() const {
  std::optional<Time> at;
  if (!later_.empty()) at = later_.top().at;
  if (running_ < limits_.concurrency && !ready_.empty())
    at = at ? std::min(*at, ready_.top().at) : ready_.top().at;
  return at;
}

}  // namespace loccit
