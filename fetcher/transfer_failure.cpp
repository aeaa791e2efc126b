#include "fetcher/transfer_failure.h"

#include <array>
#include <cerrno>
#include <cstdio>

namespace loccit {
namespace {

std::string seconds(std::chrono::milliseconds time) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%g s", static_cast<double>(time.count()) / 1000);
  return out.data();
}

std::string so_much(const TransferFacts& facts) {
  return facts.head_complete ? " after " + std::to_string(facts.body_bytes) + " bytes of the body"
                             : " before it had answered";
}

FetchFailure timed_out(const TransferFacts& facts) {
  const bool slow = facts.curl_words.find("too slow") != std::string::npos;
  const std::string limit = slow ? "sent fewer than " + std::to_string(facts.options->low_speed) +
                                       " bytes a second for " +
                                       std::to_string(facts.options->low_speed_time.count()) + " s"
                                 : "";
  const std::string time = " within " + seconds(facts.options->timeout);
  if (slow) return {FetchFault::timed_out, facts.host + " " + limit};
  if (facts.head_complete) {
    return {FetchFault::timed_out, facts.host + " did not finish its answer" + time + " (" +
                                       std::to_string(facts.body_bytes) +
                                       " bytes of the body came)"};
  }
  if (facts.request_sent || facts.timings.connect.count() != 0)
    return {FetchFault::timed_out, facts.host + " took the connection but did not answer" + time};
  if (facts.timings.name_lookup.count() != 0) {
    return {FetchFault::timed_out,
            facts.host + " did not take the connection (port " + facts.port + ")" + time};
  }
  return {FetchFault::timed_out, "the name " + facts.host + " could not be looked up" + time};
}

FetchFailure not_connected(const TransferFacts& facts) {
  const bool direct = facts.proxy.empty();
  const std::string peer = direct ? facts.host : "the proxy " + facts.proxy;
  const std::string port = direct ? " (port " + facts.port + ")" : "";
  switch (facts.os_error) {
    case ECONNREFUSED:
      return {FetchFault::connection_refused, peer + " refused the connection" + port};
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case EACCES:
    case EPERM:
      return {FetchFault::network_unreachable,
              "there is no way through the network to " + peer + port};
    case ECONNRESET:
      return {FetchFault::connection_reset, peer + " reset the connection" + so_much(facts)};
    case ETIMEDOUT:
      return {FetchFault::timed_out, peer + " did not take the connection" + port};
    default:
      return {FetchFault::connection_refused,
              peer + " could not be connected to" + port + ": " + facts.curl_words};
  }
}

FetchFailure broken_off(const TransferFacts& facts) {
  // CURLINFO_OS_ERRNO is set for failed connects alone; the words come from strerror().
  if (facts.curl_words.find("reset by peer") != std::string::npos ||
      facts.curl_words.find("Broken pipe") != std::string::npos) {
    return {FetchFault::connection_reset, facts.host + " reset the connection" + so_much(facts)};
  }
  if (facts.head_complete)
    return {FetchFault::truncated_body, facts.host + " broke off its answer" + so_much(facts)};
  return {FetchFault::connection_reset, facts.host + " closed the connection without an answer"};
}

FetchFailure handshake_failed(const TransferFacts& facts) {
  if (facts.findings != nullptr && !facts.findings->words.empty()) {
    return {facts.findings->fault, facts.host + " cannot be trusted: " + facts.findings->words};
  }
  if (facts.code == CURLE_PEER_FAILED_VERIFICATION) {  // the chain was good: it is curl's check of
                                                       // the name that failed
    const std::string names = facts.findings != nullptr ? facts.findings->leaf_names : "";
    return {FetchFault::tls_wrong_host,
            "the certificate is for " + names + ", not for " + facts.host};
  }
  if (facts.os_error == ECONNRESET ||
      facts.curl_words.find("SSL_ERROR_SYSCALL") != std::string::npos) {
    return {FetchFault::connection_reset, facts.host + " broke off the TLS handshake"};
  }
  return {FetchFault::tls_failed, facts.host + " " + handshake_failure_in_words(facts.curl_words)};
}

FetchFailure stopped_by_us(const TransferFacts& facts) {
  switch (facts.stop) {
    case Stop::special_address:
      return {FetchFault::special_address, facts.host + " was not fetched: " + facts.refusal};
    case Stop::too_large:
      return {FetchFault::too_large, facts.host + " sent more than the " +
                                         std::to_string(facts.options->max_bytes) +
                                         " bytes that --max-bytes allows"};
    case Stop::header_too_large:
      return {FetchFault::header_too_large,
              facts.host + " sent more than " + std::to_string(facts.options->max_headers) +
                  " header lines or " + std::to_string(facts.options->max_header_bytes / 1024) +
                  " KiB of them"};
    case Stop::disk:
      return {FetchFault::too_large,
              "the answer of " + facts.host + " could not be kept: " + facts.disk_error};
    case Stop::interrupted:
      return {FetchFault::interrupted, "the fetch of " + facts.host + " was interrupted"};
    case Stop::deadline:
    case Stop::none:
      break;
  }
  return timed_out(facts);
}

bool is_header_limit_of_curl(const TransferFacts& facts) {
  // curl 7.88 gives up on a header line past 100 KiB with "out of memory", and on 300 KiB in all
  // with a code of its own.
  return !facts.head_complete &&
         (facts.code == CURLE_OUT_OF_MEMORY ||
          facts.curl_words.find("Too large response header") != std::string::npos ||
          facts.curl_words.find("header overflow") != std::string::npos);
}

}  // namespace

