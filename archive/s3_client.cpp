#include "archive/s3_client.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <thread>

#include <openssl/evp.h>

#include "archive/s3_xml.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/openssl_handles.h"
#include "base/percent_encoding.h"
#include "base/url.h"
#include "fetcher/curl_handles.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_answer_bytes = 64U << 20U;
constexpr auto skew_borne = std::chrono::minutes(4);  // stores refuse from 5 or 15 on
constexpr long connect_seconds = 15;
constexpr long stalled_seconds = 60;  // without a kilobyte a second

// S3's ETags of whole parts are MD5: a check of what arrived, not a proof of anything.
class Md5 {
 public:
  Md5() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context_.get(), EVP_md5(), nullptr); }
  void update(Bytes bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string hex() {
    std::array<char, 16> out{};
    EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(out.data()), nullptr);
    return to_hex(Bytes(out.data(), out.size()));
  }

 private:
  DigestContext context_;
};

struct Upload {
  std::string_view bytes;
  std::ifstream file;
  std::uint64_t begin = 0, left = 0, size = 0;

  std::size_t give(char* out, std::size_t room) {
    room = static_cast<std::size_t>(std::min<std::uint64_t>(room, left));
    if (file.is_open()) {
      file.read(out, static_cast<std::streamsize>(room));
      if (static_cast<std::size_t>(file.gcount()) != room) return CURL_READFUNC_ABORT;
    } else {
      bytes.copy(out, room, static_cast<std::size_t>(size - left));
    }
    left -= room;
    return room;
  }
};

std::size_t give(char* out, std::size_t size, std::size_t count, void* upload) {
  return static_cast<Upload*>(upload)->give(out, size * count);
}

int go_back(void* from, curl_off_t offset, int origin) {
  auto& upload = *static_cast<Upload*>(from);
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_CANTSEEK;
  upload.left = upload.size - static_cast<std::uint64_t>(offset);
  if (upload.file.is_open()) {
    upload.file.clear();
    upload.file.seekg(static_cast<std::streamoff>(upload.begin) + offset);
  }
  return CURL_SEEKFUNC_OK;
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > most_answer_bytes) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* into) {
  const std::string_view line(bytes, size * count);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size * count;
  std::string_view value = line.substr(colon + 1);
  const std::size_t first = value.find_first_not_of(" \t\r\n");
  const std::size_t last = value.find_last_not_of(" \t\r\n");
  value = first == std::string_view::npos ? "" : value.substr(first, last - first + 1);
  static_cast<Headers*>(into)->push_back({std::string(line.substr(0, colon)), std::string(value)});
  return size * count;
}

bool may_pass(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

std::string unquoted(std::string_view etag) {
  if (etag.size() >= 2 && etag.front() == '"') etag = etag.substr(1, etag.size() - 2);
  return std::string(etag);
}

}  // namespace

S3Client::S3Client(std::string bucket, S3Settings settings, Clock clock)
    : bucket_(std::move(bucket)), settings_(std::move(settings)), clock_(std::move(clock)) {
  if (settings_.endpoint.empty())
    settings_.endpoint = "https://s3." + settings_.region + ".amazonaws.com";
}

S3Client::Body S3Client::whole(std::string_view bytes) {
  Md5 md5;
  md5.update(bytes);
  return {bytes, nullptr, 0, bytes.size(), to_hex(sha256(bytes)), md5.hex()};
}

Result<S3Client::Body> S3Client::stretch(const fs::path& file, std::uint64_t offset,
                                         std::uint64_t size) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return tl::unexpected(io_failure(errno, file.string()));
  in.seekg(static_cast<std::streamoff>(offset));
  Sha256Stream sha;
  Md5 md5;
  std::string buffer(1U << 20U, '\0');
  for (std::uint64_t left = size; left > 0;) {
    const auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left));
    if (!in.read(buffer.data(), static_cast<std::streamsize>(piece)))
      return fail(FailureKind::io, file.string() + ": became shorter while it was read");
    sha.update(Bytes(buffer).substr(0, piece));
    md5.update(Bytes(buffer).substr(0, piece));
    left -= piece;
  }
  return Body{{}, &file, offset, size, to_hex(sha.finish()), md5.hex()};
}

