// SHA-256 everywhere; SHA-1 only to read what others wrote (WARC 1.1 §5.8: "algorithm:value"
// labels).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace loccit {

struct Sha256 {
  std::array<std::uint8_t, 32> value{};
  auto operator<=>(const Sha256&) const = default;
};

Sha256 sha256(Bytes bytes);
std::string to_hex(const Sha256& digest);
Sha256 hmac_sha256(Bytes key, Bytes message);  // RFC 2104
std::string to_hex(Bytes bytes);
std::optional<Sha256> sha256_from_hex(std::string_view hex);  // 64 digits, either case

// "sha256:<lower-case hex>", the form loccit writes.
std::string label(const Sha256& digest);

// SHA-256 of a stream of chunks. finish() may be called once.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void update(Bytes bytes);
  Sha256 finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Checks `bytes` against a label as found in the wild: "sha1:BASE32", "sha256:hex", "SHA-256:…",
// "md5:…" in hex or base32 (told apart by length). nullopt where the label is of no algorithm we
// know or cannot be decoded.
std::optional<bool> matches_label(Bytes bytes, std::string_view digest_label);

// The same for bytes that stream by. create() gives nullopt where matches_label() would. matches()
// may be called once.
class LabelCheck {
 public:
  static std::optional<LabelCheck> create(std::string_view digest_label);
  ~LabelCheck();
  LabelCheck(LabelCheck&&) noexcept;
  LabelCheck& operator=(LabelCheck&&) noexcept;
  void update(Bytes bytes);
  bool matches();

 private:
  struct State;
  explicit LabelCheck(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
