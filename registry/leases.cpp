// Due work shared out among workers, host first: whoever holds a host's lease is the only one to
// look at what is due there.
#include <map>
#include <set>

#include "registry/recording.h"
#include "registry/registry_state.h"
#include "registry/sql_rows.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

using Hosts = std::set<std::string>;

// Of each lease, as it was given: whether it is still ours, or was brought back already. The rows
// stay locked until the transaction ends, so nobody takes a host over in between.
struct Held {
  Hosts now, finished;
};
Held still_held(Sql& sql, const std::vector<Lease>& leases) {
  std::map<std::string, std::int64_t> given;
  SqlRows rows({"TEXT"});
  for (const Lease& lease : leases) {
    if (given.emplace(lease.host, lease.fence).second) rows.add({lease.host});
  }
  const std::string lock = sql.is_postgresql() ? " ORDER BY h.name FOR UPDATE OF h" : "";
  Held held;
  for (const SqlRow& row :
       rows.run(sql,
                "SELECT h.name, h.fence, h.finished FROM (VALUES @ROWS@) AS given JOIN host h ON "
                "h.name = given.column1" +
                    lock)) {
    const std::int64_t fence = given.at(row.text(0));
    if (row.integer(2) == fence) {
      held.finished.insert(row.text(0));
    } else if (row.integer(1) == fence) {
      held.now.insert(row.text(0));
    }
  }
  return held;
}

std::vector<Lease> of_hosts(const std::vector<Lease>& leases, const Hosts& hosts) {
  std::vector<Lease> some;
  for (const Lease& lease : leases) {
    if (hosts.contains(lease.host)) some.push_back(lease);
  }
  return some;
}

// Free again from `next_at` on, and due when its citations say.
enum class Brought { back, nothing };
void let_go(Sql& sql, const std::vector<Lease>& leases, Timestamp next_at, Brought brought) {
  SqlRows rows({"TEXT", "BIGINT", "BIGINT"});
  for (const Lease& lease : leases)
    rows.add({lease.host, to_stored(next_at),
              brought == Brought::back ? SqlValue(lease.fence) : SqlValue()});
  rows.run(sql,
           "UPDATE host SET lease_until = 0, owner = '', next_at = gone.column2, finished = "
           "coalesce(gone.column3, finished), due_at = coalesce((SELECT min(next_look) FROM "
           "citation WHERE citation.host = host.name AND present = 1), 9000000000000000) FROM "
           "(VALUES @ROWS@) AS gone WHERE host.name = gone.column1");
}

void count_work(Sql& sql, const std::vector<CheckPart>& parts) {
  if (parts.empty()) return;
  const RecordOptions& options = *parts.front().options;
  const Report& report = *parts.front().report;
  std::int64_t outcomes = 0, late = 0;
  for (const CheckPart& part : parts)
    (part.late ? late : outcomes) += static_cast<std::int64_t>(part.verdicts.size());
  sql.run(
      "INSERT INTO worker (name, started_at, seen_at, checks, outcomes, late) VALUES ($1, $2, $3, "
      "$4, $5, $6) ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at, checks = "
      "worker.checks + excluded.checks, outcomes = worker.outcomes + excluded.outcomes, late = "
      "worker.late + excluded.late",
      {options.worker, to_stored(report.started_at), to_stored(report.finished_at),
       static_cast<std::int64_t>(parts.size()), outcomes, late});
}

// Each report in two: what still counts, and what came too late.
std::vector<CheckPart> parts_of(const std::vector<std::pair<Report, RecordOptions>>& results,
                                const Held& held) {
  std::vector<CheckPart> parts;
  for (const auto& [report, options] : results) {
    const SourcesById sources(report.document);
    CheckPart counted{&report, &options, false, {}}, late{&report, &options, true, {}};
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
      const std::string host = first_host(report.document.citations.at(i), sources);
      if (held.finished.contains(host)) continue;
      (held.now.contains(host) ? counted : late).verdicts.push_back(i);
    }
    for (CheckPart& part : {std::ref(counted), std::ref(late)})
      if (!part.verdicts.empty()) parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

Result<std::vector<Lease>> Registry::lease(const std::string& owner, const LeaseWish& wish,
                                           Timestamp now) {
  return in_transaction(*state_, [&] {
    Sql& sql = state_->sql;
    const std::string lock = sql.is_postgresql() ? " FOR UPDATE SKIP LOCKED" : "";
    // MATERIALIZED: PostgreSQL might ask a subquery again for every row, and lock others each time.
    const auto rows = sql.query(
        "WITH free AS MATERIALIZED (SELECT name FROM host WHERE due_at <= $1 AND next_at <= $1 AND "
        "lease_until <= $1 ORDER BY due_at LIMIT $2" +
            lock +
            ") UPDATE host SET owner = $3, lease_until = $4, fence = fence + 1 WHERE name IN "
            "(SELECT name FROM free) RETURNING name, fence",
        {to_stored(now), static_cast<std::int64_t>(wish.hosts), owner,
         to_stored(now + wish.duration)});
    std::vector<std::string> hosts;
    for (const SqlRow& row : rows) hosts.push_back(row.text(0));
    auto due = due_of_hosts(sql, hosts, now, wish.citations);
    std::vector<Lease> leases, idle;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Lease lease{hosts[i], rows[i].integer(1), std::move(due[i])};
      // Without anything: its time was reckoned before something else looked at it.
      (lease.citations.empty() ? idle : leases).push_back(std::move(lease));
    }
    let_go(sql, idle, now, Brought::nothing);
    return leases;
  });
}

