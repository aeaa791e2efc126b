// A snapshot read once: what its link is worth, its text, its language.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "base/http_message.h"
#include "base/inflate.h"
#include "base/text.h"
#include "verifier/judge.h"
#include "verifier/link_state.h"
#include "verifier/page_signs.h"
#include "verifier/source_words.h"
#include "verifier/walls.h"

namespace loccit {
namespace {

// An answer's body as the page's author wrote it: transfer and content coding undone. A body that
// breaks off keeps what came before, and `cut_off` is set.
Result<std::string> decoded_body(const Hop& hop, const ReadLimits& limits, bool& cut_off) {
  auto coded = payload(hop);
  if (!coded) return coded;
  const std::string_view coding = header_value(hop.headers, "content-encoding");
  if (coding.empty()) return coded;
  std::string so_far;
  auto body = decode_content(*coded, coding, limits, &so_far);
  if (!body && !so_far.empty()) {
    cut_off = true;
    return so_far;
  }
  return body;
}

bool is_sure(std::string_view text) { return text.size() > 200; }

// Enough of a long text to tell its languages by, from all over it: detection costs more than all
// the reading.
std::string sample_of(std::string_view text) {
  constexpr std::size_t slices = 8;
  constexpr std::size_t slice = 768;
  if (text.size() <= slices * slice) return std::string(text);
  std::string sample;
  for (std::size_t i = 0; i < slices; ++i) {
    const std::size_t at = text.size() / slices * i;
    const std::size_t begin = text.find_first_of(" \n", at);
    if (begin >= text.size()) break;
    std::size_t end = std::min(begin + slice, text.size());
    while (end < text.size() && is_continuation(text[end])) --end;
    sample.append(text.substr(begin, end - begin));
  }
  return sample;
}

// What the page's words are in; its own label counts only where there are too few of them.
std::vector<std::string> languages_of(const TextContent& content) {
  std::vector<std::string> detected = detect_languages(sample_of(content.text));
  if (!detected.empty() && (is_sure(content.text) || content.language.empty())) return detected;
  if (content.language.empty()) return {};
  return {content.language.substr(0, content.language.find_first_of("-_"))};
}

}  // namespace

Reading read_snapshot(const Snapshot& snapshot, const Policy& policy) {
  Reading reading;
  reading.record = snapshot.record;
  const Exchange& exchange = snapshot.exchange;
  reading.fetch_note = exchange.note;
  LinkJudgement judgement = judge_exchange(exchange);
  if (!exchange.hops.empty()) {
    const Hop& last = exchange.hops.back();
    reading.status = exchange.failure && !exchange.untrusted ? 0 : last.status;
    reading.final_url = last.url;
    reading.redirects = static_cast<int>(exchange.hops.size()) - 1;
    if (reading.redirects > 0)
      for (const Hop& hop : exchange.hops) reading.chain.push_back(hop.url);
    if (last.status != 0 && (!exchange.failure || exchange.untrusted)) {
      const std::string_view type = header_value(last.headers, "content-type");
      bool cut_off = false;
      const auto body = decoded_body(last, policy.limits, cut_off);
      auto content =
          body ? read_text(*body, type, policy.limits) : tl::unexpected<Failure>(body.error());
      if (content) {
        const PageFace page(*content, *body);
        judgement = judge_page(judgement, exchange, page);
        reading.has_text = true;
        reading.words_elsewhere = words_elsewhere(page);
        reading.paywall = paywall_sign(page);
        reading.content = std::move(*content);
        // Nobody asked for a part (RFC 9110 §15.3.7): the server keeps the rest to itself.
        reading.content.truncated |= cut_off || last.status == 206;
        reading.languages = languages_of(reading.content);
        if (!reading.languages.empty()) reading.language = reading.languages.front();
        reading.content.language = reading.language;
        reading.words = std::make_shared<const SourceWords>(reading.content);
        reading.text_digest = sha256(reading.words->plain().letters);
      } else {
        reading.no_text_reason = content.error().message;
      }
    }
  }
  reading.state = judgement.state;
  reading.suspicion_only = judgement.suspicion_only;
  reading.state_reason = std::move(judgement.reason);
  return reading;
}

}  // namespace loccit
