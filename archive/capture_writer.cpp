#include "archive/capture_writer.h"

#include <algorithm>
#include <array>
#include <vector>

#include "archive/capture_metadata.h"
#include "archive/http_block.h"
#include "archive/warc_format.h"
#include "archive/warc_writer.h"
#include "base/digest.h"

namespace loccit {
namespace {

// "TLSv1.3" as WARC-Protocol has it: "tls/1.3".
std::string tls_protocol(const TlsSession& tls) {
  const std::size_t number = tls.version.find_first_of("0123456789");
  return number == std::string::npos ? std::string() : "tls/" + tls.version.substr(number);
}

// Without brackets and scope id.
std::string bare_address(std::string_view address) {
  if (!address.empty() && address.front() == '[') address.remove_prefix(1);
  return std::string(address.substr(0, address.find_first_of("]%")));
}

class CaptureWriter {
 public:
  CaptureWriter(const Exchange& exchange, const CaptureContext& context)
      : exchange_(exchange), context_(context) {}

  Result<EncodedCapture> write() {
    for (std::size_t i = 0; i < exchange_.hops.size(); ++i) {
      const bool last = i + 1 == exchange_.hops.size();
      if (auto written = write_hop(exchange_.hops[i], last); !written)
        return tl::unexpected(written.error());
    }
    if (auto written = write_metadata(); !written) return tl::unexpected(written.error());
    out_.entries.indexed_to = out_.members.size();
    return std::move(out_);
  }

 private:
  Result<void> write_hop(const Hop& hop, bool last) {
    records_.emplace_back();
    if (!hop.response_head.empty() || hop.body.size() > 0) {
      if (auto written = write_response(hop, last); !written) return written;
    }
    if (!hop.request_head.empty()) {
      if (auto written = write_request(hop); !written) return written;
    }
    return hop.tls && !hop.tls->chain_pem.empty() ? write_chain(*hop.tls) : Result<void>();
  }

  Result<void> write_response(const Hop& hop, bool last) {
    HopRecords& records = records_.back();
    records.response_id = context_.ids();
    records.response_head_bytes = hop.response_head.size();
    Headers fields = wire_fields(hop);
    if (!parse_response_head(hop.response_head)) return write_no_http(hop, std::move(fields));

    const HopPayload payload(hop);
    const Sha256 digest = sha256(payload.view());
    const std::string target = warc::target_uri(hop.url);
    const auto original = original_for(hop, last, target, label(digest));
    if (original) return write_revisit(hop, last, *original, std::move(fields));

    if (hop.truncation != Truncation::none)
      fields.push_back({"WARC-Truncated", name(hop.truncation)});
    const std::array<Bytes, 2> block{hop.response_head, hop.body.view()};
    const auto member = append_record(out_.members, {.type = warc::response,
                                                     .id = records.response_id,
                                                     .date = date_of(hop),
                                                     .target_uri = hop.url,
                                                     .content_type = warc::http_response,
                                                     .fields = std::move(fields),
                                                     .payload_digest = label(digest),
                                                     .block = block});
    if (!member) return tl::unexpected(member.error());
    if (hop.truncation == Truncation::none && hop.status != 304) {
      out_.entries.originals.push_back(
          {target, date_of(hop), label(digest), records.response_id, {"", member->offset}});
    }
    if (last) note_answer(hop, *member, to_hex(digest), payload.view().size());
    return {};
  }

  std::optional<Original> original_for(const Hop& hop, bool last, std::string_view target,
                                       std::string_view digest) const {
    if (hop.truncation != Truncation::none) return std::nullopt;
    if (hop.status == 304) return last ? context_.newest(target) : std::nullopt;
    if (hop.body.size() == 0) return std::nullopt;
    auto original = context_.with_payload(target, digest);
    if (original && !same_codings(original->hop, hop)) return std::nullopt;
    return original;
  }

  // WARC 1.1 §6.7: all three references, since replay tools resolve by URL and date, and people by
  // id.
  Result<void> write_revisit(const Hop& hop, bool last, const Original& original, Headers fields) {
    const bool not_modified = hop.status == 304;
    fields.push_back(
        {"WARC-Profile", std::string(not_modified ? warc::not_modified : warc::same_payload)});
    fields.push_back({"WARC-Refers-To", in_angle_brackets(original.entry.id)});
    fields.push_back({"WARC-Refers-To-Target-URI", original.entry.target_uri});
    fields.push_back({"WARC-Refers-To-Date", to_iso8601_micros(original.entry.date)});
    if (!not_modified) fields.push_back({"WARC-Truncated", "length"});
    const std::array<Bytes, 1> block{hop.response_head};
    const auto member = append_record(out_.members, {.type = warc::revisit,
                                                     .id = records_.back().response_id,
                                                     .date = date_of(hop),
                                                     .target_uri = hop.url,
                                                     .content_type = warc::http_response,
                                                     .fields = std::move(fields),
                                                     .payload_digest = original.entry.digest,
                                                     .block = block});
    if (!member) return tl::unexpected(member.error());
    if (!last) return {};
    const HopPayload payload(original.hop);
    note_answer(not_modified ? original.hop : hop, *member, to_hex(sha256(payload.view())),
                payload.view().size());
    snapshot_.revisit_of = original.entry.id;
    return {};
  }

