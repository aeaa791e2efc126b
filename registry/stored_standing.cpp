#include "registry/stored_standing.h"

#include <stdexcept>

#include "base/json.h"

namespace loccit {

std::int64_t to_stored(Timestamp time) { return time.time_since_epoch().count(); }
Timestamp timestamp_from_stored(std::int64_t stored) {
  return Timestamp(std::chrono::microseconds(stored));
}

std::string to_stored(const Standing& s) {
  Json changes = Json::array();
  for (const Timestamp change : s.changes) changes.push(to_stored(change));
  return write_json(Json::object({{"kind", name(s.kind)},
                                  {"under", name(s.under)},
                                  {"since", to_stored(s.since)},
                                  {"family", name(s.family)},
                                  {"counted", s.counted},
                                  {"first_counted", to_stored(s.first_counted)},
                                  {"last_counted", to_stored(s.last_counted)},
                                  {"confirming", s.confirming},
                                  {"ever_verbatim", s.ever_verbatim},
                                  {"asked_a_person", s.asked_a_person},
                                  {"dead_looks", s.dead_looks},
                                  {"fine_looks", s.fine_looks},
                                  {"changes", std::move(changes)},
                                  {"next_look", to_stored(s.next_look)}}));
}

Standing from_stored(std::string_view stored) {
  const auto json = parse_json(stored);
  if (!json || json->as_object() == nullptr)
    throw std::runtime_error("the registry holds a standing that is no JSON object");
  const auto integer = [&](const char* name, std::int64_t otherwise) {
    const Json* member = json->find(name);
    return member != nullptr && member->as_integer() != nullptr ? *member->as_integer() : otherwise;
  };
  const auto moment = [&](const char* name) { return timestamp_from_stored(integer(name, 0)); };
  const auto truth = [&](const char* name) {
    const Json* member = json->find(name);
    return member != nullptr && member->as_bool() != nullptr && *member->as_bool();
  };
  const auto word = [&](const char* name) { return json->text_or_empty(name); };
  Standing s;
  s.kind = standing_kind_from(word("kind")).value_or(StandingKind::fresh);
  s.under = standing_kind_from(word("under")).value_or(s.kind);
  s.since = moment("since");
  s.family = observation_from(word("family")).value_or(Observation::nothing);
  s.counted = static_cast<int>(integer("counted", 0));
  s.first_counted = moment("first_counted");
  s.last_counted = moment("last_counted");
  s.confirming = truth("confirming");
  s.ever_verbatim = truth("ever_verbatim");
  s.asked_a_person = truth("asked_a_person");
  s.dead_looks = static_cast<int>(integer("dead_looks", 0));
  s.fine_looks = static_cast<int>(integer("fine_looks", 0));
  s.next_look = moment("next_look");
  if (const Json* changes = json->find("changes");
      changes != nullptr && changes->as_array() != nullptr) {
    for (const Json& change : *changes->as_array()) {
      if (change.as_integer() != nullptr)
        s.changes.push_back(timestamp_from_stored(*change.as_integer()));
    }
  }
  return s;
}

}  // namespace loccit
