// The verdict is a function: citation + what the snapshots say + policy. No I/O, no clock, no
// globals, so that `check`, `verify` and `audit` cannot disagree.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/snapshot.h"
#include "base/digest.h"
#include "documents/document.h"
#include "documents/text_content.h"
#include "verifier/verdict.h"

namespace loccit {

class SourceWords;

struct Policy {
  double altered_from =
      0.6;  // share of words that must agree before a near match is the same statement
  std::size_t max_gap_words =
      2000;  // how far apart two stretches around an omission mark may stand
  ReadLimits limits;
};

// A snapshot as the judge sees it: made once per snapshot, used for every citation of it. Depends
// on the snapshot alone.
struct Reading {
  SnapshotRecord record;
  LinkState state = LinkState::unreachable;  // before the words are asked: soft404 and walls are
                                             // suspicions until then
  bool suspicion_only = false;  // state is soft404 or refused by signs; standing words overrule it
  std::string state_reason;     // one sentence, empty for ok
  std::string fetch_note;       // Exchange::note
  int status = 0;
  std::string final_url;
  int redirects = 0;
  std::vector<std::string> chain;  // every URL asked for in turn, where there were redirects
  bool has_text = false;
  std::string no_text_reason;   // names the media type, or the failure
  std::string paywall;          // by which words it shows the rest to subscribers only, or ""
  std::string words_elsewhere;  // why a page with hardly a word does not show them, or ""
  TextContent content;
  std::string language;                      // detected, else declared, else ""
  std::vector<std::string> languages;        // all that a fair part of the text is in
  std::shared_ptr<const SourceWords> words;  // content, folded for matching
  Sha256 text_digest;                        // of the folded text, for drift
};
Reading read_snapshot(const Snapshot& snapshot, const Policy& policy);

// One link of the citation. Views: valid during the call.
struct CitedLink {
  std::string url;                   // as cited, fragment and all
  const Reading* reading = nullptr;  // nullptr: no snapshot at all …
  std::string not_asked;             // … and this is why, if there is a reason
  const Reading* earlier = nullptr;  // the snapshot before it, for drift
  const Reading* alternate =
      nullptr;  // the site's page in the quote's language (hreflang), if one was fetched
  const Reading* sibling = nullptr;  // what the site shows for a made-up address (sibling.h)
  std::size_t same_target = 1;  // how many cited addresses of the site redirect to this one's page
};

// `sources` are the citation's, resolved: they tell what is unpublished, an account, a declared
// translation.
Verdict judge(const Citation& citation, std::span<const Source> sources,
              std::span<const CitedLink> links, const Policy& policy);

// Whether the page in the quote's language should be asked for: its URL (absolute), or "".
std::string alternate_wanted(const Citation& citation, const Reading& reading);

}  // namespace loccit
