#include "registry/standing.h"

#include <algorithm>
#include <map>

namespace loccit {
namespace {

constexpr std::array standing_names = {"new",     "up",      "suspect",  "dead",
                                       "refused", "changed", "flapping", "revived"};
constexpr std::array observation_names = {"fine",    "hard",  "soft",    "passing", "tls",
                                          "refused", "drift", "meaning", "nothing"};

bool is_failure(Observation seen) {
  return seen == Observation::hard || seen == Observation::soft || seen == Observation::passing ||
         seen == Observation::tls;
}

bool is_drift(Observation seen) {
  return seen == Observation::drift || seen == Observation::meaning;
}

// Failures are counted together when they tell the same story: the page is gone, or the server is
// not well.
bool same_family(Observation a, Observation b) {
  if (is_drift(a) && is_drift(b)) return true;
  const auto gone = [](Observation o) { return o == Observation::hard || o == Observation::soft; };
  return is_failure(a) && is_failure(b) && gone(a) == gone(b);
}

std::string days(std::chrono::microseconds span) {
  const auto count = std::chrono::duration_cast<std::chrono::hours>(span).count() / 24;
  return std::to_string(count) + (count == 1 ? " day" : " days");
}

std::chrono::hours suspect_interval(int counted, const StandingRules& rules) {
  const auto index = static_cast<std::size_t>(
      std::clamp(counted - 1, 0, static_cast<int>(rules.suspect_looks.size()) - 1));
  return rules.suspect_looks[index];
}

std::chrono::hours dead_interval(int looks, const StandingRules& rules) {
  const auto index =
      static_cast<std::size_t>(std::clamp(looks, 0, static_cast<int>(rules.dead_looks.size()) - 1));
  return rules.dead_looks[index];
}

std::chrono::hours fine_interval(int looks, const StandingRules& rules) {
  return std::min(rules.interval, rules.young * (1 << std::min(looks, 12)));
}

void forget_count(Standing& s) {
  s.family = Observation::nothing;
  s.counted = 0;
  s.confirming = false;
}

// Counts a failure or drift unless one of the last day was counted already. Another family starts
// anew.
void count(Standing& s, Observation seen, Timestamp now, const StandingRules& rules) {
  if (!same_family(s.family, seen)) {
    s.family = seen;
    s.counted = 1;
    s.confirming = false;
    s.first_counted = s.last_counted = now;
  } else if (now - s.last_counted >= rules.apart) {
    ++s.counted;
    s.last_counted = now;
  }
}

// Moves to another kind, unless that would be one change too many in a week: then it is flapping,
// said once.
std::optional<Transition> move_to(Standing& s, StandingKind kind, std::string rule, Timestamp now,
                                  const StandingRules& rules) {
  std::erase_if(s.changes, [&](Timestamp t) { return now - t >= rules.flap_window; });
  if (s.under != kind) {
    if (s.under != StandingKind::fresh) s.changes.push_back(now);
    s.under = kind;
  }
  const StandingKind from = s.kind;
  if (from == kind) return std::nullopt;
  if (from == StandingKind::flapping) {
    if (!s.changes.empty()) return std::nullopt;
  } else if (static_cast<int>(s.changes.size()) >= rules.flaps && kind != StandingKind::dead) {
    s.kind = StandingKind::flapping;
    s.since = now;
    return Transition{
        from, s.kind,
        std::to_string(s.changes.size()) + " changes within " + days(rules.flap_window)};
  }
  s.kind = kind;
  s.since = now;
  // What is only suspected, and what comes up for the first time or out of mere suspicion, is no
  // news.
  const bool quiet = kind == StandingKind::suspect || from == StandingKind::fresh ||
                     (kind == StandingKind::up &&
                      (from == StandingKind::suspect || from == StandingKind::revived));
  return Transition{from, kind, std::move(rule), !quiet};
}

std::optional<Transition> after_fine(Standing& s, Timestamp now, const StandingRules& rules) {
  forget_count(s);
  s.asked_a_person = false;
  s.dead_looks = 0;
  s.ever_verbatim = true;
  s.next_look = now + fine_interval(s.fine_looks, rules);
  ++s.fine_looks;
  const bool back = s.kind == StandingKind::dead || s.kind == StandingKind::changed;
  return move_to(s, back ? StandingKind::revived : StandingKind::up,
                 back ? "stands again after " + days(now - s.since) : "stands", now, rules);
}

std::optional<Transition> after_refusal(Standing& s, Timestamp now, const StandingRules& rules) {
  forget_count(s);
  s.next_look = now + rules.interval;
  if (s.kind == StandingKind::refused && !s.asked_a_person && now - s.since >= rules.ask_a_person) {
    s.asked_a_person = true;
    return Transition{s.kind, s.kind,
                      "refused for " + days(now - s.since) + ": a person should look"};
  }
  return move_to(s, StandingKind::refused, "refused to a robot", now, rules);
}

std::optional<Transition> after_drift(Standing& s, Observation seen, Timestamp now,
                                      const StandingRules& rules) {
  count(s, seen, now, rules);
  s.next_look = now + suspect_interval(s.counted, rules);
  if (s.kind == StandingKind::changed) {
    s.next_look = now + rules.interval;
    return std::nullopt;
  }
  // A changed "not" on words that stood before is worth a word at once; other drift may be an A/B
  // test or an outage.
  if (seen == Observation::meaning && s.ever_verbatim) {
    return move_to(s, StandingKind::changed, "words that stood have changed in meaning", now,
                   rules);
  }
  if (s.counted >= rules.drifts_needed) {
    return move_to(s, StandingKind::changed,
                   "words differ in " + std::to_string(s.counted) + " checks over " +
                       days(s.last_counted - s.first_counted),
                   now, rules);
  }
  return move_to(s, StandingKind::suspect, "words differ in one check", now, rules);
}

std::optional<Transition> after_failure(Standing& s, Observation seen, Look look, Timestamp now,
                                        const StandingRules& rules) {
  if (s.kind == StandingKind::dead) {  // looked at for ever, ever more seldom
    s.next_look = now + dead_interval(++s.dead_looks, rules);
    return std::nullopt;
  }
  const bool differs = look == Look::second || now - s.last_counted >= rules.apart;
  if (differs && s.confirming && same_family(s.family, seen)) {
    const std::string rule = std::to_string(s.counted) + " failures over " +
                             days(s.last_counted - s.first_counted) + ", and a second look agrees";
    s.confirming = false;
    s.dead_looks = 0;
    s.next_look = now + dead_interval(0, rules);
    return move_to(s, StandingKind::dead, rule, now, rules);
  }
  count(s, seen, now, rules);
  const bool gone = seen == Observation::hard || seen == Observation::soft;
  const auto span = gone ? rules.hard_span : rules.passing_span;
  s.confirming = s.counted >= rules.failures_needed && s.last_counted - s.first_counted >= span;
  s.next_look = s.confirming ? now : now + suspect_interval(s.counted, rules);
  return move_to(s, StandingKind::suspect,
                 "failed " + std::to_string(s.counted) + (s.counted == 1 ? " time" : " times"), now,
                 rules);
}

}  // namespace

Step advance(const Standing& before, Observation seen, Look look, Timestamp now,
             const StandingRules& rules) {
  Step step{before, std::nullopt};
  Standing& s = step.standing;
  now = std::max({now, s.since, s.last_counted});
  if (seen != Observation::fine && seen != Observation::nothing) s.fine_looks = 0;
  if (seen == Observation::nothing) {
    s.next_look = now + rules.interval;
  } else if (seen == Observation::fine) {
    step.transition = after_fine(s, now, rules);
  } else if (seen == Observation::refused) {
    step.transition = after_refusal(s, now, rules);
  } else if (is_drift(seen)) {
    step.transition = after_drift(s, seen, now, rules);
  } else {
    step.transition = after_failure(s, seen, look, now, rules);
  }
  return step;
}

Observation observe(const LinkFinding& link) {
  switch (link.state) {
    case LinkState::ok:
    case LinkState::moved:
      return Observation::fine;
    case LinkState::gone:
      return Observation::hard;
    case LinkState::error:
      return link.status >= 500 ? Observation::passing : Observation::hard;
    case LinkState::soft404:
      return Observation::soft;
    case LinkState::refused:
      return Observation::refused;
    case LinkState::unreachable:
      return Observation::passing;
    case LinkState::insecure:
      return Observation::tls;
    case LinkState::blocked:
      return Observation::nothing;
  }
  return Observation::nothing;
}

Observation observe(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::intact:
      return Observation::fine;
    case VerdictKind::drifted: {
      const bool meaning =
          std::any_of(verdict.quote.changes.begin(), verdict.quote.changes.end(),
                      [](const Change& c) { return c.kind == ChangeKind::meaning; });
      return verdict.quote.state == QuoteState::altered && meaning ? Observation::meaning
                                                                   : Observation::drift;
    }
    case VerdictKind::rotten: {
      // The mildest of its links: while one may pass by itself, so may the citation's trouble.
      Observation mildest = Observation::hard;
      for (const LinkFinding& link : verdict.links) {
        const Observation seen = observe(link);
        if (seen == Observation::passing || seen == Observation::tls) mildest = seen;
      }
      return mildest;
    }
    case VerdictKind::unverifiable: {
      const bool refused =
          std::any_of(verdict.links.begin(), verdict.links.end(),
                      [](const LinkFinding& l) { return l.state == LinkState::refused; });
      return refused ? Observation::refused : Observation::nothing;
    }
  }
  return Observation::nothing;
}

