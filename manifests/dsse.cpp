#include "manifests/dsse.h"

#include "base/base64.h"
#include "base/digest.h"
#include "base/json.h"

namespace loccit {
namespace {

tl::unexpected<Failure> bad(const std::string& what) {
  return fail(FailureKind::malformed, "the DSSE envelope " + what);
}

Result<std::string> text_member(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  if (value == nullptr || value->as_string() == nullptr)
    return bad("has no string \"" + std::string(name) + "\"");
  return *value->as_string();
}

Result<std::string> decoded(const std::string& base64, const char* what) {
  auto bytes = from_base64(base64);
  if (!bytes) return bad("has a " + std::string(what) + " that is not canonical base64");
  return *std::move(bytes);
}

}  // namespace

std::string pre_authentication_encoding(std::string_view payload_type, Bytes payload) {
  return "DSSEv1 " + std::to_string(payload_type.size()) + " " + std::string(payload_type) + " " +
         std::to_string(payload.size()) + " " + std::string(payload);
}

Result<std::string> seal_envelope(std::string_view payload_type, Bytes payload,
                                  const SigningKey& key) {
  auto signature = key.sign(pre_authentication_encoding(payload_type, payload), SignatureForm::der);
  if (!signature) return signature;
  Json one =
      Json::object({{"keyid", to_hex(sha256(key.public_key()))}, {"sig", to_base64(*signature)}});
  Json signatures = Json::array();
  signatures.push(std::move(one));
  return write_json(Json::object({{"payloadType", payload_type},
                                  {"payload", to_base64(payload)},
                                  {"signatures", std::move(signatures)}}),
                    JsonStyle::pretty);
}

Result<Envelope> read_envelope(Bytes text) {
  const auto json = parse_json(text, {.max_depth = 8});
  if (!json) return bad("is no JSON: " + json.error().message);
  Envelope out;
  const auto type = text_member(*json, "payloadType");
  if (!type) return tl::unexpected(type.error());
  const auto payload = text_member(*json, "payload").and_then([](const std::string& t) {
    return decoded(t, "payload");
  });
  if (!payload) return tl::unexpected(payload.error());
  const Json* signatures = json->find("signatures");
  if (signatures == nullptr || signatures->as_array() == nullptr ||
      signatures->as_array()->size() != 1)
    return bad("has not exactly one signature");
  const Json& one = signatures->as_array()->front();
  const auto signature = text_member(one, "sig").and_then([](const std::string& t) {
    return decoded(t, "signature");
  });
  if (!signature) return tl::unexpected(signature.error());
  return Envelope{*type, *payload, text_member(one, "keyid").value_or(""), *signature};
}

Result<void> verify_envelope(const Envelope& envelope, Bytes public_key) {
  return verify_signature(public_key,
                          pre_authentication_encoding(envelope.payload_type, envelope.payload),
                          envelope.signature, SignatureForm::der);
}

}  // namespace loccit
