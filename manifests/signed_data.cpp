#include "manifests/signed_data.h"

#include <algorithm>
#include <array>

#include "base/json.h"

namespace loccit {
namespace {

constexpr std::size_t max_digest_file =
    1U << 20U;  // two chains of certificates and a token have some 30 KB

constexpr std::array<std::string_view, 11> known_names = {
    "hash",   "created",    "software",        "version",       "signature",    "publicKey",
    "domain", "domainCert", "crossSignedCert", "timeSignature", "timestampCert"};

tl::unexpected<Failure> bad(const std::string& what) {
  return fail(FailureKind::malformed, "datapackage-digest.json: " + what);
}

// Absent, or null as some services write what they do not have.
Result<std::optional<std::string>> optional_text(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const std::string* text = value->as_string();
  if (text == nullptr) return bad("\"" + std::string(name) + "\" must be a string");
  return *text;
}

Result<void> take(const Json& object, std::string_view name, std::string& target) {
  auto text = optional_text(object, name);
  if (!text) return tl::unexpected(text.error());
  if (!*text) return bad("\"" + std::string(name) + "\" is missing");
  target = **std::move(text);
  return {};
}

Result<void> take(const Json& object, std::string_view name, std::optional<std::string>& target) {
  auto text = optional_text(object, name);
  if (!text) return tl::unexpected(text.error());
  target = *std::move(text);
  return {};
}

Result<SignedData> read_signed_data(const Json& json, std::vector<std::string>& oddities) {
  if (json.as_object() == nullptr) return bad("\"signedData\" must be an object");
  SignedData out;
  std::optional<std::string> created, software, version;
  for (auto read : {take(json, "hash", out.hash), take(json, "signature", out.signature),
                    take(json, "created", created), take(json, "software", software),
                    take(json, "version", version), take(json, "publicKey", out.public_key),
                    take(json, "domain", out.domain), take(json, "domainCert", out.domain_cert),
                    take(json, "crossSignedCert", out.cross_signed_cert),
                    take(json, "timeSignature", out.time_signature),
                    take(json, "timestampCert", out.timestamp_cert)}) {
    if (!read) return tl::unexpected(read.error());
  }
  out.created = created.value_or("");
  out.software = software.value_or("");
  out.version = version.value_or("");
  if (!created) oddities.emplace_back("signedData gives no time of creation");
  for (const auto& [name, value] : *json.as_object()) {
    if (std::find(known_names.begin(), known_names.end(), name) == known_names.end()) {
      oddities.push_back("signedData holds \"" + name + "\", which no specification knows");
    }
  }
  return out;
}

}  // namespace

std::string write_digest_file(const DigestFile& file) {
  Json json = Json::object({{"path", file.path}, {"hash", file.hash}});
  if (file.signed_data) {
    const SignedData& data = *file.signed_data;
    Json inner = Json::object({{"hash", data.hash},
                               {"created", data.created},
                               {"software", data.software},
                               {"version", data.version},
                               {"signature", data.signature}});
    const auto add = [&](const char* name, const std::optional<std::string>& value) {
      if (value) inner.set(name, *value);
    };
    add("publicKey", data.public_key);
    add("domain", data.domain);
    add("domainCert", data.domain_cert);
    add("crossSignedCert", data.cross_signed_cert);
    add("timeSignature", data.time_signature);
    add("timestampCert", data.timestamp_cert);
    json.set("signedData", std::move(inner));
  }
  return write_json(json, JsonStyle::pretty);
}

Result<DigestFile> read_digest_file(Bytes text) {
  const auto json = parse_json(text, {.max_bytes = max_digest_file, .max_depth = 8});
  if (!json) return bad(json.error().message);
  if (json->as_object() == nullptr) return bad("must be an object");
  DigestFile out;
  for (auto read : {take(*json, "path", out.path), take(*json, "hash", out.hash)}) {
    if (!read) return tl::unexpected(read.error());
  }
  if (out.path != "datapackage.json")
    return bad("speaks of \"" + out.path + "\", not of datapackage.json");
  for (const auto& [name, value] : *json->as_object()) {
    if (name != "path" && name != "hash" && name != "signedData") {
      out.oddities.push_back("it holds \"" + name + "\", which no specification knows");
    }
  }
  if (const Json* inner = json->find("signedData"); inner != nullptr && !inner->is_null()) {
    auto data = read_signed_data(*inner, out.oddities);
    if (!data) return tl::unexpected(data.error());
    out.signed_data = *std::move(data);
  }
  return out;
}

}  // namespace loccit
