#include "checks/notify.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/json.h"

namespace loccit {
namespace {

// Of one message by all ways: after that, another worker may send it.
constexpr std::chrono::minutes longest_sending{5};

constexpr const char* usual_template =
    "Subject: loccit: {count} in {documents}\n"
    "{notices}\n"
    "\n"
    "`loccit history DOCUMENT` says more.\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

// One message for each document, in the order of the outbox; or one for all.
std::vector<std::vector<Notice>> grouped(std::vector<Notice> notices, bool as_digest) {
  if (as_digest) return {std::move(notices)};
  std::vector<std::vector<Notice>> groups;
  std::map<std::string, std::size_t> places;
  for (Notice& notice : notices) {
    const auto [place, is_new] = places.emplace(notice.document, groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(std::move(notice));
  }
  return groups;
}

Result<std::vector<Notice>> not_yet(Registry& registry, const Sink& sink,
                                    const std::vector<Notice>& notices) {
  std::vector<Notice> wanted;
  for (const Notice& notice : notices) {
    const auto delivered = registry.is_delivered(notice.id, sink.name);
    if (!delivered) return tl::unexpected(delivered.error());
    if (!*delivered) wanted.push_back(notice);
  }
  return wanted;
}

Result<bool> through_all_sinks(Registry& registry, const NotifyOptions& options,
                               const std::vector<Notice>& notices, Timestamp now,
                               Delivery& delivery) {
  bool through = true;
  for (const Sink& sink : options.sinks) {
    const auto wanted = not_yet(registry, sink, notices);
    if (!wanted) return tl::unexpected(wanted.error());
    if (wanted->empty()) continue;  // also where another worker has them all
    if (const auto sent = sink.send(write_message(*wanted, options.message_template)); !sent) {
      delivery.remarks.push_back(sink.name + ": " + sent.error().message + "; it is tried again");
      through = false;
      continue;
    }
    ++delivery.sent;
    for (const Notice& notice : *wanted) {
      const auto marked = registry.mark_delivered(notice.id, sink.name, now);
      if (!marked) return tl::unexpected(marked.error());
    }
  }
  return through;
}

}  // namespace

std::chrono::minutes delivery_pause(int attempts) {
  return std::min(std::chrono::minutes(1 << std::clamp(attempts, 0, 11)),
                  std::chrono::minutes(24 * 60));
}

Message write_message(const std::vector<Notice>& notices, const std::string& message_template) {
  Message message;
  Json list = Json::array();
  std::string keys, lines;
  std::set<std::string> documents;
  for (const Notice& notice : notices) {
    keys += notice.key + "\n";
    lines += (lines.empty() ? "- " : "\n- ") + notice.text;
    documents.insert(notice.document);
    list.push(Json::object({{"id", notice.key},
                            {"kind", notice.kind},
                            {"document", notice.document},
                            {"citation", notice.citation},
                            {"at", to_iso8601(notice.created_at)},
                            {"text", notice.text}}));
  }
  message.id = to_hex(sha256(keys)).substr(0, 32);
  message.json = write_json(Json::object(
      {{"schema", "loccit.notice/1"}, {"id", message.id}, {"notices", std::move(list)}}));
  const std::string count =
      std::to_string(notices.size()) + (notices.size() == 1 ? " change" : " changes");
  const std::string where =
      documents.size() == 1 ? *documents.begin() : std::to_string(documents.size()) + " documents";
  std::string text = message_template.empty() ? usual_template : message_template;
  // The notices last: what they hold of braces is theirs.
  text = replaced(replaced(text, "{count}", count), "{documents}", where);
  text = replaced(text, "{notices}", lines);
  if (text.starts_with("Subject:")) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t from = text.find_first_not_of(' ', std::string("Subject:").size());
    message.subject = one_line(text.substr(std::min(from, end), end - std::min(from, end)));
    text.erase(0, std::min(end + 1, text.size()));
  } else {
    message.subject = one_line("loccit: " + count + " in " + where);
  }
  message.text = text;
  return message;
}

Result<Delivery> deliver(Registry& registry, const NotifyOptions& options, Timestamp now) {
  Delivery delivery;
  if (options.sinks.empty()) return delivery;  // they wait until somebody wants to know
  if (const auto added = registry.add_reminders(now); !added) return tl::unexpected(added.error());
  auto waiting = registry.waiting_notices(now);
  if (!waiting) return tl::unexpected(waiting.error());
  if (waiting->empty()) return delivery;
  const bool as_digest = options.digest.count() > 0;
  if (as_digest && now - waiting->front().created_at < options.digest) return delivery;
  for (const std::vector<Notice>& group : grouped(std::move(*waiting), as_digest)) {
    const auto notices = registry.claim(group, now, now + longest_sending);
    if (!notices) return tl::unexpected(notices.error());
    const auto through = through_all_sinks(registry, options, *notices, now, delivery);
    if (!through) return tl::unexpected(through.error());
    for (const Notice& notice : *notices) {
      const auto marked =
          *through ? registry.mark_sent(notice.id, now)
                   : registry.mark_failed(notice.id, now + delivery_pause(notice.attempts));
      if (!marked) return tl::unexpected(marked.error());
    }
  }
  return delivery;
}

}  // namespace loccit