std::optional<FetchFailure> failure_of(const TransferFacts& facts) {
  if (facts.stop != Stop::none && facts.stop != Stop::special_address) return stopped_by_us(facts);
  if (is_header_limit_of_curl(facts)) {
    TransferFacts limit = facts;
    limit.stop = Stop::header_too_large;
    return stopped_by_us(limit);
  }
  switch (facts.code) {
    case CURLE_OK:
      return std::nullopt;
    case CURLE_URL_MALFORMAT:
      return FetchFailure{FetchFault::bad_url, "the URL cannot be asked for: " + facts.curl_words};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_BAD_CONTENT_ENCODING:
      return FetchFailure{
          FetchFault::bad_response,
          facts.host + " answered with what is not HTTP (" + facts.curl_words + ")"};
    case CURLE_COULDNT_RESOLVE_HOST:
      return FetchFailure{FetchFault::name_not_resolved,
                          "the name " + facts.host + " is not known (DNS)"};
    case CURLE_COULDNT_RESOLVE_PROXY:
      return FetchFailure{FetchFault::name_not_resolved,
                          "the name of the proxy " + facts.proxy + " is not known (DNS)"};
    case CURLE_PROXY:
      return FetchFailure{FetchFault::connection_refused,
                          "the proxy " + facts.proxy + " did not let us through to " + facts.host};
    case CURLE_COULDNT_CONNECT:
      return facts.stop == Stop::special_address ? stopped_by_us(facts) : not_connected(facts);
    case CURLE_OPERATION_TIMEDOUT:
      return timed_out(facts);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return handshake_failed(facts);
    case CURLE_SSL_CACERT_BADFILE:
      return FetchFailure{FetchFault::tls_untrusted,
                          "the system's CA certificates cannot be read (package ca-certificates)"};
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2_STREAM:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
      return broken_off(facts);
    case CURLE_RECV_ERROR:
      // curl 7.88 says this also of a chunk size that is none.
      if (facts.curl_words.find("chunk") != std::string::npos) {
        return FetchFailure{FetchFault::bad_response, facts.host + " broke its chunked framing" +
                                                          so_much(facts) + " (" + facts.curl_words +
                                                          ")"};
      }
      return broken_off(facts);
    default:
      return FetchFailure{
          FetchFault::bad_response,
          facts.host + " could not be read: " +
              (facts.curl_words.empty() ? curl_easy_strerror(facts.code) : facts.curl_words)};
  }
}

Truncation truncation_of(const FetchFailure& failure) {
  switch (failure.fault) {
    case FetchFault::too_large:
      return Truncation::length;
    case FetchFault::timed_out:
      return Truncation::time;
    case FetchFault::connection_reset:
    case FetchFault::truncated_body:
      return Truncation::disconnect;
    default:
      return Truncation::unspecified;
  }
}

}  // namespace loccit
