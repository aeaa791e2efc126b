#include "fetcher/transfer.h"

#include <algorithm>

#include <sys/socket.h>

#include "fetcher/transfer_failure.h"

namespace loccit {
namespace {

constexpr const char* browser_agent =
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
constexpr const char* accept =
    "Accept: text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.9,*/*;q=0.8";

template <class T>
void set(CURL* handle, CURLoption option, T value) {
  const CURLcode code = curl_easy_setopt(handle, option, value);
  if (code != CURLE_OK)
    throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
}

template <class T>
T info(CURL* handle, CURLINFO what) {
  T value{};
  curl_easy_getinfo(handle, what, &value);
  return value;
}

std::string text_info(CURL* handle, CURLINFO what) {
  const char* value = info<char*>(handle, what);
  return value == nullptr ? "" : value;
}

// curl itself writes "HTTP/2 200 "; archives want HTTP/1.1 syntax (evidence: readers fail on it),
// the truth is in Hop.protocol.
std::string in_http1_syntax(std::string head, std::string_view version,
                            std::string_view replacement) {
  const std::size_t line_end = head.find("\r\n");
  const std::size_t at = head.find(version);
  if (at != std::string::npos && at < line_end) head.replace(at, version.size(), replacement);
  return head;
}

// The user's password for the proxy is no evidence.
std::string without_proxy_credentials(std::string head) {
  const std::size_t at = head.find("\r\nProxy-Authorization:");
  if (at != std::string::npos) head.erase(at, head.find("\r\n", at + 2) - at);
  return head;
}

std::string without_credentials(std::string proxy) {
  const std::size_t at = proxy.rfind('@');
  if (at == std::string::npos) return proxy;
  const std::size_t slashes = proxy.find("//");
  const std::size_t from = slashes == std::string::npos ? 0 : slashes + 2;
  return proxy.erase(from, at + 1 - from);
}

std::string_view default_port(const Url& url) { return url.scheme == "https" ? "443" : "80"; }

bool is_start_of_head(std::string_view line) { return line.substr(0, 5) == "HTTP/"; }

}  // namespace

std::optional<std::string> refusal_through_proxy(const TransferSettings& settings, const Url& url) {
  if (!settings.options.use_proxies || proxy_for(url, settings.proxies).empty())
    return std::nullopt;
  const bool here = url.host == "localhost" || url.host.ends_with(".localhost");
  const auto address = ip_address_from(here ? std::string_view("127.0.0.1") : url.host);
  return address ? settings.guard.refusal(*address) : std::nullopt;
}

Transfer::Transfer(const TransferSettings& settings)
    : settings_(settings), handle_(curl_easy_init()) {
  if (!handle_) throw std::bad_alloc();
  CURL* h = handle_.get();
  const FetchOptions& options = settings.options;
  set(h, CURLOPT_PROTOCOLS_STR, "http,https");
  set(h, CURLOPT_FOLLOWLOCATION, 0L);
  set(h, CURLOPT_NOSIGNAL, 1L);
  set(h, CURLOPT_PATH_AS_IS, 1L);
  // HTTP/2 where TLS offers it; a connection that stands is shared. Not CURLOPT_PIPEWAIT: curl 7.88
  // forgets to wake some of those that wait for a connection to become one, and they time out.
  set(h, CURLOPT_HTTP_VERSION,
      static_cast<long>(options.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  set(h, CURLOPT_BUFFERSIZE, 64L << 10U);
  // The body as on the wire: chunk framing and content coding stay on.
  set(h, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
  set(h, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(h, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // The whole is timed by the run, which can stop its clock while a sink works; this one shares the
  // time out among addresses.
  set(h, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.timeout.count()));
  set(h, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options.low_speed));
  set(h, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.low_speed_time.count()));
  set(h, CURLOPT_CAPATH,
      static_cast<char*>(nullptr));  // else curl parses all roots anew for each connection
  set(h, CURLOPT_CONNECT_TO, settings.connect_to.get());
  set(h, CURLOPT_ERRORBUFFER, error_buffer_.data());
  set(h, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(h, CURLOPT_HEADERDATA, this);
  set(h, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(h, CURLOPT_WRITEDATA, this);
  set(h, CURLOPT_VERBOSE, 1L);  // else no debug calls
  set(h, CURLOPT_DEBUGFUNCTION, &Transfer::on_debug);
  set(h, CURLOPT_DEBUGDATA, this);
  set(h, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  set(h, CURLOPT_OPENSOCKETDATA, this);
  set(h, CURLOPT_SSL_CTX_FUNCTION, &Transfer::on_tls_context);
  set(h, CURLOPT_SSL_CTX_DATA, this);
  set(h, CURLOPT_COOKIEFILE, "");  // the cookie engine on, empty, nothing kept
}

void Transfer::set_headers(const TransferRequest& request) {
  const FetchOptions& options = settings_.options;
  const bool browser = request.guise == Guise::browser;
  const std::string contact = options.contact.empty() ? "" : " (+" + options.contact + ")";
  headers_.reset();
  append(headers_, "User-Agent: " + (browser ? browser_agent : options.user_agent + contact));
  append(headers_, accept);
  append(headers_, "Accept-Language: " + options.accept_language);
  append(headers_, "Accept-Encoding: gzip, deflate, br, zstd");
  if (browser) {
    append(headers_, "Upgrade-Insecure-Requests: 1");
    append(headers_, "Sec-Fetch-Dest: document");
    append(headers_, "Sec-Fetch-Mode: navigate");
    append(headers_, "Sec-Fetch-Site: none");
  }
  for (const std::string& condition : request.conditions) append(headers_, condition);
  set(handle_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::prepare(const TransferRequest& request) {
  CURL* h = handle_.get();
  url_ = request.url;
  max_bytes_ = request.max_bytes;
  hop_ = Hop{};
  hop_.url = without_user_info(url_);
  hop_.started_at = settings_.clock();
  header_bytes_ = header_lines_ = 0;
  head_complete_ = body_begun_ = false;
  stop_ = Stop::none;
  refusal_.clear();
  disk_error_.clear();
  error_buffer_[0] = '\0';
  findings_ = std::make_shared<HandshakeFindings>();
  findings_->insist = request.trust == Trust::verify;

  set(h, CURLOPT_URL, hop_.url.c_str());
  set_headers(request);
  const std::size_t colon = url_.user_info.find(':');
  const bool named = !url_.user_info.empty();
  set(h, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
  set(h, CURLOPT_USERNAME, static_cast<char*>(nullptr));
  set(h, CURLOPT_PASSWORD, static_cast<char*>(nullptr));
  if (named) {
    set(h, CURLOPT_USERNAME, percent_decoded(url_.user_info.substr(0, colon)).c_str());
    set(h, CURLOPT_PASSWORD,
        colon == std::string::npos ? ""
                                   : percent_decoded(url_.user_info.substr(colon + 1)).c_str());
  }
  const std::string proxy = settings_.options.use_proxies ? proxy_for(url_, settings_.proxies) : "";
  through_proxy_ = !proxy.empty();
  set(h, CURLOPT_PROXY, proxy.c_str());  // "" means none, whatever the environment says
  set(h, CURLOPT_NOPROXY, "");

  const bool verify = request.trust == Trust::verify;
  set(h, CURLOPT_SSL_VERIFYPEER, verify ? 1L : 0L);
  set(h, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
  // Without trust there is nothing to protect: the page is read from however old a server.
  set(h, CURLOPT_SSLVERSION,
      static_cast<long>(verify ? CURL_SSLVERSION_TLSv1_2 : CURL_SSLVERSION_TLSv1));
  set(h, CURLOPT_SSL_CIPHER_LIST,
      verify ? static_cast<const char*>(nullptr) : "DEFAULT:@SECLEVEL=0");
  set(h, CURLOPT_COOKIELIST, "ALL");
  for (const std::string& cookie : request.cookies) set(h, CURLOPT_COOKIELIST, cookie.c_str());
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype /*purpose*/,
                                       curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto ip = ip_address_from(address->addr);
  if (!ip) return CURL_SOCKET_BAD;
  transfer.hop_.resolved_addresses.push_back(to_string(*ip));
  if (!transfer.through_proxy_) {  // the proxy's own address is the user's choice
    if (auto why = transfer.settings_.guard.refusal(*ip)) {
      transfer.refusal_ = *std::move(why);
      transfer.stop_ = Stop::special_address;
      return CURL_SOCKET_BAD;
    }
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

CURLcode Transfer::on_tls_context(CURL* /*handle*/, void* ssl_context, void* self) {
  const auto& transfer = *static_cast<Transfer*>(self);
  watch_handshake(ssl_context, transfer.settings_.roots, transfer.findings_);
  return CURLE_OK;
}

int Transfer::on_debug(CURL* /*handle*/, curl_infotype type, char* data, std::size_t size,
                       void* self) {
  if (type != CURLINFO_HEADER_OUT) return 0;
  auto& head = static_cast<Transfer*>(self)->hop_.request_head;
  const std::string_view bytes(data, size);
  // A CONNECT to a proxy comes before, and a request on a connection that had gone stale is sent
  // again.
  if (bytes.substr(0, 4) == "GET " || bytes.substr(0, 8) == "CONNECT ") head.clear();
  head += bytes;
  return 0;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_header({data, size * count}) ? size * count : 0;
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  ++header_lines_;
  if (header_bytes_ > settings_.options.max_header_bytes ||
      header_lines_ > settings_.options.max_headers) {
    stop_ = Stop::header_too_large;
    return false;
  }
  if (is_start_of_head(line) && !body_begun_) {  // a final answer after a 1xx
    hop_.response_head.clear();
    head_complete_ = false;
    if (url_.scheme == "https") note_tls_session();
  }
  if (head_complete_) return true;  // trailers: after the body, and not of its head
  hop_.response_head += line;
  head_complete_ = line == "\r\n" || line == "\n";
  return true;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_body({data, size * count}) ? size * count : 0;
}

bool Transfer::take_body(std::string_view bytes) {
  body_begun_ = true;
  const std::uint64_t room = max_bytes_ - hop_.body.size();
  const bool fits = bytes.size() <= room;
  if (auto kept = hop_.body.append(
          bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size()))));
      !kept) {
    stop_ = Stop::disk;
    disk_error_ = kept.error().message;
    return false;
  }
  if (!fits) stop_ = Stop::too_large;
  return fits;
}

void Transfer::note_tls_session() {
  auto* backend = info<curl_tlssessioninfo*>(handle_.get(), CURLINFO_TLS_SSL_PTR);
  if (backend == nullptr || backend->backend != CURLSSLBACKEND_OPENSSL ||
      backend->internals == nullptr)
    return;
  hop_.tls = tls_session_of(backend->internals);
  hop_.tls->verified = findings_->insist;
  hop_.tls->verify_error = findings_->words;
}

void Transfer::fill_in_hop() {
  CURL* h = handle_.get();
  const auto version = info<long>(h, CURLINFO_HTTP_VERSION);
  if (version == CURL_HTTP_VERSION_2_0) {
    hop_.protocol = "h2";
    hop_.request_head = in_http1_syntax(std::move(hop_.request_head), " HTTP/2", " HTTP/1.1");
    hop_.response_head = in_http1_syntax(std::move(hop_.response_head), "HTTP/2", "HTTP/1.1");
  } else if (version != CURL_HTTP_VERSION_NONE) {
    hop_.protocol = version == CURL_HTTP_VERSION_1_0 ? "http/1.0" : "http/1.1";
  }
  hop_.request_head = without_proxy_credentials(std::move(hop_.request_head));
  if (head_complete_) {
    if (auto head = parse_response_head(hop_.response_head)) {
      hop_.status = head->status;
      hop_.headers = std::move(head->headers);
    }
  }
  hop_.remote_address = text_info(h, CURLINFO_PRIMARY_IP);
  hop_.remote_port = static_cast<int>(info<long>(h, CURLINFO_PRIMARY_PORT));
  if (hop_.resolved_addresses.empty() && !hop_.remote_address.empty())
    hop_.resolved_addresses.push_back(hop_.remote_address);
  const auto micros = [&](CURLINFO what) {
    return std::chrono::microseconds(info<curl_off_t>(h, what));
  };
  hop_.timings = {micros(CURLINFO_NAMELOOKUP_TIME_T), micros(CURLINFO_CONNECT_TIME_T),
                  micros(CURLINFO_APPCONNECT_TIME_T), micros(CURLINFO_STARTTRANSFER_TIME_T),
                  micros(CURLINFO_TOTAL_TIME_T)};
  if (!hop_.tls && !findings_->chain_pem.empty()) {  // the handshake got as far as the certificate
    hop_.tls.emplace();
    hop_.tls->verify_error = findings_->words;
    hop_.tls->chain_pem = findings_->chain_pem;
  }
}

TransferOutcome Transfer::finish(CURLcode code, Stop stop) {
  if (stop != Stop::none) stop_ = stop;
  fill_in_hop();
  TransferFacts facts;
  facts.code = code;
  facts.stop = stop_;
  facts.host = url_.host;
  facts.port = url_.port.empty() ? default_port(url_) : url_.port;
  facts.curl_words = error_buffer_.data();
  facts.os_error = info<long>(handle_.get(), CURLINFO_OS_ERRNO);
  facts.refusal = refusal_;
  facts.disk_error = disk_error_;
  facts.proxy = through_proxy_ ? without_credentials(proxy_for(url_, settings_.proxies)) : "";
  facts.findings = findings_.get();
  facts.timings = hop_.timings;
  facts.request_sent = !hop_.request_head.empty();
  facts.head_complete = head_complete_;
  facts.body_bytes = hop_.body.size();
  facts.options = &settings_.options;
  TransferOutcome outcome;
  outcome.failure = failure_of(facts);
  if (outcome.failure && head_complete_) hop_.truncation = truncation_of(*outcome.failure);
  if (!outcome.failure && hop_.status == 0) {
    outcome.failure =
        FetchFailure{FetchFault::bad_response, url_.host + " answered with what is not HTTP"};
  }
  outcome.hop = std::move(hop_);
  hop_ = Hop{};
  return outcome;
}

std::vector<std::string> Transfer::take_cookies() {
  const StringList list(info<curl_slist*>(handle_.get(), CURLINFO_COOKIELIST));
  std::vector<std::string> cookies;
  for (const curl_slist* entry = list.get(); entry != nullptr; entry = entry->next)
    cookies.emplace_back(entry->data);
  set(handle_.get(), CURLOPT_COOKIELIST, "ALL");
  return cookies;
}

}  // namespace loccit
