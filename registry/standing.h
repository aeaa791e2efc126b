// What history makes of single checks. A verdict is what one check saw; a standing is what several,
// far enough apart, bear out: one failed fetch is noise, the third in a week is rot. Pure: the
// clock and the rules are passed in.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "verifier/verdict.h"

namespace loccit {

// Stored by name; never rename.
enum class StandingKind { fresh, up, suspect, dead, refused, changed, flapping, revived };

// What one look showed, as far as the standing cares.
enum class Observation {
  fine,     // answers with content, the words stand
  hard,     // 404, 410, no such host
  soft,     // an error page that says 200
  passing,  // 5xx, timeout, reset, truncated: what can pass by itself
  tls,      // certificate not good
  refused,  // to a robot; never counts towards dead
  drift,    // answers, but words differ or are gone
  meaning,  // answers, and a word that matters differs
  nothing,  // tells nothing: our own rules, no link, a translation
};

// Every number here is a promise to the reader of a notice; the reasons are in docs/standing.md.
struct StandingRules {
  int failures_needed = 3;               // counted failures before dead
  std::chrono::hours apart{24};          // several failures within a day count once
  std::chrono::hours hard_span{3 * 24};  // from first to last counted failure: 404, 410, soft 404
  std::chrono::hours passing_span{7 * 24};   // 5xx, timeouts, TLS
  int drifts_needed = 2;                     // counted drifts before changed
  int flaps = 3;                             // changes within flap_window make it flapping …
  std::chrono::hours flap_window{7 * 24};    // … until it has been still for as long
  std::chrono::hours ask_a_person{30 * 24};  // refused for so long: said once
  std::chrono::hours interval{7 * 24};       // between two looks at what is up
  std::chrono::hours young{24};  // the first of these intervals for what is new; each next is twice
                                 // as long
  std::array<std::chrono::hours, 3> suspect_looks{std::chrono::hours(24), std::chrono::hours(48),
                                                  std::chrono::hours(96)};
  std::array<std::chrono::hours, 4> dead_looks{
      std::chrono::hours(7 * 24), std::chrono::hours(14 * 24), std::chrono::hours(30 * 24),
      std::chrono::hours(90 * 24)};
};

struct Standing {
  StandingKind kind = StandingKind::fresh;
  StandingKind under = StandingKind::fresh;   // what it would be were it not flapping
  Timestamp since{};                          // of kind
  Observation family = Observation::nothing;  // of the failures being counted
  int counted = 0;
  Timestamp first_counted{}, last_counted{};
  bool confirming = false;  // enough failures: a second look, made differently, decides
  bool ever_verbatim = false;
  bool asked_a_person = false;
  int dead_looks = 0;
  int fine_looks = 0;              // since it was last anything else
  std::vector<Timestamp> changes;  // within the flap window
  Timestamp next_look{};
  bool operator==(const Standing&) const = default;
};

struct Transition {
  StandingKind from = StandingKind::fresh, to = StandingKind::fresh;
  std::string rule;  // in words: what was counted, over how long
  bool notify = true;
};

struct Step {
  Standing standing;
  std::optional<Transition> transition;
};

// second: fresh connection, no cookies, no shared retry budget, another worker if there is one. A
// usual look a day later serves as well.
enum class Look { usual, second };

// One observation more. A clock that jumps back counts as no time passed.
Step advance(const Standing& before, Observation seen, Look look, Timestamp now,
             const StandingRules& rules = {});

Observation observe(const LinkFinding& link);
Observation observe(const Verdict& verdict);

// A fifth of at least twenty hosts failing at once is our own outage, not the web's: such a run
// counts for nobody.
// Only hosts that answered before are asked: what failed already proves nothing of us.
struct HostOutcome {
  std::string host;
  Observation seen = Observation::fine;
  bool answered_before = true;
};
bool inconclusive(const std::vector<HostOutcome>& run);

const char* name(StandingKind kind);  // "new" for fresh
std::optional<StandingKind> standing_kind_from(std::string_view name);
const char* name(Observation seen);
std::optional<Observation> observation_from(std::string_view name);

}  // namespace loccit
