// Snapshots made by hand, and what the judge reads of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "verifier/judge.h"

namespace loccit::testing {

// One answer: 200 with a page, unless said otherwise.
struct Answer {
  std::string body;
  std::string url = "https://a.example/page";
  int status = 200;
  std::string media_type = "text/html; charset=utf-8";
  Headers headers = {};
};

inline std::string html(const std::string& words, const std::string& language = "en",
                        const std::string& head = "") {
  return "<!DOCTYPE html><html lang=\"" + language + "\"><head><title>A page</title>" + head +
         "</head><body><main><p>" + words + "</p></main></body></html>";
}

inline Hop hop_of(const Answer& answer) {
  Hop hop;
  hop.url = answer.url;
  hop.status = answer.status;
  hop.headers = answer.headers;
  hop.headers.push_back({"Content-Type", answer.media_type});
  hop.response_head = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\n";
  for (const auto& [name, value] : hop.headers) hop.response_head += name + ": " + value + "\r\n";
  hop.response_head += "\r\n";
  hop.body = Spool::of(answer.body);
  return hop;
}

inline Exchange exchange_of(const std::vector<Answer>& answers) {
  Exchange exchange;
  exchange.requested_url = answers.front().url;
  for (const Answer& answer : answers) exchange.hops.push_back(hop_of(answer));
  return exchange;
}

inline Exchange failed(FetchFault fault, const std::string& message = "it failed") {
  Exchange exchange;
  exchange.requested_url = "https://a.example/page";
  exchange.hops.push_back({.url = exchange.requested_url});
  exchange.failure = FetchFailure{fault, message};
  return exchange;
}

inline Reading read_exchange(Exchange exchange) {
  Snapshot snapshot;
  snapshot.record.id = "urn:uuid:1";
  snapshot.exchange = std::move(exchange);
  return read_snapshot(snapshot, {});
}

inline Reading read_page(const std::string& words, const std::string& language = "en",
                         const std::string& head = "") {
  return read_exchange(exchange_of({{.body = html(words, language, head)}}));
}

// The state with its reason.
inline std::string shown(const Reading& reading) {
  return std::string(name(reading.state)) + " (" + reading.state_reason + ")";
}

// An article of so many.
inline std::string paragraphs(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += "<p>The council met on day " + std::to_string(i) +
            " and heard the keeper of the lamps, who told it what had become of the road, of the "
            "boats and of the people who live by them; nothing was decided before noon.</p>";
  return text;
}

}  // namespace loccit::testing
