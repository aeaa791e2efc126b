#include "base/inflate.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "base/inflate_stream.h"

namespace loccit {
namespace {

constexpr std::size_t max_codings = 5;  // as curl; nobody honest stacks more than two
constexpr std::size_t ratio_free =
    1U << 20U;  // bytes.h: the ratio counts past the first mebibyte of output

struct NamedCoding {
  std::string_view name;
  Coding coding;
};
// RFC 9110 §8.4.1, RFC 7932, RFC 8878.
constexpr std::array<NamedCoding, 5> known_codings{{{"gzip", Coding::gzip},
                                                    {"x-gzip", Coding::gzip},
                                                    {"deflate", Coding::zlib},
                                                    {"br", Coding::brotli},
                                                    {"zstd", Coding::zstd}}};

// The tokens in the order applied; "identity" and empty list members say nothing.
std::vector<std::string> coding_names(std::string_view header) {
  std::vector<std::string> names(1);
  for (const char c : header) {
    if (c == ',') {
      names.emplace_back();
    } else if (c != ' ' && c != '\t') {
      names.back().push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  std::erase_if(names, [](const std::string& name) { return name.empty() || name == "identity"; });
  return names;
}

// RFC 9110 §8.4.1.2: "deflate" is the zlib format, but some servers send bare deflate data. A zlib
// header is a multiple of 31 with method 8 (RFC 1950 §2.2).
bool has_zlib_header(Bytes bytes) {
  if (bytes.size() < 2) return false;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  return (first & 0x0FU) == 8 && (first * 256U + second) % 31U == 0;
}

bool another_member_follows(Coding coding, Bytes rest) {
  if (coding == Coding::gzip) return rest.substr(0, 2) == "\x1f\x8b";
  if (coding == Coding::zstd) return rest.size() >= 4 && rest.substr(1, 3) == "\xb5\x2f\xfd";
  return false;
}

// Everything after the last whole member is ignored, as browsers do. What came out stays in `out`
// also on failure.
Result<void> decode_one(Bytes bytes, std::string_view name, Coding coding, const ReadLimits& limits,
                        std::string& out) {
  if (bytes.empty()) return {};  // servers label empty bodies too
  if (coding == Coding::zlib && !has_zlib_header(bytes)) coding = Coding::raw_deflate;
  const std::size_t ratio = std::max<std::size_t>(limits.max_ratio, 1);
  const std::size_t by_ratio =
      bytes.size() > limits.max_output / ratio ? limits.max_output : bytes.size() * ratio;
  const std::size_t most = std::min(limits.max_output, std::max(by_ratio, ratio_free));
  InflateStream stream(coding);
  std::string buffer(1U << 16U, '\0');
  for (std::size_t at = 0;;) {
    const auto step = stream.step(bytes.substr(at), buffer.data(), buffer.size());
    at += step.taken;
    out.append(buffer, 0, step.given);
    const auto complain = [&](FailureKind kind, std::string_view what) {
      return fail(kind, "the " + std::string(name) + " data " + std::string(what), at);
    };
    if (out.size() > most) {
      out.resize(most);
      return complain(FailureKind::too_large,
                      "expands past the limit of " + std::to_string(most) + " bytes");
    }
    if (step.state == InflateStream::State::broken) {
      return complain(FailureKind::malformed, std::string("is broken: ") + step.what);
    }
    if (step.state == InflateStream::State::finished) {
      if (!another_member_follows(coding, bytes.substr(at))) return {};
      stream.reset();
    } else if (step.taken == 0 && step.given == 0) {
      return complain(FailureKind::malformed, "breaks off before its end");
    }
  }
}

}  // namespace

Result<std::string> decode_content(Bytes bytes, std::string_view content_encoding,
                                   const ReadLimits& limits, std::string* decoded_so_far) {
  if (decoded_so_far != nullptr) decoded_so_far->clear();
  std::vector<std::string> names = coding_names(content_encoding);
  if (names.size() > max_codings) {
    return fail(FailureKind::too_large,
                "the content is encoded " + std::to_string(names.size()) + " times over");
  }
  std::string current;
  bool first = true;
  for (; !names.empty(); names.pop_back(), first = false) {
    const std::string& name = names.back();
    const auto known = std::find_if(known_codings.begin(), known_codings.end(),
                                    [&](const NamedCoding& coding) { return coding.name == name; });
    if (known == known_codings.end()) {
      return fail(FailureKind::unsupported,
                  "the content coding \"" + name + "\" is none that loccit reads");
    }
    std::string decoded;
    const auto done =
        decode_one(first ? bytes : Bytes(current), name, known->coding, limits, decoded);
    if (!done) {
      // Bytes that still wear another coding are of no use to a reader.
      if (decoded_so_far != nullptr && names.size() == 1) *decoded_so_far = std::move(decoded);
      return tl::unexpected(done.error());
    }
    current = std::move(decoded);
  }
  if (first) current.assign(bytes);
  if (decoded_so_far != nullptr) *decoded_so_far = current;
  return current;
}

}  // namespace loccit
