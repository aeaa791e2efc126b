// libcurl's code and what we saw ourselves, turned into a fault and a sentence.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "fetcher/transfer.h"

namespace loccit {

struct TransferFacts {
  CURLcode code = CURLE_OK;
  Stop stop = Stop::none;
  std::string host;        // as cited
  std::string port;        // the scheme's where the URL names none
  std::string curl_words;  // CURLOPT_ERRORBUFFER
  long os_error = 0;
  std::string refusal;  // the address guard's words
  std::string disk_error;
  std::string proxy;  // "" where none
  const HandshakeFindings* findings = nullptr;
  Timings timings;
  bool request_sent = false;  // also over a connection that was open before
  bool head_complete = false;
  std::uint64_t body_bytes = 0;
  const FetchOptions* options = nullptr;
};

// nullopt where the transfer is good.
std::optional<FetchFailure> failure_of(const TransferFacts& facts);

// How the body that we keep was cut, given that failure.
Truncation truncation_of(const FetchFailure& failure);

}  // namespace loccit
