// AWS Signature Version 4, as S3 stores of every make ask for it ("Authenticating Requests: Using
// the Authorization Header", Amazon S3 API reference). Pure: the clock is passed in.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http_message.h"
#include "base/timestamp.h"

namespace loccit {

struct AwsCredentials {
  std::string access_key, secret_key;
  std::string session_token;  // of temporary credentials; empty: none
};

struct AwsRequest {
  std::string method;
  std::string host;  // with its port, as the Host header has it
  std::string path;  // percent-encoded, but for "/"
  std::vector<std::pair<std::string, std::string>> query;  // not encoded
  Headers headers;                                         // signed with the rest
  std::string payload_sha256;                              // hex
};

// The headers to send besides those of the request: Authorization, x-amz-date, …
Headers sign_aws(const AwsRequest& request, const AwsCredentials& credentials,
                 std::string_view region, Timestamp now);

// "a=b&c=d", sorted and encoded: what is signed is what must be sent.
std::string aws_query(std::vector<std::pair<std::string, std::string>> query);

}  // namespace loccit
