#include "manifests/timestamp_client.h"

#include <memory>
#include <stdexcept>

#include <curl/curl.h>

namespace loccit {
namespace {

constexpr std::size_t max_response = 1U << 20U;  // a token with its chain has a few kilobytes

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t take(char* data, std::size_t /*one*/, std::size_t size, void* target) {
  auto& out = *static_cast<std::string*>(target);
  if (out.size() + size > max_response) return 0;
  out.append(data, size);
  return size;
}

Result<std::string> post(const std::string& url, Bytes query, std::chrono::seconds timeout) {
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy) throw std::runtime_error("libcurl cannot start");
  const std::unique_ptr<curl_slist, FreeList> type(
      curl_slist_append(nullptr, "Content-Type: application/timestamp-query"));
  curl_slist_append(type.get(), "Accept: application/timestamp-reply");
  std::string response;
  char words[CURL_ERROR_SIZE] = "";
  CURL* c = easy.get();
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, type.get());
  curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, static_cast<long>(query.size()));
  curl_easy_setopt(c, CURLOPT_POSTFIELDS, query.data());
  curl_easy_setopt(c, CURLOPT_USERAGENT, "loccit/" LOCCIT_VERSION);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, static_cast<long>(timeout.count()));
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &response);
  const CURLcode code = curl_easy_perform(c);
  if (code != CURLE_OK) {
    const std::string why = words[0] != '\0' ? words : curl_easy_strerror(code);
    return fail(code == CURLE_OPERATION_TIMEDOUT ? FailureKind::timed_out : FailureKind::io, why);
  }
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200)
    return fail(FailureKind::refused, "answered with HTTP status " + std::to_string(status));
  return response;
}

}  // namespace

Result<TimestampAnswer> ask_for_timestamp(Bytes message, std::span<const std::string> urls,
                                          std::chrono::seconds timeout) {
  std::string told;
  for (const std::string& url : urls) {
    const TimestampRequest request = make_timestamp_request(message);
    auto accepted = post(url, request.der, timeout).and_then([&](const std::string& response) {
      return accept_timestamp(request, message, response);
    });
    if (accepted) return TimestampAnswer{std::move(*accepted), url};
    told += (told.empty() ? "" : "; ") + url + ": " + accepted.error().message;
  }
  return fail(FailureKind::io, "no timestamp authority gave a timestamp (" + told + ")");
}

}  // namespace loccit
