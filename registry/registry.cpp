#include "registry/registry.h"

#include "registry/recording.h"
#include "registry/registry_state.h"
#include "registry/schema.h"
#include "registry/stored_standing.h"

namespace loccit {

Registry::Registry(std::unique_ptr<State> state) : state_(std::move(state)) {}
Registry::~Registry() = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;

Result<Registry> Registry::open(const std::string& where) {
  return as_result([&] {
    Sql sql = Sql::open(where);
    migrate(sql);
    return Registry(std::make_unique<State>(State{std::move(sql)}));
  });
}

Result<Recorded> Registry::record(const Report& report, const RecordOptions& options) {
  CheckPart all{&report, &options, false, {}};
  const std::size_t verdicts = std::min(report.verdicts.size(), report.document.citations.size());
  for (std::size_t i = 0; i < verdicts; ++i) all.verdicts.push_back(i);
  return in_transaction(*state_, [&] { return write_down(state_->sql, {all}).at(0); });
}

Result<bool> Registry::is_inconclusive(const Report& report) {
  return as_result([&] { return mostly_our_fault(state_->sql, report); });
}

Result<std::int64_t> Registry::enroll(const Document& document, const std::string& name,
                                      Timestamp now) {
  return in_transaction(*state_, [&] {
    Sql& sql = state_->sql;
    const EnrolledDocument enrolled = enroll_document(sql, document, name, now);
    std::vector<CitationToEnroll> all;
    for (std::size_t i = 0; i < document.citations.size(); ++i)
      all.push_back({enrolled.id, &document, i, now});
    std::set<std::int64_t> present;
    for (const EnrolledCitation& citation : enroll_citations(sql, all, Scope::whole))
      present.insert(citation.id);
    forget_the_others(sql, enrolled.id, present);
    const auto interval = std::max(enrolled.interval, std::chrono::hours(1));
    sql.run("UPDATE document SET next_check = $1 WHERE id = $2",
            {to_stored(now + interval), enrolled.id});
    return enrolled.id;
  });
}

Result<void> Registry::put_off(const std::string& document, Timestamp now) {
  return in_transaction(*state_,
                        [&] {
                          state_->sql.run(
                              "UPDATE document SET next_check = $1 + interval_hours * 3600000000 "
                              "WHERE name = $2",
                              {to_stored(now), document});
                          return true;
                        })
      .map([](bool) {});
}

Result<void> Registry::put_off_citation(std::int64_t id, Timestamp until) {
  return in_transaction(*state_,
                        [&] {
                          state_->sql.run("UPDATE citation SET next_look = $1 WHERE id = $2",
                                          {to_stored(until), id});
                          return true;
                        })
      .map([](bool) {});
}

Result<void> Registry::put_off_all(Timestamp now) {
  return in_transaction(*state_,
                        [&] {
                          state_->sql.run(
                              "UPDATE citation SET next_look = $1 WHERE present = 1 AND next_look "
                              "<= $2",
                              {to_stored(now + after_own_outage), to_stored(now)});
                          return true;
                        })
      .map([](bool) {});
}

Result<void> Registry::set_interval(const std::string& document, std::chrono::hours interval) {
  const auto changed = in_transaction(*state_, [&] {
    return !state_->sql
                .query("UPDATE document SET interval_hours = $1 WHERE name = $2 RETURNING id",
                       {std::int64_t{interval.count()}, document})
                .empty();
  });
  if (!changed) return tl::unexpected(changed.error());
  if (!*changed) return fail(FailureKind::not_found, "no check of " + document + " is recorded");
  return {};
}

Result<void> Registry::set_interval(const std::string& document, const std::string& citation,
                                    std::chrono::hours interval) {
  const auto changed = in_transaction(*state_, [&] {
    return !state_->sql
                .query(
                    "UPDATE citation SET interval_hours = $1 WHERE label = $2 AND present = 1 "
                    "AND document_id = (SELECT id FROM document WHERE name = $3) RETURNING id",
                    {std::int64_t{interval.count()}, citation, document})
                .empty();
  });
  if (!changed) return tl::unexpected(changed.error());
  if (!*changed)
    return fail(FailureKind::not_found, document + " has no citation " + citation +
                                            "; `loccit history " + document + "` lists them");
  return {};
}

}  // namespace loccit
