// Whether what failed is rather our fault.
#include <map>

#include "registry/recording.h"
#include "registry/sql_rows.h"

namespace loccit {
namespace {

bool answered_before(StandingKind kind) {
  return kind == StandingKind::up || kind == StandingKind::revived ||
         kind == StandingKind::changed || kind == StandingKind::refused;
}

}  // namespace

bool mostly_our_fault(Sql& sql, const Report& report) {
  std::map<std::string, Observation> seen;  // by URL
  for (const Verdict& verdict : report.verdicts) {
    for (const LinkFinding& link : verdict.links) seen.emplace(link.url, observe(link));
  }
  std::vector<SqlValue> urls;
  for (const auto& [url, what] : seen) urls.emplace_back(url);
  std::map<std::string, StandingKind> standings;
  for (const SqlRow& row :
       query_keys(sql, "SELECT url, standing FROM link WHERE url IN (@KEYS@)", urls))
    standings[row.text(0)] = standing_kind_from(row.text(1)).value_or(StandingKind::fresh);
  std::vector<HostOutcome> run;
  for (const auto& [url, what] : seen)
    run.push_back({host_of(url), what, answered_before(standings[url])});
  return inconclusive(run);
}

}  // namespace loccit
