// The ways to be told of a change: a webhook, a mail, a command.
#pragma once

#include <string>

#include "checks/notify.h"

namespace loccit {

struct WebhookOptions {
  std::string url;
  std::string secret;   // signs; "": unsigned
  std::string ca_file;  // extra roots
};

// POSTs the message's JSON. Headers: X-Loccit-Delivery (the message's id), X-Loccit-Timestamp
// (seconds since 1970), and, where there is a secret, X-Loccit-Signature: "sha256=" and the
// HMAC-SHA-256 in hex of the timestamp, a full stop, and the body: a receiver can refuse what is
// forged and what is old. Any 2xx answer is through.
Sink webhook_sink(const WebhookOptions& options, Clock clock);

struct MailOptions {
  std::string server;  // smtp://host:port or smtps://host:port; STARTTLS is used where offered
  std::string from, to;
  std::string user, password;  // "": none
  std::string ca_file;
};
Sink mail_sink(const MailOptions& options, Clock clock);

// The message as in RFC 5322, its words in UTF-8 and base64.
std::string to_mail(const Message& message, const std::string& from, const std::string& to,
                    Timestamp now);

// Run by the shell with the message's JSON on standard input, for a minute at most; exit code 0 is
// through.
Sink command_sink(const std::string& command);

}  // namespace loccit