Result<S3Client::Answer> S3Client::once(const Call& call) {
  const auto endpoint = parse_url(settings_.endpoint);
  if (!endpoint) return tl::unexpected(endpoint.error());
  const std::string port = endpoint->port.empty() ? "" : ":" + endpoint->port;
  AwsRequest request;
  request.method = call.method;
  request.host = (settings_.path_style ? "" : bucket_ + ".") + endpoint->host + port;
  request.path =
      (settings_.path_style ? "/" + percent_encoded(bucket_) : "") +
      (call.key.empty() ? (settings_.path_style ? "" : "/") : "/" + percent_encoded(call.key, "/"));
  request.query = call.query;
  request.headers = call.headers;
  request.payload_sha256 = call.body.sha256.empty() ? to_hex(sha256(Bytes())) : call.body.sha256;
  const Headers signature =
      sign_aws(request, settings_.credentials, settings_.region, clock_() + skew_);

  const EasyHandle handle(curl_easy_init());
  if (!handle) throw std::bad_alloc();
  const std::string query = aws_query(call.query);
  const std::string url =
      endpoint->scheme + "://" + request.host + request.path + (query.empty() ? "" : "?" + query);
  StringList lines;
  for (const Headers* headers : {&call.headers, &signature}) {
    for (const Header& header : *headers) append(lines, header.name + ": " + header.value);
  }
  append(lines, "Expect:");  // a refusal costs less than a second of waiting before every part
  append(lines, "Content-Type:");
  Answer answer;
  Upload upload{call.body.bytes, {}, call.body.offset, call.body.size, call.body.size};
  if (call.body.file != nullptr) {
    upload.file.open(*call.body.file, std::ios::binary);
    upload.file.seekg(static_cast<std::streamoff>(call.body.offset));
  }
  std::array<char, CURL_ERROR_SIZE> words{};
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);  // "a/../b" is a key like any other
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.get());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words.data());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1024L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, stalled_seconds);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.headers);
  if (!settings_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (call.method == "HEAD") curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  if (call.method == "PUT" || call.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, go_back);
    curl_easy_setopt(curl, CURLOPT_SEEKDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(call.body.size));
  }
  if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK) {
    const std::string why = words[0] != '\0' ? words.data() : curl_easy_strerror(code);
    return fail(code == CURLE_OPERATION_TIMEDOUT ? FailureKind::timed_out : FailureKind::io,
                "the store at " + request.host + " did not answer: " + why);
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

Result<S3Client::Answer> S3Client::call(const Call& call) {
  std::mt19937 dice{std::random_device{}()};
  auto pause = settings_.first_pause;
  bool clock_corrected = false;
  for (int tried = 1;; ++tried) {
    auto answer = once(call);
    const bool unreached = !answer && answer.error().kind != FailureKind::malformed;
    if (answer && answer->status == 404) return answer;
    // A completion can fail after its 200 was sent; the body then says so.
    const bool may_still_fail = call.method == "POST";
    if (answer && answer->status / 100 == 2 &&
        (!may_still_fail || s3_text_of(answer->body, "Code").empty()))
      return answer;
    const std::string code = answer ? s3_text_of(answer->body, "Code") : "";
    if (answer && !clock_corrected && (code == "RequestTimeTooSkewed" || answer->status == 403)) {
      // The answer to a HEAD has no words: what its clock says must do.
      const auto theirs = from_http_date(header_value(answer->headers, "Date"));
      const auto off = theirs ? *theirs - clock_() - skew_ : std::chrono::microseconds(0);
      if (off > skew_borne || off < -skew_borne) {
        skew_ += std::chrono::duration_cast<std::chrono::seconds>(off);
        clock_corrected = true;
        continue;
      }
    }
    const bool again =
        unreached || (answer && (may_pass(answer->status) || answer->status / 100 == 2));
    if (!again || tried >= settings_.tries) {
      if (!answer) return answer;
      const std::string said = s3_text_of(answer->body, "Message");
      const std::string reason =
          (code.empty() ? "" : " (" + code + ")") + (said.empty() ? "" : ": " + said);
      const bool refused = answer->status == 401 || answer->status == 403 || code == "ExpiredToken";
      return fail(refused ? FailureKind::refused : FailureKind::io,
                  "the store answered " + std::to_string(answer->status) + reason + " to " +
                      call.method + " " + bucket_ + "/" + call.key +
                      (tried > 1 ? " after " + std::to_string(tried) + " tries" : ""));
    }
    std::uniform_real_distribution<double> jitter(0.5, 1.5);
    std::this_thread::sleep_for(pause * jitter(dice));
    pause = std::min<std::chrono::milliseconds>(pause * 2, std::chrono::seconds(20));
  }
}

Result<std::string> S3Client::put_part(const Call& put) {
  const auto answer = call(put);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 404)
    return fail(FailureKind::not_found, "the store has no bucket " + bucket_);
  std::string etag = unquoted(header_value(answer->headers, "ETag"));
  // Only a digest where the store does not encrypt; then it tells that what arrived is what was
  // sent.
  const bool encrypted =
      header_value(answer->headers, "x-amz-server-side-encryption").starts_with("aws:kms");
  if (etag.size() == 32 && !encrypted && etag != put.body.md5) {
    return fail(FailureKind::conflict, "the store has other bytes of " + put.key +
                                           " than were sent; nothing was lost here");
  }
  return etag;
}

