#include "verifier/reasons.h"

#include <algorithm>

#include "base/text.h"

namespace loccit {
namespace {

std::string quoted(const std::string& words) { return "\u201C" + shortened(words) + "\u201D"; }

std::string reason_for_change(const Change& change) {
  if (change.quoted.empty()) return "the source now also says " + quoted(change.found);
  if (change.found.empty()) return "the source no longer has " + quoted(change.quoted);
  return "the source now says " + quoted(change.found) + " where the document quotes " +
         quoted(change.quoted);
}

const Change* weightiest(const std::vector<Change>& changes) {
  if (changes.empty()) return nullptr;
  const auto meaning = std::find_if(changes.begin(), changes.end(),
                                    [](const Change& c) { return c.kind == ChangeKind::meaning; });
  return meaning != changes.end() ? &*meaning : &changes.front();
}

std::string and_more(std::size_t count) {
  if (count < 2) return "";
  return count == 2 ? ", and differs in one more place"
                    : ", and differs in " + std::to_string(count - 1) + " more places";
}

}  // namespace

std::string shortened(const std::string& words) {
  constexpr std::size_t longest = 120, head = 70, tail = 40;
  const std::size_t length = count_code_points(words);
  if (length <= longest) return words;
  return words.substr(0, byte_offset(words, head)) + " \u2026 " +
         words.substr(byte_offset(words, length - tail));
}

std::string as_sentence(std::string words) {
  if (words.empty()) return words;
  if (words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  const char last = words.back();
  if (last != '.' && last != '!' && last != '?') words += '.';
  return words;
}

std::string reason_for(const QuoteFinding& finding) {
  std::string reason;
  switch (finding.state) {
    case QuoteState::verbatim:
      reason = "the quoted words stand at the source";
      break;
    case QuoteState::altered:
      if (const Change* change = weightiest(finding.changes)) {
        reason = reason_for_change(*change) + and_more(finding.changes.size());
      } else {
        reason = "the quoted words do not stand there in this order";
      }
      break;
    case QuoteState::partial: {
      reason = "only part of the quoted words stands at the source";
      const auto missing = std::find_if(finding.changes.begin(), finding.changes.end(),
                                        [](const Change& c) { return c.found.empty(); });
      if (missing != finding.changes.end())
        reason += "; it no longer has " + quoted(missing->quoted);
      break;
    }
    case QuoteState::absent:
      reason = "the source answers, but does not have the quoted words";
      break;
    case QuoteState::translated:
      reason = "the source is in another language than the quote, so its words cannot be compared";
      break;
    case QuoteState::unchecked:
      reason = "the words could not be checked";
      break;
  }
  if (!finding.remark.empty()) reason += "; " + finding.remark;
  return reason;
}

std::string reason_for_no_links(std::span<const Source> sources) {
  const auto has = [&](SourceKind kind) {
    return std::any_of(sources.begin(), sources.end(),
                       [&](const Source& source) { return source.kind == kind; });
  };
  if (has(SourceKind::unpublished))
    return "the source is unpublished, so there is nothing public to fetch";
  if (has(SourceKind::account)) return "the source names an account but gives no address to fetch";
  if (has(SourceKind::print)) return "the source is in print and gives no address to fetch";
  if (has(SourceKind::web)) return "the source gives no address that could be fetched";
  return "the note cites nothing that could be fetched";
}

std::string reason_for_links(std::span<const LinkFinding> links) {
  std::string reason;
  for (const LinkFinding& link : links) {
    if (!reason.empty()) reason += "; ";
    reason += link.error ? *link.error : link.url + " gives no content";
    if (reason.size() > 400) break;
  }
  return reason.empty() ? "no link gives content" : reason;
}

}  // namespace loccit
