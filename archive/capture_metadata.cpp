#include "archive/capture_metadata.h"

#include <array>
#include <utility>

#include "archive/warc_format.h"
#include "base/json.h"

namespace loccit {
namespace {

constexpr std::array<std::pair<Truncation, const char*>, 4> truncation_names{
    {{Truncation::length, "length"},
     {Truncation::time, "time"},
     {Truncation::disconnect, "disconnect"},
     {Truncation::unspecified, "unspecified"}}};

// Members that hold nothing are left out.
void set(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object.set(name, value);
}
void set(Json& object, const char* name, std::uint64_t value) {
  if (value != 0) object.set(name, value);
}

Json tls_to_json(const TlsSession& tls, const HopRecords& records) {
  Json json = Json::object();
  set(json, "version", tls.version);
  set(json, "cipher", tls.cipher);
  json.set("verified", tls.verified);
  set(json, "verify_error", tls.verify_error);
  set(json, "chain_sha256", records.chain_sha256);
  if (!records.chain_sizes.empty()) {
    Json sizes = Json::array();
    for (const std::uint64_t size : records.chain_sizes) sizes.push(size);
    json.set("chain_bytes", std::move(sizes));
  }
  return json;
}

constexpr std::array<std::pair<const char*, std::chrono::microseconds Timings::*>, 5> timing_names{
    {{"name_lookup", &Timings::name_lookup},
     {"connect", &Timings::connect},
     {"tls", &Timings::tls},
     {"first_byte", &Timings::first_byte},
     {"total", &Timings::total}}};

Json hop_to_json(const Hop& hop, const HopRecords& records) {
  Json json = Json::object();
  json.set("url", hop.url);
  json.set("started_at", to_iso8601_micros(hop.started_at));
  set(json, "status", static_cast<std::uint64_t>(hop.status));
  set(json, "request", records.request_id);
  set(json, "response", records.response_id);
  set(json, "response_head_bytes", records.response_head_bytes);
  set(json, "truncated", std::string(name(hop.truncation)));
  set(json, "protocol", hop.protocol);
  set(json, "remote_address", hop.remote_address);
  set(json, "remote_port", static_cast<std::uint64_t>(hop.remote_port));
  if (!hop.resolved_addresses.empty()) {
    Json addresses = Json::array();
    for (const std::string& address : hop.resolved_addresses) addresses.push(address);
    json.set("resolved_addresses", std::move(addresses));
  }
  if (hop.tls) json.set("tls", tls_to_json(*hop.tls, records));
  Json timings = Json::object();
  for (const auto& [label, member] : timing_names) {
    if ((hop.timings.*member).count() != 0)
      timings.set(label, std::int64_t{(hop.timings.*member).count()});
  }
  if (!timings.as_object()->empty()) json.set("timings_us", std::move(timings));
  return json;
}

Json snapshot_to_json(const SnapshotRecord& snapshot) {
  Json json = Json::object();
  set(json, "id", snapshot.id);
  set(json, "final_url", snapshot.final_url);
  set(json, "status", static_cast<std::uint64_t>(snapshot.status));
  set(json, "media_type", snapshot.media_type);
  set(json, "sha256", snapshot.sha256);
  set(json, "bytes", snapshot.bytes);
  set(json, "revisit_of", snapshot.revisit_of);
  return json;
}

// Takes members out of an object; the first one of a wrong type is remembered, and all after it are
// default.
class Members {
 public:
  Members(const Json* object, std::string path, std::string& wrong)
      : object_(object), path_(std::move(path)), wrong_(wrong) {
    if (object_ != nullptr && object_->as_object() == nullptr) complain("");
  }

  void take(const char* name, std::string& out) {
    if (const Json* value = find(name))
      value->as_string() ? void(out = *value->as_string()) : complain(name);
  }
  void take(const char* name, bool& out) {
    if (const Json* value = find(name))
      value->as_bool() ? void(out = *value->as_bool()) : complain(name);
  }
  void take(const char* name, Timestamp& out) {
    std::string text;
    take(name, text);
    const auto time = from_iso8601(text);
    if (time) out = *time;
    if (!time && find(name) != nullptr) complain(name);
  }
  template <class Integer>
  void take_integer(const char* name, Integer& out) {
    const Json* value = find(name);
    if (value == nullptr) return;
    const std::int64_t* number = value->as_integer();
    if (number == nullptr || *number < 0 || !std::in_range<Integer>(*number)) return complain(name);
    out = static_cast<Integer>(*number);
  }
  template <class Each>
  void each(const char* name, Each each_of) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (value->as_array() == nullptr) return complain(name);
    for (const Json& element : *value->as_array()) each_of(element);
  }
  const Json* find(const char* name) const {
    return object_ == nullptr ? nullptr : object_->find(name);
  }
  void complain(const char* name) {
    if (wrong_.empty()) wrong_ = path_ + (*name == '\0' ? "" : ".") + name;
  }

