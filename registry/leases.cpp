// Due work shared out among workers, host first: whoever holds a host's lease is the only one to
// ask that host, so that politeness holds over the whole fleet.
#include "registry/recording.h"
#include "registry/registry_state.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

// When a host has something due again, as its citations say.
void reckon_due(Sql& sql, const std::string& host) {
  sql.run(
      "UPDATE host SET due_at = coalesce((SELECT min(next_look) FROM citation WHERE host = $1 AND "
      "present = 1), 9000000000000000) WHERE name = $1",
      {host});
}

// Whether the lease is still the one that was given: the row stays locked until the transaction
// ends, so nobody takes the host over in between.
bool still_held(Sql& sql, const Lease& lease) {
  return !sql.query("UPDATE host SET fence = fence WHERE name = $1 AND fence = $2 RETURNING name",
                    {lease.host, lease.fence})
              .empty();
}

void let_go(Sql& sql, const Lease& lease, Timestamp next_at) {
  sql.run("UPDATE host SET lease_until = 0, owner = '', next_at = $1 WHERE name = $2",
          {to_stored(next_at), lease.host});
  reckon_due(sql, lease.host);
}

}  // namespace

Result<std::vector<Lease>> Registry::lease(const std::string& owner, const LeaseWish& wish,
                                           Timestamp now) {
  return in_transaction(*state_, [&] {
    Sql& sql = state_->sql;
    std::vector<Lease> leases;
    const std::string lock = sql.is_postgresql() ? " FOR UPDATE SKIP LOCKED" : "";
    const auto hosts = sql.query(
        "SELECT name FROM host WHERE due_at <= $1 AND next_at <= $1 AND lease_until <= $1 ORDER BY "
        "due_at LIMIT $2" +
            lock,
        {to_stored(now), static_cast<std::int64_t>(wish.hosts)});
    for (const SqlRow& host : hosts) {
      Lease lease;
      lease.host = host.text(0);
      lease.fence = sql.query(
                           "UPDATE host SET owner = $1, lease_until = $2, fence = fence + 1 WHERE "
                           "name = $3 RETURNING fence",
                           {owner, to_stored(now + wish.duration), lease.host})
                        .at(0)
                        .integer(0);
      lease.citations = due_of_host(sql, lease.host, now, wish.citations);
      if (lease.citations.empty()) {  // its time was reckoned before something else looked at it
        let_go(sql, lease, now);
        continue;
      }
      leases.push_back(std::move(lease));
    }
    return leases;
  });
}

Result<bool> Registry::renew(const Lease& lease, Timestamp until) {
  return in_transaction(*state_, [&] {
    return !state_->sql
                .query(
                    "UPDATE host SET lease_until = $1 WHERE name = $2 AND fence = $3 RETURNING "
                    "name",
                    {to_stored(until), lease.host, lease.fence})
                .empty();
  });
}

Result<bool> Registry::finish(const Lease& lease,
                              const std::vector<std::pair<Report, RecordOptions>>& results,
                              Timestamp next_at) {
  // Two workers that write to the same documents in another order: the database lets one of them
  // through, the other tries again.
  for (int attempt = 0;; ++attempt) {
    auto done = in_transaction(*state_, [&] {
      Sql& sql = state_->sql;
      const bool held = still_held(sql, lease);
      for (const auto& [report, given] : results) {
        RecordOptions options = given;
        options.late = !held;
        write_down(sql, report, options);
      }
      if (held) let_go(sql, lease, next_at);
      return held;
    });
    if (done || done.error().kind != FailureKind::conflict || attempt == 10) return done;
  }
}

Result<void> Registry::give_back(const Lease& lease, Timestamp now) {
  return in_transaction(*state_,
                        [&] {
                          if (still_held(state_->sql, lease)) let_go(state_->sql, lease, now);
                          return true;
                        })
      .map([](bool) {});
}

Result<std::vector<WorkerRow>> Registry::fleet(Timestamp now) {
  return as_result([&] {
    // Who worked within the last day, with what they hold.
    const auto rows = state_->sql.query(
        "SELECT r.worker, max(r.finished_at), count(*), sum(r.intact + r.drifted + r.rotten + "
        "r.unverifiable), sum(r.late), (SELECT count(*) FROM host h WHERE h.owner = r.worker AND "
        "h.lease_until > $1) FROM check_run r WHERE r.worker <> '' AND r.started_at >= $2 GROUP BY "
        "r.worker ORDER BY r.worker",
        {to_stored(now), to_stored(now - std::chrono::hours(24))});
    return rows_as(rows, [](const SqlRow& row) {
      return WorkerRow{row.text(0),    timestamp_from_stored(row.integer(1)),
                       row.integer(2), row.integer(3),
                       row.integer(4), row.integer(5)};
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
