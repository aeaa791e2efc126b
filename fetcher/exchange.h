// One URL fetched: every hop's request and response as sent on the wire, or the failure in words.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/http_message.h"
#include "base/spool.h"
#include "base/timestamp.h"

namespace loccit {

struct TlsSession {
  std::string version;                 // "TLSv1.3"
  std::string cipher;                  // IANA name
  bool verified = false;               // chain, name and dates all good
  std::string verify_error;            // in words where not
  std::vector<std::string> chain_pem;  // leaf first, as the server sent it
};

struct Timings {  // since the hop began; 0 where it did not get there
  std::chrono::microseconds name_lookup{0}, connect{0}, tls{0}, first_byte{0}, total{0};
};

enum class Truncation { none, length, time, disconnect, unspecified };  // WARC 1.1 §5.13

struct Hop {
  std::string url;       // what was asked for here: no user information, no fragment
  std::string fragment;  // that the redirect to here gave; empty: the one of the requested URL, if
                         // any, holds on
  std::string request_head;   // request line and headers as sent, blank line included
  std::string response_head;  // status line and headers as received (HTTP/1.1 syntax also for h2),
                              // blank line included
  int status = 0;
  Headers headers;
  Spool body{};  // as received: transfer coding and content coding still on
  Truncation truncation = Truncation::none;
  std::string protocol;  // "http/1.1", "h2", …: WARC-Protocol values
  std::string remote_address;
  int remote_port = 0;
  std::vector<std::string> resolved_addresses;
  std::optional<TlsSession> tls;
  Timestamp started_at;
  Timings timings;
};

enum class FetchFault {
  bad_url,
  bad_scheme,
  special_address,  // refused by the address guard
  too_large,
  header_too_large,
  too_many_redirects,
  name_not_resolved,
  connection_refused,
  connection_reset,
  network_unreachable,
  timed_out,
  truncated_body,
  bad_response,  // not HTTP, or a broken framing or coding
  tls_expired,
  tls_untrusted,
  tls_wrong_host,
  tls_failed,
  tls_revoked,
  robots_refused,
  rate_limited,  // the host asked not to be asked again for longer than this run lasts
  offline,
  interrupted,
};

struct FetchFailure {
  FetchFault fault = FetchFault::bad_response;
  std::string message;  // a sentence for the reader: host, what happened, after how many tries
};

struct Exchange {
  std::string requested_url;
  std::vector<Hop>
      hops;  // in order; the last one answers, or is where it failed (it may lack a response)
  std::optional<FetchFailure> failure;  // set: no usable final answer
  Timestamp started_at;
  int tries = 1;
  bool untrusted = false;  // fetched without trust after a TLS failure; never counts as ok
  std::string note;  // what the report should say besides: "robots.txt ignored", "retried with
                     // browser headers"
};

const char* name(FetchFault fault);  // stable, for the archive's metadata records
std::optional<FetchFault> fetch_fault_from(std::string_view name);

// The last transfer coding is "chunked", as the head says; HTTP/2 has none (RFC 9113 §8.2.2).
bool is_chunked(const Hop& hop);

// The final hop's entity: transfer coding removed, content coding kept (what payload digests are
// made of).
Result<std::string> payload(const Hop& hop);

}  // namespace loccit
