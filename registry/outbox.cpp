#include "registry/registry_state.h"
#include "registry/stored_standing.h"

namespace loccit {

Result<void> Registry::add_reminders(Timestamp now) {
  return in_transaction(
             *state_,
             [&] {
               for (const int days : {7, 30, 90}) {
                 const std::int64_t before = to_stored(now - std::chrono::hours(24 * days));
                 const std::string text = std::to_string(days) + " days";
                 state_->sql.run(
                     "INSERT INTO notice (key, citation_id, kind, text, created_at, attempts, "
                     "next_try) "
                     "SELECT 'citation ' || c.id || ' ' || c.standing || ' ' || c.since || ' "
                     "reminder " +
                         text +
                         "', c.id, 'reminder', "
                         "d.name || ', ' || c.label || ': ' || c.standing || ' for " +
                         text +
                         "', $1, 0, $1 "
                         "FROM citation c JOIN document d ON d.id = c.document_id WHERE c.standing "
                         "IN "
                         "('dead', 'changed') AND c.since <= $2 AND c.present = 1 AND "
                         "d.interval_hours > 0 "
                         "ON CONFLICT (key) DO NOTHING",
                     {to_stored(now), before});
               }
               return true;
             })
      .map([](bool) {});
}

Result<std::vector<Notice>> Registry::waiting_notices(Timestamp now) {
  return as_result([&] {
    const auto rows = state_->sql.query(
        "SELECT n.id, n.key, n.kind, n.text, d.name, c.label, n.created_at, n.attempts FROM notice "
        "n JOIN citation c ON c.id = n.citation_id "
        "JOIN document d ON d.id = c.document_id WHERE n.sent_at IS NULL AND n.next_try <= $1 "
        "ORDER BY n.id",
        {to_stored(now)});
    return rows_as(rows, [](const SqlRow& row) {
      return Notice{row.integer(0),
                    row.text(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    timestamp_from_stored(row.integer(6)),
                    static_cast<int>(row.integer(7))};
    });
  });
}

Result<std::vector<Notice>> Registry::claim(const std::vector<Notice>& notices, Timestamp now,
                                            Timestamp until) {
  return in_transaction(*state_, [&] {
    std::vector<Notice> ours;
    for (const Notice& notice : notices) {
      if (!state_->sql
               .query(
                   "UPDATE notice SET next_try = $1 WHERE id = $2 AND sent_at IS NULL AND next_try "
                   "<= $3 RETURNING id",
                   {to_stored(until), notice.id, to_stored(now)})
               .empty())
        ours.push_back(notice);
    }
    return ours;
  });
}

Result<void> Registry::mark_sent(std::int64_t notice, Timestamp now) {
  return as_result([&] {
           state_->sql.run(
               "UPDATE notice SET sent_at = $1, attempts = attempts + 1 WHERE id = $2 AND sent_at "
               "IS NULL",
               {to_stored(now), notice});
           return true;
         })
      .map([](bool) {});
}

Result<bool> Registry::is_delivered(std::int64_t notice, const std::string& sink) {
  return as_result([&] {
    return !state_->sql
                .query("SELECT 1 FROM delivery WHERE notice_id = $1 AND sink = $2", {notice, sink})
                .empty();
  });
}

Result<void> Registry::mark_delivered(std::int64_t notice, const std::string& sink, Timestamp now) {
  return as_result([&] {
           state_->sql.run(
               "INSERT INTO delivery (notice_id, sink, sent_at) VALUES ($1, $2, $3) ON CONFLICT "
               "(notice_id, sink) DO NOTHING",
               {notice, sink, to_stored(now)});
           return true;
         })
      .map([](bool) {});
}

Result<void> Registry::mark_failed(std::int64_t notice, Timestamp next_try) {
  return as_result([&] {
           state_->sql.run("UPDATE notice SET next_try = $1, attempts = attempts + 1 WHERE id = $2",
                           {to_stored(next_try), notice});
           return true;
         })
      .map([](bool) {});
}

}  // namespace loccit
