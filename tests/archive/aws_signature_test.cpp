// The examples that Amazon gives in "Authenticating Requests: Using the Authorization Header".
#include "archive/aws_signature.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/percent_encoding.h"

namespace loccit {
namespace {

const AwsCredentials credentials = {"AKIAIOSFODNN7EXAMPLE",
                                    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""};
const Timestamp moment = *from_iso8601("2013-05-24T00:00:00Z");
const std::string nothing = to_hex(sha256(Bytes()));

std::string signature(const AwsRequest& request) {
  const Headers headers = sign_aws(request, credentials, "us-east-1", moment);
  const std::string_view value = header_value(headers, "Authorization");
  return std::string(value.substr(value.rfind('=') + 1));
}

AwsRequest get(std::string path) {
  return {"GET", "examplebucket.s3.amazonaws.com", std::move(path), {}, {}, nothing};
}

TEST(AwsSignature, SignsARangedGet) {
  AwsRequest request = get("/test.txt");
  request.headers = {{"Range", "bytes=0-9"}};
  EXPECT_EQ(signature(request), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(AwsSignature, SignsAPutWithAnOddKey) {
  AwsRequest request = get("/" + percent_encoded("test$file.text", "/"));
  request.method = "PUT";
  request.headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                     {"x-amz-storage-class", "REDUCED_REDUNDANCY"}};
  request.payload_sha256 = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
  EXPECT_EQ(signature(request), "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(AwsSignature, SignsAQueryWithoutAValue) {
  AwsRequest request = get("/");
  request.query = {{"lifecycle", ""}};
  EXPECT_EQ(signature(request), "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST(AwsSignature, SignsAQueryInItsOwnOrder) {
  AwsRequest request = get("/");
  request.query = {{"prefix", "J"}, {"max-keys", "2"}};
  EXPECT_EQ(signature(request), "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(AwsSignature, SendsTheTokenOfTemporaryCredentials) {
  AwsCredentials temporary = credentials;
  temporary.session_token = "token";
  const Headers headers = sign_aws(get("/"), temporary, "us-east-1", moment);
  EXPECT_EQ(header_value(headers, "x-amz-security-token"), "token");
  EXPECT_NE(header_value(headers, "Authorization").find(";x-amz-security-token,"),
            std::string_view::npos);
}

}  // namespace
}  // namespace loccit
