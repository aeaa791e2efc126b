#include "checks/judging.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "base/url.h"
#include "checks/task_queue.h"

namespace loccit {
namespace {

struct ReadPair {
  std::optional<Reading> newest;
  std::optional<Reading> earlier;
};
using SharedReading = std::shared_ptr<const ReadPair>;

// A link whose site has the page in the quote's language as well.
struct WantedAlternate {
  std::size_t citation = 0;
  std::size_t link = 0;
  std::size_t url = 0;  // in Session::alternate_urls_
};

class Session {
 public:
  Session(const Document& document, const Plan& plan, const Shelf& shelf,
          const JudgingOptions& options)
      : document_(document),
        plan_(plan),
        shelf_(shelf),
        options_(options),
        readings_(plan.urls.size()),
        uses_left_(plan.urls.size()),
        unread_(document.citations.size()),
        verdicts_(document.citations.size()),
        queue_(threads(options), options.queue_length) {
    for (std::size_t i = 0; i < plan.urls.size(); ++i)
      uses_left_[i] = plan.urls[i].citations.size();
    for (std::size_t i = 0; i < plan.links.size(); ++i) {
      unread_[i] = plan.links[i].size();
      if (unread_[i] == 0) queue_.put([this, i] { judge_one(i, {}); });
    }
  }

  Result<std::vector<Verdict>> run(const Supply& supply) {
    std::vector<std::string> urls;
    for (const PlannedUrl& url : plan_.urls) urls.push_back(url.url);
    const auto first =
        round(supply, urls, [this](std::size_t i, Capture capture) { read(i, capture); });
    if (!first) return tl::unexpected(first.error());

    alternates_.resize(alternate_urls_.size());
    const auto second = round(supply, alternate_urls_, [this](std::size_t i, Capture capture) {
      SharedReading reading = read_pair(capture);
      const std::lock_guard lock(mutex_);
      alternates_[i] = std::move(reading);
    });
    if (!second) return tl::unexpected(second.error());

    judge_deferred();
    queue_.wait_until_idle();
    return std::move(verdicts_);
  }

 private:
  static unsigned threads(const JudgingOptions& options) {
    return options.threads != 0 ? options.threads
                                : std::max(1U, std::thread::hardware_concurrency());
  }

  Result<void> round(const Supply& supply, std::span<const std::string> urls,
                     const std::function<void(std::size_t, Capture)>& read_capture) {
    if (!urls.empty()) {
      const auto brought = supply(urls, [&](std::size_t i, Capture capture) {
        // std::function wants to be copyable, a snapshot is not.
        auto shared = std::make_shared<Capture>(std::move(capture));
        queue_.put([read_capture, i, shared] { read_capture(i, std::move(*shared)); });
        return !failed();
      });
      queue_.wait_until_idle();
      if (!brought) return brought;
    }
    queue_.wait_until_idle();
    const std::lock_guard lock(mutex_);
    if (failure_) return tl::unexpected(*failure_);
    return {};
  }

  bool failed() {
    const std::lock_guard lock(mutex_);
    return failure_.has_value();
  }
  void fail_with(const Failure& failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = failure;
  }

  SharedReading read_pair(const Capture& capture) {
    auto pair = std::make_shared<ReadPair>();
    if (capture.newest) {
      pair->newest = read_snapshot(*capture.newest, options_.policy);
      if (shelf_.keep_text && pair->newest->has_text) {
        const auto kept = shelf_.keep_text(pair->newest->record, pair->newest->content.text);
        if (!kept) fail_with(kept.error());
      }
    }
    if (capture.earlier) {
      // An earlier snapshot that cannot be read any more takes the word on drift away, not the
      // verdict.
      if (const auto earlier = shelf_.load(*capture.earlier)) {
        pair->earlier = read_snapshot(*earlier, options_.policy);
      }
    }
    return pair;
  }

  void read(std::size_t url, const Capture& capture) {
    SharedReading reading = read_pair(capture);
    std::vector<std::size_t> complete;
    {
      const std::lock_guard lock(mutex_);
      readings_[url] = std::move(reading);
      for (const std::size_t citation : plan_.urls[url].citations) {
        if (--unread_[citation] == 0) complete.push_back(citation);
      }
    }
    for (const std::size_t citation : complete)
      queue_.follow_up([this, citation] { judge_or_defer(citation); });
  }

