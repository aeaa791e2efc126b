#include "archive/aws_signature.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/percent_encoding.h"

namespace loccit {
namespace {

using ascii::lower;

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view service = "s3";

std::string hmac(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  const auto* made =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), out.data(), &size);
  if (made == nullptr) throw std::runtime_error("HMAC-SHA256 failed");
  return {reinterpret_cast<const char*>(out.data()), size};
}

// "20130524T000000Z"
std::string basic_time(Timestamp now) {
  const std::string digits = to_digits14(now);
  return digits.substr(0, 8) + "T" + digits.substr(8) + "Z";
}

}  // namespace

std::string aws_query(std::vector<std::pair<std::string, std::string>> query) {
  for (auto& [name, value] : query) {
    name = percent_encoded(name);
    value = percent_encoded(value);
  }
  std::sort(query.begin(), query.end());
  std::string out;
  for (const auto& [name, value] : query) out += (out.empty() ? "" : "&") + name + "=" + value;
  return out;
}

Headers sign_aws(const AwsRequest& request, const AwsCredentials& credentials,
                 std::string_view region, Timestamp now) {
  const std::string time = basic_time(now);
  const std::string day = time.substr(0, 8);
  Headers added = {{"x-amz-content-sha256", request.payload_sha256}, {"x-amz-date", time}};
  if (!credentials.session_token.empty())
    added.push_back({"x-amz-security-token", credentials.session_token});

  std::vector<std::pair<std::string, std::string>> all = {{"host", request.host}};
  for (const Headers* headers : {&request.headers, &std::as_const(added)}) {
    for (const Header& header : *headers) all.emplace_back(lower(header.name), header.value);
  }
  std::sort(all.begin(), all.end());
  std::string canonical_headers, names;
  for (const auto& [name, value] : all) {
    canonical_headers += name + ":" + value + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  const std::string canonical = request.method + "\n" + request.path + "\n" +
                                aws_query(request.query) + "\n" + canonical_headers + "\n" + names +
                                "\n" + request.payload_sha256;
  const std::string scope =
      day + "/" + std::string(region) + "/" + std::string(service) + "/aws4_request";
  const std::string to_sign =
      std::string(algorithm) + "\n" + time + "\n" + scope + "\n" + to_hex(sha256(canonical));
  const std::string key =
      hmac(hmac(hmac(hmac("AWS4" + credentials.secret_key, day), region), service), "aws4_request");
  added.push_back({"Authorization", std::string(algorithm) +
                                        " Credential=" + credentials.access_key + "/" + scope +
                                        ",SignedHeaders=" + names +
                                        ",Signature=" + to_hex(Bytes(hmac(key, to_sign)))});
  return added;
}

}  // namespace loccit