Result<void> S3Client::put_bytes(const std::string& key, std::string_view bytes) {
  return put_part({"PUT", key, {}, {}, whole(bytes)}).map([](const std::string&) {});
}

Result<void> S3Client::put(const std::string& key, const fs::path& file) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(file, error);
  if (error) return tl::unexpected(io_failure(error.value(), file.string()));
  if (size > settings_.part_bytes) return put_in_parts(key, file, size);
  auto body = stretch(file, 0, size);
  if (!body) return tl::unexpected(body.error());
  return put_part({"PUT", key, {}, {}, std::move(*body)}).map([](const std::string&) {});
}

Result<void> S3Client::put_in_parts(const std::string& key, const fs::path& file,
                                    std::uint64_t size) {
  constexpr std::uint64_t most_parts = 10'000;  // of S3
  const std::uint64_t part = std::max(settings_.part_bytes, size / (most_parts - 1) + 1);
  const auto begun = call({"POST", key, {{"uploads", ""}}, {}, {}});
  if (!begun) return tl::unexpected(begun.error());
  const std::string upload = s3_text_of(begun->body, "UploadId");
  if (upload.empty())
    return fail(FailureKind::io, "the store began no upload of " + bucket_ + "/" + key);
  const auto give_up = [&](Failure failure) -> Result<void> {
    (void)call({"DELETE", key, {{"uploadId", upload}}, {}, {}});  // else its parts cost for ever
    return tl::unexpected(std::move(failure));
  };
  std::string parts = "<CompleteMultipartUpload>";
  int number = 1;
  for (std::uint64_t offset = 0; offset < size; offset += part, ++number) {
    auto body = stretch(file, offset, std::min(part, size - offset));
    if (!body) return give_up(body.error());
    const std::string n = std::to_string(number);
    const auto etag =
        put_part({"PUT", key, {{"partNumber", n}, {"uploadId", upload}}, {}, std::move(*body)});
    if (!etag) return give_up(etag.error());
    parts += "<Part><PartNumber>" + n + "</PartNumber><ETag>\"" + *etag + "\"</ETag></Part>";
  }
  parts += "</CompleteMultipartUpload>";
  const auto completed = call({"POST", key, {{"uploadId", upload}}, {}, whole(parts)});
  if (!completed) return give_up(completed.error());
  const auto there = size_of(key);
  if (!there) return tl::unexpected(there.error());
  if (*there != size)
    return fail(FailureKind::conflict, "the store has " + key + " in another size than was sent");
  return {};
}

Result<std::string> S3Client::get(const std::string& key, std::uint64_t offset,
                                  std::uint64_t length) {
  if (length == 0) return std::string();
  const std::string range =
      "bytes=" + std::to_string(offset) + "-" + std::to_string(offset + length - 1);
  auto answer = call({"GET", key, {}, {{"Range", range}}, {}});
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 404)
    return fail(FailureKind::not_found, "the store has no " + bucket_ + "/" + key);
  if (answer->status == 200)  // it took no heed of the range
    return answer->body.substr(std::min<std::uint64_t>(offset, answer->body.size()), length);
  return std::move(answer->body);
}

Result<std::optional<std::uint64_t>> S3Client::size_of(const std::string& key) {
  const auto answer = call({"HEAD", key, {}, {}, {}});
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 404) return std::nullopt;
  const std::string_view length = header_value(answer->headers, "Content-Length");
  std::uint64_t size = 0;
  std::from_chars(length.data(), length.data() + length.size(), size);
  return size;
}

Result<std::vector<S3Object>> S3Client::list(const std::string& prefix) {
  std::vector<S3Object> objects;
  std::string token;
  do {
    Call ask{"GET", "", {{"list-type", "2"}, {"encoding-type", "url"}, {"prefix", prefix}}, {}, {}};
    if (!token.empty()) ask.query.emplace_back("continuation-token", token);
    const auto answer = call(ask);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == 404)
      return fail(FailureKind::not_found, "the store has no bucket " + bucket_);
    auto page = read_s3_listing(answer->body);
    if (!page) return tl::unexpected(page.error());
    std::move(page->objects.begin(), page->objects.end(), std::back_inserter(objects));
    token = std::move(page->next);
  } while (!token.empty());
  std::sort(objects.begin(), objects.end(),
            [](const S3Object& a, const S3Object& b) { return a.key < b.key; });
  return objects;
}

Result<void> S3Client::remove(const std::string& key) {
  return call({"DELETE", key, {}, {}, {}}).map([](const Answer&) {});
}

}  // namespace loccit
