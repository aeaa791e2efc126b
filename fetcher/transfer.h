// One request and its answer over libcurl: bytes as on the wire, limits kept, every connection
// asked of the guard.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "base/url.h"
#include "fetcher/address_guard.h"
#include "fetcher/curl_handles.h"
#include "fetcher/exchange.h"
#include "fetcher/fetcher.h"
#include "fetcher/proxies.h"
#include "fetcher/tls_inspection.h"

namespace loccit {

// What all transfers of one Fetcher share; outlives them.
struct TransferSettings {
  FetchOptions options;
  AddressGuard guard;
  ExtraRoots roots;
  StringList connect_to;
  Proxies proxies;
  Clock clock;
};

// A proxy makes the connection itself, where the guard cannot see it. An address that the URL
// spells out, or "localhost", is refused all the same.
std::optional<std::string> refusal_through_proxy(const TransferSettings& settings, const Url& url);

enum class Trust { verify, none };
enum class Guise { ourselves, browser };

struct TransferRequest {
  Url url;
  std::vector<std::string> conditions;  // "If-None-Match: …" header lines
  std::vector<std::string> cookies;     // of this chain so far, as take_cookies() gave them
  std::uint64_t max_bytes = 0;
  Trust trust = Trust::verify;
  Guise guise = Guise::ourselves;
};

struct TransferOutcome {
  Hop hop;
  std::optional<FetchFailure> failure;
};

// Why a transfer was ended from our side; curl's code says only that it was.
enum class Stop { none, special_address, too_large, header_too_large, disk, deadline, interrupted };

class Transfer {
 public:
  explicit Transfer(const TransferSettings& settings);  // which must outlive it
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Sets the handle up for one hop; it then goes into an event loop.
  void prepare(const TransferRequest& request);
  CURL* handle() const { return handle_.get(); }

  // Once curl is done with it, or, with `stop`, once it was taken out of the loop in mid-transfer.
  TransferOutcome finish(CURLcode code, Stop stop = Stop::none);

  // What the answer set and what was there before; the handle forgets them.
  std::vector<std::string> take_cookies();

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_debug(CURL* handle, curl_infotype type, char* data, std::size_t size, void* self);
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static CURLcode on_tls_context(CURL* handle, void* ssl_context, void* self);

  void set_headers(const TransferRequest& request);
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  void note_tls_session();
  void fill_in_hop();

  const TransferSettings& settings_;
  EasyHandle handle_;
  StringList headers_;
  Url url_;
  std::uint64_t max_bytes_ = 0;
  bool through_proxy_ = false;

  // of the hop under way
  Hop hop_;
  std::size_t header_bytes_ = 0;
  std::size_t header_lines_ = 0;
  bool head_complete_ = false;
  bool body_begun_ = false;
  Stop stop_ = Stop::none;
  std::string refusal_;  // the guard's words
  std::string disk_error_;
  std::shared_ptr<HandshakeFindings> findings_;
  std::array<char, CURL_ERROR_SIZE> error_buffer_{};
};

}  // namespace loccit
