#include "checks/judging.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "base/url.h"
#include "checks/task_queue.h"
#include "verifier/sibling.h"

namespace loccit {
namespace {

struct ReadPair {
  std::optional<Reading> newest;
  std::optional<Reading> earlier;
  bool unchanged = false;  // the earlier page was the newest one, byte for byte
};
using SharedReading = std::shared_ptr<const ReadPair>;

bool is_same_answer(const SnapshotRecord& a, const SnapshotRecord& b) {
  return !a.sha256.empty() && a.sha256 == b.sha256 && a.status == b.status &&
         a.media_type == b.media_type && a.final_url == b.final_url;
}

// What a URL was read from: enough to read it once more.
struct Places {
  std::optional<SnapshotRecord> newest, earlier;
};

// A link on which the first verdict is not the last word.
struct OpenQuestion {
  std::size_t citation = 0;
  std::size_t link = 0;
  std::optional<std::size_t> alternate, sibling;  // in Session::more_urls_
  PageShape shape;
  std::size_t url = 0;
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
        places_(plan.urls.size()),
        targets_(plan.urls.size()),
        uses_left_(plan.urls.size()),
        unread_(document.citations.size()),
        verdicts_(document.citations.size()),
        queue_(threads(options), options.queue_length) {
    for (std::size_t i = 0; i < plan.urls.size(); ++i)
      uses_left_[i] = plan.urls[i].citations.size();
    for (std::size_t i = 0; i < plan.links.size(); ++i) {
      unread_[i] = plan.links[i].size();
      if (unread_[i] == 0) queue_.put([this, i] { judge_first(i); });
    }
  }

  Result<std::vector<Verdict>> run(const Supply& supply) {
    std::vector<std::string> urls;
    for (const PlannedUrl& url : plan_.urls) urls.push_back(url.url);
    const auto first =
        round(supply, urls, [this](std::size_t i, const Capture& capture) { read(i, capture); });
    if (!first) return tl::unexpected(first.error());

    more_.resize(more_urls_.size());
    const auto second = round(supply, more_urls_, [this](std::size_t i, const Capture& capture) {
      SharedReading reading = read_pair(capture);
      const std::lock_guard lock(mutex_);
      more_[i] = std::move(reading);
    });
    if (!second) return tl::unexpected(second.error());

    const auto last = judge_open_questions();
    if (!last) return tl::unexpected(last.error());
    return std::move(verdicts_);
  }

 private:
  static unsigned threads(const JudgingOptions& options) {
    return options.threads != 0 ? options.threads
                                : std::max(1U, std::thread::hardware_concurrency());
  }

  Result<void> round(const Supply& supply, std::span<const std::string> urls,
                     const std::function<void(std::size_t, const Capture&)>& read_capture) {
    if (!urls.empty()) {
      const auto brought = supply(urls, [&](std::size_t i, BringCapture bring) {
        queue_.put([this, &read_capture, i, bring = std::move(bring)] {
          const auto capture = bring();
          if (!capture) return fail_with(capture.error());
          read_capture(i, *capture);
        });
        return !failed();
      });
      queue_.wait_until_idle();
      if (!brought) return brought;
    }
    return outcome();
  }

  Result<void> outcome() {
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
    pair->unchanged =
        capture.earlier && pair->newest && is_same_answer(pair->newest->record, *capture.earlier);
    if (capture.earlier && !pair->unchanged) {
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
      if (reading->newest) {
        places_[url] = {reading->newest->record, capture.earlier};
        if (reading->newest->redirects > 0) targets_[url] = reading->newest->final_url;
      }
      readings_[url] = std::move(reading);
      for (const std::size_t citation : plan_.urls[url].citations) {
        if (--unread_[citation] == 0) complete.push_back(citation);
      }
    }
    for (const std::size_t citation : complete)
      queue_.follow_up([this, citation] { judge_first(citation); });
  }

  void judge_first(std::size_t citation) {
    std::vector<SharedReading> held;
    std::vector<CitedLink> links;
    for (const PlannedLink& planned : plan_.links[citation]) {
      held.push_back(reading_of(planned.url));
      links.push_back(cited_link(planned, *held.back()));
    }
    verdicts_[citation] = judged(citation, links);
    for (std::size_t i = 0; i < links.size(); ++i) leave_open(citation, i, links[i]);
    release(citation);
    if (options_.judged) options_.judged(++judged_);
  }

