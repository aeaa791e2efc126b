#include "verifier/judge.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/timestamp.h"
#include "base/url.h"
#include "verifier/drift.h"
#include "verifier/languages.h"
#include "verifier/quote_match.h"
#include "verifier/reasons.h"
#include "verifier/sibling.h"
#include "verifier/source_words.h"
#include "verifier/text_fragment.h"

namespace loccit {
namespace {

constexpr double text_is_another =
    0.5;  // less than this kept: the page no longer says what it said

// So many different addresses that end at one page: that is where a site sends what it has lost.
constexpr std::size_t many_deep_links = 3;

bool gives_content(LinkState state) { return state == LinkState::ok || state == LinkState::moved; }

// The words are asked where there are any: of answers, of what only looks like a wall or an error
// page, and of what was fetched without trust.
bool words_may_count(const Reading& reading) {
  if (!reading.has_text) return false;
  return gives_content(reading.state) || reading.suspicion_only ||
         reading.state == LinkState::insecure;
}

int rank(QuoteState state) {
  constexpr std::array order = {QuoteState::unchecked, QuoteState::absent,  QuoteState::translated,
                                QuoteState::partial,   QuoteState::altered, QuoteState::verbatim};
  return static_cast<int>(std::find(order.begin(), order.end(), state) - order.begin());
}

// One link with what its page says of the quote.
struct Witness {
  LinkFinding link;
  QuoteFinding quote;
  bool content = false;  // answers with content
  bool checked = false;  // there was text to look in
  bool text_is_new = false;
  std::string no_text_reason;
};

class Judge {
 public:
  Judge(const Citation& citation, std::span<const Source> sources, const Policy& policy)
      : citation_(citation),
        policy_(policy),
        declared_translation_(std::any_of(sources.begin(), sources.end(),
                                          [](const Source& s) { return s.translated; })) {}

  Witness hear(const CitedLink& cited) const {
    Witness witness;
    witness.link.url = cited.url;
    if (cited.reading == nullptr) {
      witness.link.error = cited.not_asked.empty()
                               ? "no snapshot of " + cited.url + " is in the archive"
                               : cited.not_asked;
      return witness;
    }
    const Reading& reading = *cited.reading;
    witness.link.state = reading.state;
    witness.link.status = reading.status;
    witness.link.final_url = reading.final_url;
    witness.link.redirects = reading.redirects;
    witness.link.note = reading.fetch_note;
    witness.link.chain = reading.chain;
    if (!reading.record.id.empty()) witness.link.snapshot = reading.record;
    if (!reading.state_reason.empty()) witness.link.error = reading.state_reason;
    witness.no_text_reason = reading.no_text_reason;
    if (citation_.quote && words_may_count(reading)) ask_the_words(cited, witness);
    if (sibling_wanted(citation_, witness.quote, witness.link, reading))
      ask_the_site(cited, witness);
    witness.content = gives_content(witness.link.state);
    if (cited.earlier != nullptr && witness.content) compare(*cited.earlier, reading, witness);
    return witness;
  }

 private:
  QuoteFinding match(const Reading& reading) const {
    return match_quote(*citation_.quote, reading.content, *reading.words,
                       {policy_.altered_from, policy_.max_gap_words});
  }

  void ask_the_words(const CitedLink& cited, Witness& witness) const {
    const Reading& reading = *cited.reading;
    witness.checked = true;
    witness.quote = match(reading);
    const Reading& heard = better_heard(cited, witness);
    // Where the words stand, or nearly do, the page is real whatever it looks like.
    const bool stands = witness.quote.state == QuoteState::verbatim ||
                        witness.quote.state == QuoteState::altered ||
                        witness.quote.state == QuoteState::partial;
    if (stands && reading.suspicion_only) {
      witness.link.state = LinkState::ok;
      witness.link.error.reset();
    }
    if (!stands && reading.suspicion_only) return leave_unchecked(witness, "");
    if (lacks_words(witness.quote) && !heard.paywall.empty()) {
      witness.link.state = LinkState::refused;
      witness.link.error = "the page shows the rest to subscribers only: " + heard.paywall;
      return leave_unchecked(witness, "");
    }
    if (!stands && !reading.words_elsewhere.empty())
      return leave_unchecked(witness, reading.words_elsewhere);
    // What was not read may hold the rest: silence about it is no proof of drift.
    if (heard.content.truncated &&
        (lacks_words(witness.quote) || runs_into_the_end(witness.quote, heard.content.text))) {
      return leave_unchecked(
          witness,
          "only a part of it could be read, and that does not hold all of the quoted words");
    }
    if (lacks_words(witness.quote)) call_a_translation(heard, witness.quote);
    for (Passage& passage : witness.quote.passages)
      passage.fragment_url = text_fragment_url(heard.final_url, passage, heard.content);
  }