Result<std::size_t> Registry::renew(const std::vector<Lease>& leases, Timestamp until) {
  return in_transaction(*state_, [&] {
    const std::vector<Lease> ours = of_hosts(leases, still_held(state_->sql, leases).now);
    SqlRows rows({"TEXT", "BIGINT"});
    for (const Lease& lease : ours) rows.add({lease.host, to_stored(until)});
    rows.run(state_->sql,
             "UPDATE host SET lease_until = given.column2 FROM (VALUES @ROWS@) AS given WHERE "
             "host.name = given.column1");
    return ours.size();
  });
}

Result<std::size_t> Registry::finish(const std::vector<Lease>& leases,
                                     const std::vector<std::pair<Report, RecordOptions>>& results,
                                     Timestamp next_at) {
  return in_transaction(*state_, [&] {
    Sql& sql = state_->sql;
    const Held held = still_held(sql, leases);
    const std::vector<CheckPart> parts = parts_of(results, held);
    write_down(sql, parts);
    let_go(sql, of_hosts(leases, held.now), next_at, Brought::back);
    count_work(sql, parts);
    return leases.size() - held.now.size() - held.finished.size();
  });
}

Result<void> Registry::give_back(const std::vector<Lease>& leases, Timestamp now) {
  return in_transaction(*state_,
                        [&] {
                          Sql& sql = state_->sql;
                          let_go(sql, of_hosts(leases, still_held(sql, leases).now), now,
                                 Brought::nothing);
                          return true;
                        })
      .map([](bool) {});
}

Result<Timestamp> Registry::turn(const std::string& host, std::chrono::milliseconds delay,
                                 Timestamp now) {
  return as_result([&] {
    const std::int64_t pause = std::chrono::microseconds(delay).count();
    const auto rows = state_->sql.query(
        "INSERT INTO turn (host, next_at) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT)) ON "
        "CONFLICT (host) DO UPDATE SET next_at = $3 + CASE WHEN turn.next_at < $2 THEN $2 ELSE "
        "turn.next_at END RETURNING next_at",
        {host, to_stored(now), pause});
    return timestamp_from_stored(rows.at(0).integer(0) - pause);
  });
}

Result<std::vector<WorkerRow>> Registry::fleet(Timestamp now) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT w.name, w.started_at, w.seen_at, w.checks, w.outcomes, w.late, (SELECT count(*) "
        "FROM host h WHERE h.owner = w.name AND h.owner <> '' AND h.lease_until > $1) FROM worker "
        "w WHERE w.seen_at >= $2 ORDER BY w.name",
        {to_stored(now), to_stored(now - std::chrono::hours(24))});
    return rows_as(rows, [](const SqlRow& row) {
      return WorkerRow{row.text(0),
                       timestamp_from_stored(row.integer(1)),
                       timestamp_from_stored(row.integer(2)),
                       row.integer(3),
                       row.integer(4),
                       row.integer(5),
                       row.integer(6)};
    });
  });
}

Result<FleetBacklog> Registry::backlog(Timestamp now) {
  return as_result([&] {
    const auto row = state_->sql
                         .query(
                             "SELECT count(*), coalesce(min(c.next_look), 0) FROM citation c WHERE "
                             "c.present = 1 AND c.next_look <= $1",
                             {to_stored(now)})
                         .at(0);
    FleetBacklog backlog;
    backlog.due = row.integer(0);
    if (backlog.due > 0) backlog.oldest = timestamp_from_stored(row.integer(1));
    return backlog;
  });
}

}  // namespace loccit