  CitedLink cited_link(const PlannedLink& planned, const ReadPair& pair) const {
    const auto view = [](const std::optional<Reading>& reading) {
      return reading ? &*reading : nullptr;
    };
    CitedLink link;
    link.url = planned.cited;
    link.reading = view(pair.newest);
    link.earlier = view(pair.unchanged ? pair.newest : pair.earlier);
    link.not_asked = plan_.urls[planned.url].skipped;
    return link;
  }

  Verdict judged(std::size_t citation, std::span<const CitedLink> links) const {
    return judge(document_.citations[citation], plan_.sources[citation], links, options_.policy);
  }

  void leave_open(std::size_t citation, std::size_t link, const CitedLink& cited) {
    if (cited.reading == nullptr) return;
    const Verdict& verdict = verdicts_[citation];
    if (verdict.quote.state == QuoteState::verbatim) return;
    const Citation& words = document_.citations[citation];
    OpenQuestion question{citation, link, {}, {}, {}, plan_.links[citation][link].url};
    const std::string alternate = alternate_wanted(words, *cited.reading);
    const auto key = alternate.empty() ? Result<std::string>(fail(FailureKind::empty, ""))
                                       : fetch_key(alternate);
    const bool doubtful = sibling_wanted(words, verdict.quote, verdict.links[link], *cited.reading);
    const std::string& sibling = plan_.urls[question.url].sibling;
    if (!key && !doubtful) return;
    if (doubtful) question.shape = shape_of(*cited.reading);
    const std::lock_guard lock(mutex_);
    if (key) question.alternate = more_url(*key);
    if (doubtful && !sibling.empty()) question.sibling = more_url(sibling);
    open_.push_back(question);
  }

  // Under the lock.
  std::size_t more_url(const std::string& url) {
    const auto [known, is_new] = more_index_.emplace(url, more_urls_.size());
    if (is_new) more_urls_.push_back(url);
    return known->second;
  }

  const Reading* more_reading(const std::optional<std::size_t>& url) const {
    return url && more_[*url] && more_[*url]->newest ? &*more_[*url]->newest : nullptr;
  }

  // Most questions are settled by the answer alone; only for the others are pages read once more.
  Result<void> judge_open_questions() {
    std::map<std::string, std::set<std::string>> paths_to;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      const auto asked = parse_url(plan_.urls[i].url);
      if (asked && !targets_[i].empty())
        paths_to[asked->host + " " + targets_[i]].insert(asked->path);
    }
    std::map<std::size_t, std::vector<OpenQuestion>> by_citation;
    for (const OpenQuestion& question : open_) {
      const Reading* sibling = more_reading(question.sibling);
      const auto asked = parse_url(plan_.urls[question.url].url);
      const auto fellows = paths_to.find((asked ? asked->host : "") + " " + targets_[question.url]);
      same_targets_[question.url] = fellows == paths_to.end() ? 1 : fellows->second.size();
      if (more_reading(question.alternate) != nullptr || same_targets_[question.url] > 1 ||
          (sibling != nullptr && may_be_same(question.shape, shape_of(*sibling))))
        by_citation[question.citation].push_back(question);
    }
    for (auto& [citation, questions] : by_citation) {
      queue_.put([this, i = citation, asked = std::move(questions)] { judge_again(i, asked); });
    }
    return outcome();
  }

  void judge_again(std::size_t citation, const std::vector<OpenQuestion>& questions) {
    std::vector<SharedReading> held;
    std::vector<CitedLink> links;
    for (const PlannedLink& planned : plan_.links[citation]) {
      Capture capture;
      const Places& places = places_[planned.url];
      if (places.newest) {
        auto newest = shelf_.load(*places.newest);
        if (!newest) return fail_with(newest.error());
        capture = {std::move(*newest), places.earlier};
      }
      held.push_back(read_pair(capture));
      links.push_back(cited_link(planned, *held.back()));
    }
    for (const OpenQuestion& question : questions) {
      CitedLink& link = links[question.link];
      link.alternate = more_reading(question.alternate);
      link.sibling = more_reading(question.sibling);
      link.same_target = same_targets_.at(question.url);
    }
    verdicts_[citation] = judged(citation, links);
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
  std::vector<Places> places_;          // by URL
  std::vector<std::string> targets_;    // by URL: where it redirects to, "" where it does not
  std::vector<std::size_t> uses_left_;  // by URL: citations not judged yet
  std::vector<std::size_t> unread_;     // by citation: links not read yet
  std::vector<OpenQuestion> open_;
  std::vector<std::string> more_urls_;  // to be asked for in the second round
  std::unordered_map<std::string, std::size_t> more_index_;
  std::vector<SharedReading> more_;
  std::map<std::size_t, std::size_t> same_targets_;  // by URL; filled before it is read
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