  static bool lacks_words(const QuoteFinding& quote) {
    return quote.state == QuoteState::absent || quote.state == QuoteState::partial;
  }

  // Words that differ because the text breaks off in the midst of them.
  static bool runs_into_the_end(const QuoteFinding& quote, std::string_view text) {
    if (quote.state != QuoteState::altered || quote.passages.empty()) return false;
    const std::size_t end = byte_offset(text, quote.passages.back().source_end);
    const std::size_t torn_word = text.find_first_not_of(" \n", end);
    return torn_word == std::string_view::npos ||
           text.find_first_of(" \n", torn_word) == std::string_view::npos;
  }

  void compare(const Reading& earlier, const Reading& reading, Witness& witness) const {
    if (!gives_content(earlier.state)) return;        // an error page is no earlier text
    if (citation_.quote && !witness.checked) return;  // nothing is known of the passage
    // The passage of the page itself: what its other version holds had no snapshot before.
    const QuoteFinding now = witness.link.alternate ? match(reading) : witness.quote;
    witness.link.drift = drift_between(citation_, earlier, reading, now, policy_);
    witness.text_is_new =
        (witness.link.drift == TextDrift::elsewhere || witness.link.drift == TextDrift::passage) &&
        share_kept(earlier, reading) < text_is_another;
  }

  bool is_foreign(const Reading& reading) const {
    return in_another_language(*citation_.quote, reading.content.text, reading.languages,
                               *reading.words);
  }

  // The page itself, or the site's page in the quote's language: where the words stand better, and
  // where the page itself can say nothing of words in that language.
  const Reading& better_heard(const CitedLink& cited, Witness& witness) const {
    const Reading& page = *cited.reading;
    if (witness.quote.state == QuoteState::verbatim || cited.alternate == nullptr ||
        !words_may_count(*cited.alternate))
      return page;
    const Reading& other = *cited.alternate;
    QuoteFinding there = match(other);
    const bool stands_better = rank(there.state) > rank(witness.quote.state);
    const bool decides =
        gives_content(other.state) && lacks_words(witness.quote) && is_foreign(page);
    if (!stands_better && !decides) return page;
    witness.quote = std::move(there);
    add_remark(witness.quote, (lacks_words(witness.quote)
                                   ? "looked for on the site's page in the quote's language, "
                                   : "found on the site's page in the quote's language, ") +
                                  other.final_url);
    if (!other.record.id.empty()) witness.link.alternate = other.record;
    return other;
  }

  void call_a_translation(const Reading& heard, QuoteFinding& quote) const {
    const bool declared = declared_translation_ && quote.state == QuoteState::absent;
    if (!declared && !is_foreign(heard)) return;
    quote.state = QuoteState::translated;
    if (declared_translation_) add_remark(quote, "the document says that it quotes a translation");
  }

  static void leave_unchecked(Witness& witness, const std::string& why) {
    witness.checked = false;
    witness.quote = {};
    if (!why.empty()) witness.no_text_reason = why;
  }

  // What the page alone does not show, and the words do not speak against.
  static void ask_the_site(const CitedLink& cited, Witness& witness) {
    const Reading& reading = *cited.reading;
    std::string sign;
    if (cited.sibling != nullptr && is_same_page(reading, *cited.sibling)) {
      sign = "it shows the same page for an address that was made up, " +
             cited.sibling->record.requested_url;
    } else if (cited.same_target >= many_deep_links) {
      sign = "it leads " + std::to_string(cited.same_target) +
             " cited addresses to this one page, " + reading.final_url;
    }
    if (sign.empty()) return;
    const auto final_url = parse_url(reading.final_url);
    witness.link.state = LinkState::soft404;
    witness.link.error = (final_url ? final_url->host : reading.final_url) + " answers " +
                         std::to_string(reading.status) + ", but " + sign;
    leave_unchecked(witness, "");
  }

  static void add_remark(QuoteFinding& finding, const std::string& remark) {
    if (!finding.remark.empty()) finding.remark += "; ";
    finding.remark += remark;
  }

