#include "archive/warc_verify.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "archive/warc_format.h"
#include "base/chunked_stream.h"
#include "base/digest.h"

namespace loccit {
namespace {

constexpr std::size_t most_faults = 100;

void add(std::vector<std::string>& list, std::string words) {
  if (list.size() < most_faults) list.push_back(std::move(words));
}

// The payload's digest both ways at once: as the specification has it (§6.3.2, transfer coding
// undone), and over the bytes as framed, which wget, Scoop, wpull and older Heritrix take for it.
class PayloadCheck {
 public:
  PayloadCheck(std::string_view label, bool http, std::size_t max_head)
      : unframed_(LabelCheck::create(label)),
        framed_(LabelCheck::create(label)),
        max_head_(max_head),
        in_head_(http) {}

  bool possible() const { return unframed_.has_value(); }

  void update(Bytes piece) {
    if (in_head_) piece = skip_head(piece);
    if (piece.empty()) return;
    framed_->update(piece);
    if (!chunked_) return unframed_->update(piece);
    sound_ = sound_ && framing_.feed(piece, [this](Bytes content) { unframed_->update(content); });
  }

  enum class Outcome { matches, matches_framed, differs };
  Outcome finish() {
    const bool undone = chunked_ && sound_ && framing_.complete();
    if (undone && unframed_->matches()) return Outcome::matches;
    // A body that is not chunked, though its header says so, is as many tools store it: decoded.
    const bool raw_is_right = !chunked_ || !sound_ || !framing_.complete();
    if (framed_->matches()) return raw_is_right ? Outcome::matches : Outcome::matches_framed;
    return Outcome::differs;
  }

 private:
  Bytes skip_head(Bytes piece) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      head_.push_back(piece[i]);
      if (piece[i] != '\n') continue;
      const std::string_view line = std::string_view(head_).substr(line_at_);
      line_at_ = head_.size();
      if (line != "\r\n" && line != "\n") continue;
      in_head_ = false;
      if (const auto head = parse_response_head(head_)) {
        std::string coding(header_value(head->headers, "Transfer-Encoding"));
        std::transform(coding.begin(), coding.end(), coding.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        chunked_ = coding.find("chunked") != std::string::npos;
      }
      return piece.substr(i + 1);
    }
    if (head_.size() > max_head_) in_head_ = false;
    return {};
  }

  std::optional<LabelCheck> unframed_, framed_;
  ChunkedStream framing_;
  std::string head_;
  std::size_t line_at_ = 0, max_head_;
  bool in_head_, chunked_ = false, sound_ = true;
};

class Verifier {
 public:
  Verifier(const WarcLimits& limits, WarcCheck& out) : limits_(limits), out_(out) {}

  Result<void> check(WarcReader& reader, const WarcRecord& record) {
    const std::string block_label(record.field("WARC-Block-Digest"));
    const std::string payload_label(record.field("WARC-Payload-Digest"));
    const std::string where = reader.source().name() + ", byte " + std::to_string(record.offset) +
                              ": the " + record.type + " record " +
                              (record.target_uri.empty() ? record.id : "of " + record.target_uri);
    auto block = LabelCheck::create(block_label);
    std::optional<PayloadCheck> payload;
    // A revisit names the payload of the record that it refers to.
    if (!payload_label.empty() && record.type != warc::revisit) {
      const bool http =
          parse_content_type(record.field("Content-Type")).media_type == "application/http";
      payload.emplace(payload_label, http, limits_.max_header);
    }
    if ((!block_label.empty() && !block) || (payload && !payload->possible())) {
      add(out_.remarks, where + " states a digest that cannot be checked here");
    }
    if (payload && !payload->possible()) payload.reset();
    for (;;) {
      const auto piece = reader.read_some();
      if (!piece) return tl::unexpected(piece.error());
      if (piece->empty()) break;
      if (block) block->update(*piece);
      if (payload) payload->update(*piece);
    }
    bool broken = false;
    if (block)
      broken = conclude(block->matches(),
                        where + " does not match its block digest: it was damaged or changed");
    if (payload) {
      const auto outcome = payload->finish();
      broken |= conclude(outcome != PayloadCheck::Outcome::differs,
                         where + " does not match its payload digest: it was damaged or changed");
      if (outcome == PayloadCheck::Outcome::matches_framed) {
        add(out_.remarks, where +
                              " has a payload digest over the chunked framing, as wget, Scoop and "
                              "wpull compute it");
      }
    }
    if (broken) out_.broken.push_back(out_.whole_records);
    ++out_.whole_records;
    return {};
  }

 private:
  bool conclude(bool matches, std::string fault) {
    ++out_.digests;
    if (!matches) add(out_.faults, std::move(fault));
    return !matches;
  }

  const WarcLimits& limits_;
  WarcCheck& out_;
};

}  // namespace

WarcCheck verify_warc(const ByteSource& source, const RecordSink& sink, const WarcLimits& limits) {
  WarcCheck out;
  auto reader = WarcReader::open(source, 0, limits);
  if (!reader) {
    add(out.faults, reader.error().message);
    return out;
  }
  Verifier verifier(limits, out);
  for (;;) {
    const auto record = reader->next();
    if (!record) {
      add(out.faults, record.error().message);
      return out;
    }
    if (!*record) return out;
    ++out.records;
    if (sink) sink(**record);
    if (auto checked = verifier.check(*reader, **record); !checked) {
      add(out.faults, checked.error().message);
      return out;
    }
  }
}

}  // namespace loccit