  // What answered, but not in HTTP: kept, though no tool should take it for a response.
  Result<void> write_no_http(const Hop& hop, Headers fields) {
    const std::array<Bytes, 2> block{hop.response_head, hop.body.view()};
    if (hop.truncation != Truncation::none)
      fields.push_back({"WARC-Truncated", name(hop.truncation)});
    return append_record(out_.members, {.type = warc::resource,
                                        .id = records_.back().response_id,
                                        .date = date_of(hop),
                                        .target_uri = std::string(warc::no_http_target) + hop.url,
                                        .content_type = warc::octets,
                                        .fields = std::move(fields),
                                        .payload_digest = {},
                                        .block = block})
        .map([](const WrittenMember&) {});
  }

  Result<void> write_request(const Hop& hop) {
    HopRecords& records = records_.back();
    records.request_id = context_.ids();
    Headers fields;
    if (!records.response_id.empty())
      fields.push_back({"WARC-Concurrent-To", in_angle_brackets(records.response_id)});
    const std::string address = bare_address(hop.remote_address);
    if (!address.empty()) fields.push_back({"WARC-IP-Address", address});
    const std::array<Bytes, 1> block{hop.request_head};
    return append_record(out_.members, {.type = warc::request,
                                        .id = records.request_id,
                                        .date = date_of(hop),
                                        .target_uri = hop.url,
                                        .content_type = warc::http_request,
                                        .fields = std::move(fields),
                                        .payload_digest = {},
                                        .block = block})
        .map([](const WrittenMember&) {});
  }

  Result<void> write_chain(const TlsSession& tls) {
    HopRecords& records = records_.back();
    std::string pem;
    for (const std::string& certificate : tls.chain_pem) {
      pem += certificate;
      records.chain_sizes.push_back(certificate.size());
    }
    const Sha256 digest = sha256(pem);
    records.chain_sha256 = to_hex(digest);
    const auto& chains = out_.entries.chains;
    const bool here = std::any_of(chains.begin(), chains.end(), [&](const ChainEntry& chain) {
      return chain.sha256 == records.chain_sha256;
    });
    if (here || context_.has_chain(records.chain_sha256)) return {};
    const std::array<Bytes, 1> block{pem};
    const auto member = append_record(
        out_.members, {.type = warc::resource,
                       .id = context_.ids(),
                       .date = date_of(exchange_.hops[records_.size() - 1]),
                       .target_uri = std::string(warc::chain_target) + records.chain_sha256,
                       .content_type = warc::pem_chain,
                       .fields = {},
                       .payload_digest = label(digest),
                       .block = block});
    if (!member) return tl::unexpected(member.error());
    out_.entries.chains.push_back({records.chain_sha256, member->offset});
    return {};
  }

  Result<void> write_metadata() {
    const std::string id = context_.ids();
    const bool answered = !snapshot_.id.empty() && !exchange_.failure;
    if (!answered) snapshot_ = {};
    if (!answered) snapshot_.id = id;
    snapshot_.requested_url = exchange_.requested_url;
    snapshot_.final_url =
        exchange_.hops.empty() ? exchange_.requested_url : exchange_.hops.back().url;
    snapshot_.fetched_at = exchange_.started_at;
    snapshot_.untrusted = exchange_.untrusted;

    const std::string json = write_capture_metadata(snapshot_, exchange_, records_);
    const std::array<Bytes, 1> block{json};
    Headers fields;
    for (const HopRecords& records : records_) {
      const std::string& about =
          records.response_id.empty() ? records.request_id : records.response_id;
      if (!about.empty()) fields.push_back({"WARC-Concurrent-To", in_angle_brackets(about)});
    }
    const auto member = append_record(
        out_.members, {.type = warc::metadata,
                       .id = id,
                       .date = exchange_.started_at,
                       .target_uri = std::string(warc::capture_target) + exchange_.requested_url,
                       .content_type = warc::capture_json,
                       .fields = std::move(fields),
                       .payload_digest = {},
                       .block = block});
    if (!member) return tl::unexpected(member.error());
    if (!answered) snapshot_.offset = member->offset;
    if (!answered) snapshot_.length = member->length;
    out_.entries.captures.push_back({.record = snapshot_, .first = 0, .metadata = member->offset});
    return {};
  }

  Headers wire_fields(const Hop& hop) const {
    Headers fields;
    const std::string address = bare_address(hop.remote_address);
    if (!address.empty()) fields.push_back({"WARC-IP-Address", address});
    if (!hop.protocol.empty()) fields.push_back({"WARC-Protocol", hop.protocol});
    if (hop.tls) {
      const std::string protocol = tls_protocol(*hop.tls);
      if (!protocol.empty()) fields.push_back({"WARC-Protocol", protocol});
      if (!hop.tls->cipher.empty()) fields.push_back({"WARC-Cipher-Suite", hop.tls->cipher});
    }
    return fields;
  }

  Timestamp date_of(const Hop& hop) const {
    return hop.started_at == Timestamp() ? exchange_.started_at : hop.started_at;
  }

  // `hop` is the one that the reader will see: the original's where the server said 304.
  void note_answer(const Hop& hop, const WrittenMember& member, std::string payload_sha256,
                   std::uint64_t payload_bytes) {
    snapshot_.id = records_.back().response_id;
    snapshot_.offset = member.offset;
    snapshot_.length = member.length;
    snapshot_.sha256 = std::move(payload_sha256);
    snapshot_.bytes = payload_bytes;
    snapshot_.media_type = parse_content_type(header_value(hop.headers, "Content-Type")).media_type;
    snapshot_.status = hop.status;
  }

  const Exchange& exchange_;
  const CaptureContext& context_;
  EncodedCapture out_;
  SnapshotRecord snapshot_;
  std::vector<HopRecords> records_;
};

}  // namespace

Result<EncodedCapture> encode_capture(const Exchange& exchange, const CaptureContext& context) {
  return CaptureWriter(exchange, context).write();
}

}  // namespace loccit