  const Citation& citation_;
  const Policy& policy_;
  bool declared_translation_;
};

std::string without_quote(const Witness& witness) {
  std::string reason = witness.link.state == LinkState::moved
                           ? "the link answers, but " + witness.link.error.value_or("has moved")
                           : "the link answers";
  switch (witness.link.drift) {
    case TextDrift::none:
      return reason + ", and its text has not changed since the last snapshot";
    case TextDrift::elsewhere:
    case TextDrift::passage:
      return reason + (witness.text_is_new ? ", but its text is another than at the last snapshot"
                                           : "; its text has changed since the last snapshot");
    case TextDrift::unknown:
      break;
  }
  return reason + "; the document quotes no words of it";
}

std::string with_quote(const Witness& witness) {
  std::string reason = reason_for(witness.quote);
  if (witness.link.state == LinkState::moved && witness.link.error)
    reason += "; " + *witness.link.error;
  if (witness.link.drift == TextDrift::passage)
    reason += "; the passage has changed since the last snapshot";
  if (witness.link.drift == TextDrift::elsewhere)
    reason += "; the page has changed since the last snapshot, but not in this passage";
  return reason;
}

void conclude(const Citation& citation, std::span<const Source> sources,
              const std::vector<Witness>& witnesses, Verdict& verdict) {
  const auto with_content =
      std::find_if(witnesses.begin(), witnesses.end(), [](const Witness& w) { return w.content; });
  if (witnesses.empty()) {
    verdict.kind = VerdictKind::unverifiable;
    verdict.reason = reason_for_no_links(sources);
    return;
  }
  if (with_content == witnesses.end()) {
    const bool refused = std::any_of(witnesses.begin(), witnesses.end(), [](const Witness& w) {
      return w.link.state == LinkState::refused;
    });
    const bool never_asked = std::all_of(witnesses.begin(), witnesses.end(), [](const Witness& w) {
      return !w.link.snapshot && w.link.status == 0 && w.link.final_url.empty();
    });
    verdict.kind = refused || never_asked ? VerdictKind::unverifiable : VerdictKind::rotten;
    verdict.reason = reason_for_links(verdict.links);
    for (const Witness& witness : witnesses) {
      if (!witness.checked) continue;
      verdict.quote = witness.quote;
      if (witness.quote.state == QuoteState::verbatim)
        verdict.reason += "; fetched without trust, it does hold the quoted words";
    }
    return;
  }
  if (!citation.quote) {
    verdict.kind = with_content->text_is_new ? VerdictKind::drifted : VerdictKind::intact;
    verdict.reason = without_quote(*with_content);
    return;
  }
  const Witness* best = nullptr;
  for (const Witness& witness : witnesses) {
    if (!witness.content || !witness.checked) continue;
    if (best == nullptr || rank(witness.quote.state) > rank(best->quote.state) ||
        (witness.quote.state == best->quote.state &&
         witness.quote.similarity > best->quote.similarity)) {
      best = &witness;
    }
  }
  if (best == nullptr || best->quote.state == QuoteState::unchecked) {
    verdict.kind = VerdictKind::unverifiable;
    verdict.reason = "the link answers, but its words cannot be read";
    if (!with_content->no_text_reason.empty())
      verdict.reason += ": " + with_content->no_text_reason;
    return;
  }
  verdict.quote = best->quote;
  verdict.reason = with_quote(*best);
  switch (best->quote.state) {
    case QuoteState::verbatim:
      verdict.kind = VerdictKind::intact;
      break;
    case QuoteState::translated:
      verdict.kind = VerdictKind::unverifiable;
      break;
    default:
      verdict.kind = VerdictKind::drifted;
  }
}

}  // namespace

Verdict judge(const Citation& citation, std::span<const Source> sources,
              std::span<const CitedLink> links, const Policy& policy) {
  Verdict verdict;
  verdict.citation_id = citation.id;
  const Judge bench(citation, sources, policy);
  std::vector<Witness> witnesses;
  for (const CitedLink& link : links) {
    witnesses.push_back(bench.hear(link));
    verdict.links.push_back(witnesses.back().link);
  }
  conclude(citation, sources, witnesses, verdict);
  verdict.reason = as_sentence(std::move(verdict.reason));
  return verdict;
}

std::string alternate_wanted(const Citation& citation, const Reading& reading) {
  if (!citation.quote || !reading.has_text || !gives_content(reading.state)) return {};
  const std::string language = language_of_quote(*citation.quote);
  if (language.empty() || language == reading.language) return {};
  for (const Link& link : reading.content.links) {
    if (link.rel.find("alternate") == std::string::npos ||
        link.language.substr(0, link.language.find_first_of("-_")) != language)
      continue;
    const QuoteFinding finding = match_quote(*citation.quote, reading.content, *reading.words);
    if (finding.state == QuoteState::verbatim) return {};
    const auto base = resolve_url(reading.final_url, reading.content.base_url);
    const auto url = resolve_url(base ? *base : reading.final_url, link.url);
    return url ? *url : std::string();
  }
  return {};
}

}  // namespace loccit
