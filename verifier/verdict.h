// What loccit says of a citation (the words of ../shared/contract.md, "The report").
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "archive/snapshot.h"

namespace loccit {

enum class VerdictKind { intact, drifted, rotten, unverifiable };
enum class QuoteState { verbatim, altered, partial, absent, translated, unchecked };
enum class LinkState { ok, moved, gone, error, soft404, refused, unreachable, insecure, blocked };
enum class ChangeKind { meaning, wording };

// Offsets count Unicode code points: quote_* in the citation's quote, source_* in the text
// extracted from the snapshot.
struct Passage {
  std::size_t quote_start = 0, quote_end = 0;
  std::size_t source_start = 0, source_end = 0;
  std::string exact, prefix, suffix;  // W3C TextQuoteSelector
  std::string fragment_url;           // final URL with #:~:text=…, or empty
};

struct Change {
  ChangeKind kind = ChangeKind::wording;
  std::string quoted, found;  // either may be empty: words added or left out
  std::size_t quote_start = 0, quote_end = 0;
  std::size_t source_start = 0, source_end = 0;
};

struct QuoteFinding {
  QuoteState state = QuoteState::unchecked;
  double similarity = 0.0;  // 0 to 1, share of the quote's words that stand, in order
  std::vector<Passage> passages;
  std::vector<Change> changes;
  std::string remark;  // what the reason should add: words swallowed by an omission mark, found
                       // only in metadata, …
};

// Against the snapshot before this one (issue: drift). `unknown` when there is none.
enum class TextDrift { unknown, none, elsewhere, passage };

struct LinkFinding {
  std::string url;
  LinkState state = LinkState::unreachable;
  int status = 0;  // 0: no answer
  std::string final_url;
  int redirects = 0;
  std::vector<std::string> chain;    // every URL asked for in turn, where there were redirects
  std::optional<std::string> error;  // one sentence
  std::string note;                  // how it was fetched, where that was not as usual
  std::optional<SnapshotRecord> snapshot;
  // The site's page in the quote's language, where the words were judged on that one instead:
  // source_* are then offsets in its text.
  std::optional<SnapshotRecord> alternate;
  TextDrift drift = TextDrift::unknown;
};

struct Verdict {
  std::string citation_id;
  VerdictKind kind = VerdictKind::unverifiable;
  std::string reason;  // one sentence that a reader understands
  QuoteFinding quote;
  std::vector<LinkFinding> links;
};

const char* name(VerdictKind kind);
const char* name(QuoteState state);
const char* name(LinkState state);
const char* name(ChangeKind kind);
const char* name(TextDrift drift);
std::optional<VerdictKind> verdict_kind_from(std::string_view name);
std::optional<QuoteState> quote_state_from(std::string_view name);
std::optional<LinkState> link_state_from(std::string_view name);
std::optional<ChangeKind> change_kind_from(std::string_view name);

}  // namespace loccit
