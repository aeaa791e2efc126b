#include "cli/notifying.h"

#include <iostream>

#include "base/files.h"
#include "checks/sinks.h"

namespace loccit {
namespace {

tl::expected<std::string, Stop> first_line_of(const std::string& file) {
  if (file.empty()) return std::string();
  const auto content = read_file(file, {.max_bytes = 64U << 10U});
  if (!content) return misuse(content.error().message);
  const std::string line = content->substr(0, content->find_first_of("\r\n"));
  if (line.empty()) return misuse(file + ": its first line is empty");
  return line;
}

bool is_address(const std::string& text) {
  return text.find('@') != std::string::npos &&
         text.find_first_of("\r\n<> \t") == std::string::npos;
}

}  // namespace

tl::expected<NotifyOptions, Stop> notify_options(const Options& options) {
  const NotifyWish& wish = options.notify;
  NotifyOptions notify;
  notify.digest = wish.digest;
  if (!wish.smtp_password_file.empty() && wish.smtp_user.empty())
    return misuse("--smtp-password-file: nobody logs in without --smtp-user");
  const auto secret = first_line_of(wish.webhook_secret_file);
  if (!secret) return tl::unexpected(secret.error());
  const auto password = first_line_of(wish.smtp_password_file);
  if (!password) return tl::unexpected(password.error());
  if (!wish.message_template.empty()) {
    const auto content = read_file(wish.message_template, {.max_bytes = 1U << 20U});
    if (!content) return misuse(content.error().message);
    notify.message_template = *content;
  }
  for (const std::string& url : wish.webhooks)
    notify.sinks.push_back(webhook_sink({url, *secret, options.fetch.ca_file}, system_clock()));
  for (const std::string& address : wish.mails) {
    if (!is_address(address)) return misuse("--notify-mail: \"" + address + "\" is no address");
    if (!wish.mail_from.empty() && !is_address(wish.mail_from))
      return misuse("--mail-from: \"" + wish.mail_from + "\" is no address");
    notify.sinks.push_back(mail_sink({wish.smtp, wish.mail_from.empty() ? address : wish.mail_from,
                                      address, wish.smtp_user, *password, options.fetch.ca_file},
                                     system_clock()));
  }
  for (const std::string& command : wish.commands) notify.sinks.push_back(command_sink(command));
  return notify;
}

void notify(Registry& registry, const NotifyOptions& options) {
  const auto delivery = deliver(registry, options, system_clock()());
  if (!delivery) {
    std::cerr << "loccit: " << delivery.error().message << "; notices wait\n";
    return;
  }
  for (const std::string& remark : delivery->remarks) std::cerr << "loccit: " << remark << '\n';
}

}  // namespace loccit
