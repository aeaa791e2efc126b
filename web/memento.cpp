#include "web/memento.h"

#include <algorithm>
#include <vector>

#include "base/json.h"
#include "web/replay.h"

namespace loccit {
namespace {

// Snapshots that brought an answer, oldest first: a fetch that failed represents nothing.
std::vector<SnapshotRecord> mementos_of(const Archive& archive, const std::string& uri) {
  std::vector<SnapshotRecord> records = archive.snapshots_of(uri);
  std::erase_if(records, [](const SnapshotRecord& record) { return record.status == 0; });
  return records;
}

const SnapshotRecord& nearest(const std::vector<SnapshotRecord>& mementos, Timestamp wanted) {
  const auto distance = [&](const SnapshotRecord& record) {
    return record.fetched_at > wanted ? record.fetched_at - wanted : wanted - record.fetched_at;
  };
  return *std::ranges::min_element(mementos, {}, distance);
}

struct Addresses {
  std::string base, uri;

  std::string gate() const { return base + "/timegate/" + uri; }
  std::string map() const { return base + "/timemap/link/" + uri; }
  std::string json_map() const { return base + "/timemap/json/" + uri; }
  std::string memento(const SnapshotRecord& record) const {
    return base + "/memento/" + to_digits14(record.fetched_at) + "/" + uri;
  }
};

// A URI in <…> may hold no ">" and no line break; those that do are percent-encoded (RFC 8288 §3).
std::string target(std::string_view uri) {
  std::string out = "<";
  for (const char c : uri) {
    if (c == '<') {
      out += "%3C";
    } else if (c == '>') {
      out += "%3E";
    } else if (static_cast<unsigned char>(c) > 0x20) {
      out += c;
    }
  }
  return out + ">";
}

std::string memento_link(const Addresses& at, const SnapshotRecord& record, const char* relation) {
  return target(at.memento(record)) + "; rel=\"" + relation + "\"; datetime=\"" +
         to_http_date(record.fetched_at) + "\"";
}

const char* relation_of(const std::vector<SnapshotRecord>& mementos, std::size_t i) {
  if (mementos.size() == 1) return "first last memento";
  if (i == 0) return "first memento";
  return i + 1 == mementos.size() ? "last memento" : "memento";
}

std::string map_link(const Addresses& at, const std::vector<SnapshotRecord>& mementos,
                     const char* relation) {
  return target(at.map()) + "; rel=\"" + relation +
         "\"; type=\"application/link-format\"; from=\"" +
         to_http_date(mementos.front().fetched_at) + "\"; until=\"" +
         to_http_date(mementos.back().fetched_at) + "\"";
}

// The Link header of TimeGates and mementos (§2.2).
std::string link_header(const Addresses& at, const std::vector<SnapshotRecord>& mementos) {
  std::string links = target(at.uri) + "; rel=\"original\", " + target(at.gate()) +
                      "; rel=\"timegate\", " + map_link(at, mementos, "timemap") + ", " +
                      memento_link(at, mementos.front(), relation_of(mementos, 0));
  if (mementos.size() > 1)
    links += ", " + memento_link(at, mementos.back(), relation_of(mementos, mementos.size() - 1));
  return links;
}

WebResponse nothing_archived(const std::string& uri) {
  return plain_text(404, "the archive holds no answer of " + uri + "\n");
}

WebResponse gate(const WebRequest& request, const Addresses& at,
                 const std::vector<SnapshotRecord>& mementos) {
  const std::string wanted(header_value(request.headers, "Accept-Datetime"));
  const auto moment = from_http_date(wanted);
  WebResponse response;
  if (!wanted.empty() && !moment) {
    // §4.5.3: a datetime that cannot be read.
    response = plain_text(400, "Accept-Datetime is no HTTP date: " + wanted + "\n");
  } else {
    const SnapshotRecord& chosen = moment ? nearest(mementos, *moment) : mementos.back();
    response = redirect_to(at.memento(chosen), 302);
  }
  response.headers.push_back({"Vary", "accept-datetime"});
  response.headers.push_back({"Link", link_header(at, mementos)});
  return response;
}

WebResponse link_map(const Addresses& at, const std::vector<SnapshotRecord>& mementos) {
  std::string body = target(at.uri) + "; rel=\"original\",\n" + map_link(at, mementos, "self") +
                     ",\n" + target(at.gate()) + "; rel=\"timegate\"";
  for (std::size_t i = 0; i < mementos.size(); ++i)
    body += ",\n" + memento_link(at, mementos[i], relation_of(mementos, i));
  return {200, "application/link-format", {}, body + "\n"};
}

WebResponse json_map(const Addresses& at, const std::vector<SnapshotRecord>& mementos) {
  Json list = Json::array();
  for (const SnapshotRecord& record : mementos) {
    list.push(
        Json::object({{"datetime", to_iso8601(record.fetched_at)}, {"uri", at.memento(record)}}));
  }
  const Json map = Json::object(
      {{"original_uri", at.uri},
       {"self", at.json_map()},
       {"timegate_uri", at.gate()},
       {"timemap_uri", Json::object({{"link_format", at.map()}, {"json_format", at.json_map()}})},
       {"mementos", Json::object({{"list", std::move(list)}})}});
  return {200, "application/json", {}, write_json(map, JsonStyle::pretty)};
}

WebResponse memento(const Archive& archive, const Addresses& at, std::string_view digits,
                    const std::vector<SnapshotRecord>& mementos) {
  const auto moment = from_digits14(digits);
  if (!moment) return plain_text(404, "no time: " + std::string(digits) + "\n");
  const SnapshotRecord& chosen = nearest(mementos, *moment);
  if (to_digits14(chosen.fetched_at) != digits) return redirect_to(at.memento(chosen), 302);
  const auto snapshot = archive.get(chosen);
  if (!snapshot) return plain_text(500, snapshot.error().message + "\n");
  WebResponse response = replay(*snapshot);
  // §4.2.1: as it was, also a 404. What has no body of its own is no page to show.
  const int status = chosen.status;
  if (response.status == 200 && status >= 200 && status != 204 && status != 304)
    response.status = status;
  response.headers.push_back({"Memento-Datetime", to_http_date(chosen.fetched_at)});
  response.headers.push_back({"Link", link_header(at, mementos)});
  return response;
}

// What follows `prefix`, with the query that belongs to it; nullopt where the path begins
// otherwise.
std::optional<std::string> uri_after(const WebRequest& request, std::string_view prefix) {
  if (!request.path.starts_with(prefix)) return std::nullopt;
  std::string uri = request.path.substr(prefix.size());
  if (!request.query.empty()) uri += "?" + request.query;
  return uri;
}

}  // namespace

std::optional<WebResponse> answer_memento(const WebRequest& request, const Archive& archive,
                                          const std::string& base) {
  const auto answer = [&](const std::string& uri, const auto& with) -> WebResponse {
    const std::vector<SnapshotRecord> mementos = mementos_of(archive, uri);
    if (mementos.empty()) return nothing_archived(uri);
    return with(Addresses{base, uri}, mementos);
  };
  if (const auto uri = uri_after(request, "/timegate/")) {
    return answer(*uri, [&](const auto& at, const auto& all) { return gate(request, at, all); });
  }
  if (const auto uri = uri_after(request, "/timemap/link/")) return answer(*uri, link_map);
  if (const auto uri = uri_after(request, "/timemap/json/")) return answer(*uri, json_map);
  if (const auto rest = uri_after(request, "/memento/")) {
    const std::size_t slash = std::min(rest->find('/'), rest->size());
    const std::string digits = rest->substr(0, slash);
    return answer(
        rest->substr(std::min(slash + 1, rest->size())),
        [&](const auto& at, const auto& all) { return memento(archive, at, digits, all); });
  }
  return std::nullopt;
}

}  // namespace loccit