bool inconclusive(const std::vector<HostOutcome>& run) {
  std::map<std::string, bool> failed;  // host → did all of it fail in a way that could be us?
  for (const HostOutcome& outcome : run) {
    if (!outcome.answered_before) continue;
    const bool ours = outcome.seen == Observation::passing;
    const auto [it, is_new] = failed.emplace(outcome.host, ours);
    if (!is_new) it->second = it->second && ours;
  }
  const auto count =
      std::count_if(failed.begin(), failed.end(), [](const auto& entry) { return entry.second; });
  return failed.size() >= 20 && static_cast<std::size_t>(count) * 5 >= failed.size();
}

const char* name(StandingKind kind) { return standing_names.at(static_cast<std::size_t>(kind)); }
const char* name(Observation seen) { return observation_names.at(static_cast<std::size_t>(seen)); }

std::optional<StandingKind> standing_kind_from(std::string_view name) {
  for (std::size_t i = 0; i < standing_names.size(); ++i) {
    if (name == standing_names[i]) return static_cast<StandingKind>(i);
  }
  return std::nullopt;
}

std::optional<Observation> observation_from(std::string_view name) {
  for (std::size_t i = 0; i < observation_names.size(); ++i) {
    if (name == observation_names[i]) return static_cast<Observation>(i);
  }
  return std::nullopt;
}

}  // namespace loccit
