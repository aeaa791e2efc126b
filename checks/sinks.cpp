#include "checks/sinks.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <sys/wait.h>

#include "base/base64.h"
#include "base/digest.h"
#include "base/files.h"
#include "fetcher/curl_handles.h"

namespace loccit {
namespace {

constexpr long timeout_seconds = 30;

EasyHandle new_handle(const std::string& url, const char* schemes, const std::string& ca_file,
                      char* error) {
  EasyHandle handle(curl_easy_init());
  if (!handle) throw std::bad_alloc();
  CURL* h = handle.get();
  curl_easy_setopt(h, CURLOPT_URL, url.c_str());
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, schemes);
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_TIMEOUT, timeout_seconds);
  curl_easy_setopt(h, CURLOPT_ERRORBUFFER, error);
  // Whatever the other side answers is nobody's business but ours, and not for standard output.
  const curl_write_callback forget = [](char*, size_t size, size_t count, void*) {
    return size * count;
  };
  curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, forget);
  if (!ca_file.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, ca_file.c_str());
  return handle;
}

Result<void> perform(const EasyHandle& handle, const char* error) {
  const CURLcode code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return {};
  return fail(FailureKind::io, error[0] != '\0' ? error : curl_easy_strerror(code));
}

// RFC 2047 §2: an encoded word has at most 75 characters, so 45 bytes; cut between characters.
std::string encoded_words(const std::string& text) {
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t end = std::min(from + 45, text.size());
    while (end < text.size() && end > from + 1 && (text[end] & '\xC0') == '\x80') --end;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") +
           to_base64(std::string_view(text).substr(from, end - from)) + "?=";
    from = end;
  }
  return out;
}

std::string base64_lines(const std::string& text) {
  const std::string whole = to_base64(text);
  std::string out;
  for (std::size_t from = 0; from < whole.size(); from += 76)
    out += whole.substr(from, 76) + "\r\n";
  return out;
}

std::string quoted_for_shell(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

struct Upload {
  std::string content;
  std::size_t done = 0;
};

}  // namespace

Sink webhook_sink(const WebhookOptions& options, Clock clock) {
  return {
      "webhook " + options.url, [options, clock](const Message& message) -> Result<void> {
        char error[CURL_ERROR_SIZE] = "";
        const EasyHandle handle = new_handle(options.url, "http,https", options.ca_file, error);
        const std::string seconds = std::to_string(
            std::chrono::duration_cast<std::chrono::seconds>(clock().time_since_epoch()).count());
        StringList headers;
        append(headers, "Content-Type: application/json");
        append(headers, "User-Agent: loccit/" LOCCIT_VERSION);
        append(headers, "X-Loccit-Delivery: " + message.id);
        append(headers, "X-Loccit-Timestamp: " + seconds);
        if (!options.secret.empty()) {
          append(headers, "X-Loccit-Signature: sha256=" +
                              to_hex(hmac_sha256(options.secret, seconds + "." + message.json)));
        }
        curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE,
                         static_cast<long>(message.json.size()));
        curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, message.json.c_str());
        if (const auto done = perform(handle, error); !done) return done;
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status >= 200 && status < 300) return {};
        return fail(FailureKind::refused, "it answers " + std::to_string(status));
      }};
}

std::string to_mail(const Message& message, const std::string& from, const std::string& to,
                    Timestamp now) {
  const std::string at =
      from.find('@') == std::string::npos ? "@loccit" : from.substr(from.find('@'));
  return "Date: " + to_http_date(now).replace(to_http_date(now).size() - 3, 3, "+0000") +
         "\r\nFrom: loccit <" + from + ">\r\nTo: <" + to +
         ">\r\nSubject: " + encoded_words(message.subject) + "\r\nMessage-ID: <" + message.id + at +
         ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n" +
         base64_lines(message.text);
}

Sink mail_sink(const MailOptions& options, Clock clock) {
  return {
      "mail " + options.to, [options, clock](const Message& message) -> Result<void> {
        char error[CURL_ERROR_SIZE] = "";
        const EasyHandle handle = new_handle(options.server, "smtp,smtps", options.ca_file, error);
        CURL* h = handle.get();
        Upload upload{to_mail(message, options.from, options.to, clock())};
        const curl_read_callback give = [](char* buffer, size_t size, size_t count, void* from) {
          auto& source = *static_cast<Upload*>(from);
          const std::size_t length = std::min(size * count, source.content.size() - source.done);
          std::memcpy(buffer, source.content.data() + source.done, length);
          source.done += length;
          return length;
        };
        StringList recipients;
        append(recipients, "<" + options.to + ">");
        const std::string sender = "<" + options.from + ">";
        curl_easy_setopt(h, CURLOPT_MAIL_FROM, sender.c_str());
        curl_easy_setopt(h, CURLOPT_MAIL_RCPT, recipients.get());
        curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(h, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(h, CURLOPT_READDATA, &upload);
        // A password goes over TLS or not at all.
        const long tls = options.user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL;
        curl_easy_setopt(h, CURLOPT_USE_SSL, tls);
        if (!options.user.empty()) {
          curl_easy_setopt(h, CURLOPT_USERNAME, options.user.c_str());
          curl_easy_setopt(h, CURLOPT_PASSWORD, options.password.c_str());
        }
        return perform(handle, error);
      }};
}

Sink command_sink(const std::string& command) {
  return {"command " + command, [command](const Message& message) -> Result<void> {
            std::FILE* pipe =
                ::popen(("exec timeout 60 sh -c " + quoted_for_shell(command)).c_str(), "w");
            if (pipe == nullptr) return tl::unexpected(io_failure(errno, command));
            // A command that does not read all of it must not end us.
            const auto kept = std::signal(SIGPIPE, SIG_IGN);
            std::fwrite(message.json.data(), 1, message.json.size(), pipe);
            const int status = ::pclose(pipe);
            std::signal(SIGPIPE, kept);
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
            if (WIFEXITED(status) && WEXITSTATUS(status) == 124)
              return fail(FailureKind::timed_out, "it took more than a minute");
            return fail(FailureKind::io,
                        "it ended with exit code " +
                            std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : 128));
          }};
}

}  // namespace loccit