 private:
  const Json* object_;
  std::string path_;
  std::string& wrong_;
};

TlsSession read_tls(Members members, HopRecords& records) {
  TlsSession tls;
  members.take("version", tls.version);
  members.take("cipher", tls.cipher);
  members.take("verified", tls.verified);
  members.take("verify_error", tls.verify_error);
  members.take("chain_sha256", records.chain_sha256);
  members.each("chain_bytes", [&](const Json& size) {
    const std::int64_t* number = size.as_integer();
    if (number == nullptr || *number < 0) return members.complain("chain_bytes");
    records.chain_sizes.push_back(static_cast<std::uint64_t>(*number));
  });
  return tls;
}

void read_hop(const Json& json, const std::string& path, std::string& wrong,
              CaptureMetadata& capture) {
  Members members(&json, path, wrong);
  Hop hop;
  HopRecords records;
  std::string truncated;
  members.take("url", hop.url);
  members.take("started_at", hop.started_at);
  members.take_integer("status", hop.status);
  members.take("request", records.request_id);
  members.take("response", records.response_id);
  members.take_integer("response_head_bytes", records.response_head_bytes);
  members.take("truncated", truncated);
  hop.truncation = truncation_from(truncated);
  members.take("protocol", hop.protocol);
  members.take("remote_address", hop.remote_address);
  members.take_integer("remote_port", hop.remote_port);
  members.each("resolved_addresses", [&](const Json& address) {
    if (address.as_string() == nullptr) return members.complain("resolved_addresses");
    hop.resolved_addresses.push_back(*address.as_string());
  });
  if (const Json* tls = members.find("tls"))
    hop.tls = read_tls(Members(tls, path + ".tls", wrong), records);
  Members timings(members.find("timings_us"), path + ".timings_us", wrong);
  for (const auto& [label, member] : timing_names) {
    std::int64_t micros = 0;
    timings.take_integer(label, micros);
    hop.timings.*member = std::chrono::microseconds(micros);
  }
  capture.exchange.hops.push_back(std::move(hop));
  capture.records.push_back(std::move(records));
}

void read_snapshot_record(Members members, SnapshotRecord& snapshot) {
  members.take("id", snapshot.id);
  members.take("final_url", snapshot.final_url);
  members.take_integer("status", snapshot.status);
  members.take("media_type", snapshot.media_type);
  members.take("sha256", snapshot.sha256);
  members.take_integer("bytes", snapshot.bytes);
  members.take("revisit_of", snapshot.revisit_of);
}

}  // namespace

const char* name(Truncation truncation) {
  for (const auto& [value, text] : truncation_names) {
    if (value == truncation) return text;
  }
  return "";
}

Truncation truncation_from(std::string_view name) {
  for (const auto& [value, text] : truncation_names) {
    if (name == text) return value;
  }
  return name.empty() ? Truncation::none : Truncation::unspecified;
}

std::string write_capture_metadata(const SnapshotRecord& snapshot, const Exchange& exchange,
                                   const std::vector<HopRecords>& records) {
  Json json = Json::object();
  json.set("schema", warc::capture_schema);
  json.set("requested_url", exchange.requested_url);
  json.set("started_at", to_iso8601_micros(exchange.started_at));
  json.set("tries", exchange.tries);
  if (exchange.untrusted) json.set("untrusted", true);
  set(json, "note", exchange.note);
  if (exchange.failure) {
    json.set("failure", Json::object({{"fault", name(exchange.failure->fault)},
                                      {"message", exchange.failure->message}}));
  }
  json.set("snapshot", snapshot_to_json(snapshot));
  Json hops = Json::array();
  for (std::size_t i = 0; i < exchange.hops.size(); ++i)
    hops.push(hop_to_json(exchange.hops[i], records[i]));
  json.set("hops", std::move(hops));
  return write_json(json, JsonStyle::pretty);
}

Result<CaptureMetadata> read_capture_metadata(Bytes text, const ReadLimits& limits) {
  const auto json = parse_json(text, limits);
  if (!json) return tl::unexpected(json.error());
  std::string wrong;
  Members members(&*json, "capture", wrong);
  std::string schema;
  members.take("schema", schema);
  if (schema != warc::capture_schema) {
    return fail(FailureKind::unsupported, "the capture's schema is \"" + schema + "\", not " +
                                              std::string(warc::capture_schema));
  }
  CaptureMetadata capture;
  Exchange& exchange = capture.exchange;
  members.take("requested_url", exchange.requested_url);
  members.take("started_at", exchange.started_at);
  members.take_integer("tries", exchange.tries);
  members.take("untrusted", exchange.untrusted);
  members.take("note", exchange.note);
  if (const Json* failure = members.find("failure")) {
    Members parts(failure, "capture.failure", wrong);
    std::string fault;
    exchange.failure.emplace();
    parts.take("fault", fault);
    parts.take("message", exchange.failure->message);
    const auto known = fetch_fault_from(fault);
    if (!known) parts.complain("fault");
    exchange.failure->fault = known.value_or(FetchFault::bad_response);
  }
  read_snapshot_record(Members(members.find("snapshot"), "capture.snapshot", wrong),
                       capture.snapshot);
  std::size_t number = 0;
  members.each("hops", [&](const Json& hop) {
    read_hop(hop, "capture.hops[" + std::to_string(number++) + "]", wrong, capture);
  });
  if (!wrong.empty())
    return fail(FailureKind::malformed, wrong + " is missing or of the wrong type");
  capture.snapshot.requested_url = exchange.requested_url;
  capture.snapshot.fetched_at = exchange.started_at;
  capture.snapshot.untrusted = exchange.untrusted;
  return capture;
}

}  // namespace loccit
