#include "archive/archive_state.h"
#include "archive/warc_format.h"

namespace loccit {
namespace {

// Heads are longer than this only where a server does not mean well.
constexpr std::size_t longest_head = 256U << 10U;

// The head alone: the body of a page may be large, and one is asked for each page of a check.
std::optional<Headers> head_at(const Place& place, const RecordLookup& lookup,
                               const WarcLimits& limits) {
  auto source = lookup.open(place.warc);
  if (!source) return std::nullopt;
  auto reader = WarcReader::open(std::move(*source), place.offset, limits);
  if (!reader) return std::nullopt;
  const auto record = reader->next();
  if (!record || !*record) return std::nullopt;
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos && head.size() < longest_head) {
    const auto piece = reader->read_some();
    if (!piece || piece->empty()) break;
    head += *piece;
  }
  head.resize(std::min(head.find("\r\n\r\n"), head.size()));
  auto parsed = parse_response_head(head + "\r\n\r\n");
  if (!parsed) return std::nullopt;
  return std::move(parsed->headers);
}

}  // namespace

std::optional<Validators> Archive::validators_of(const SnapshotRecord& snapshot) const {
  if (snapshot.status != 200 || snapshot.untrusted) return std::nullopt;
  std::unique_lock lock(state_->mutex);
  const auto original = state_->index.newest_original_of(warc::target_uri(snapshot.final_url));
  lock.unlock();
  // A 304 is archived as a revisit of the newest full answer: that must be the one asked about.
  const std::string& rests_on = snapshot.revisit_of.empty() ? snapshot.id : snapshot.revisit_of;
  if (!original || !*original || (*original)->id != rests_on) return std::nullopt;
  const auto headers = head_at((*original)->place, state_->lookup(), state_->limits);
  if (!headers) return std::nullopt;
  Validators found{std::string(header_value(*headers, "ETag")),
                   std::string(header_value(*headers, "Last-Modified")), snapshot.final_url};
  if (found.etag.empty() && found.last_modified.empty()) return std::nullopt;
  return found;
}

}  // namespace loccit