  void judge_or_defer(std::size_t citation) {
    if (!want_alternates(citation)) judge_one(citation, {});
  }

  bool want_alternates(std::size_t citation) {
    bool wanted = false;
    const std::vector<PlannedLink>& links = plan_.links[citation];
    for (std::size_t i = 0; i < links.size(); ++i) {
      const SharedReading reading = reading_of(links[i].url);
      if (!reading->newest) continue;
      const std::string url = alternate_wanted(document_.citations[citation], *reading->newest);
      const auto key =
          url.empty() ? Result<std::string>(fail(FailureKind::empty, "")) : fetch_key(url);
      if (!key) continue;
      const std::lock_guard lock(mutex_);
      const auto [known, is_new] = alternate_index_.emplace(*key, alternate_urls_.size());
      if (is_new) alternate_urls_.push_back(*key);
      deferred_.push_back({citation, i, known->second});
      wanted = true;
    }
    return wanted;
  }

  void judge_deferred() {
    std::unordered_map<std::size_t, std::vector<SharedReading>> by_citation;
    for (const WantedAlternate& wanted : deferred_) {
      std::vector<SharedReading>& of_links = by_citation[wanted.citation];
      of_links.resize(plan_.links[wanted.citation].size());
      of_links[wanted.link] = alternates_[wanted.url];
    }
    for (auto& [citation, of_links] : by_citation) {
      queue_.put(
          [this, i = citation, alternates = std::move(of_links)] { judge_one(i, alternates); });
    }
  }

  // `alternates`: one per link, or none at all.
  void judge_one(std::size_t citation, const std::vector<SharedReading>& alternates) {
    std::vector<SharedReading> held;
    std::vector<CitedLink> links;
    const auto view = [](const std::optional<Reading>& reading) {
      return reading ? &*reading : nullptr;
    };
    for (std::size_t i = 0; i < plan_.links[citation].size(); ++i) {
      const PlannedLink& planned = plan_.links[citation][i];
      held.push_back(reading_of(planned.url));
      CitedLink link{planned.cited, view(held.back()->newest), view(held.back()->earlier), nullptr};
      if (!alternates.empty() && alternates[i]) link.alternate = view(alternates[i]->newest);
      links.push_back(std::move(link));
    }
    verdicts_[citation] =
        judge(document_.citations[citation], plan_.sources[citation], links, options_.policy);
    release(citation);
    if (options_.judged) options_.judged(++judged_);
  }

  SharedReading reading_of(std::size_t url) {
    const std::lock_guard lock(mutex_);
    return readings_[url];
  }

  // Readings are large: one that no citation waits for any more is let go.
  void release(std::size_t citation) {
    const std::lock_guard lock(mutex_);
    for (const PlannedLink& link : plan_.links[citation]) {
      if (--uses_left_[link.url] == 0) readings_[link.url].reset();
    }
  }

  const Document& document_;
  const Plan& plan_;
  const Shelf& shelf_;
  const JudgingOptions& options_;

  std::mutex mutex_;  // guards all that follows but verdicts_, whose places are written once each
  std::vector<SharedReading> readings_;
  std::vector<std::size_t> uses_left_;  // by URL: citations not judged yet
  std::vector<std::size_t> unread_;     // by citation: links not read yet
  std::vector<WantedAlternate> deferred_;
  std::vector<std::string> alternate_urls_;
  std::unordered_map<std::string, std::size_t> alternate_index_;
  std::vector<SharedReading> alternates_;
  std::optional<Failure> failure_;
  std::vector<Verdict> verdicts_;
  std::atomic<std::size_t> judged_ = 0;
  TaskQueue queue_;  // last: its threads use all of the above
};

}  // namespace

Result<std::vector<Verdict>> judge_all(const Document& document, const Plan& plan,
                                       const Supply& supply, const Shelf& shelf,
                                       const JudgingOptions& options) {
  Session session(document, plan, shelf, options);
  return session.run(supply);
}

}  // namespace loccit
