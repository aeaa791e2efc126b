// The XML that S3 stores answer with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/s3_client.h"
#include "base/result.h"

namespace loccit {

// What the first element of that name holds as text; "" where there is none or it is no XML.
std::string s3_text_of(std::string_view xml, std::string_view element);

struct S3Listing {
  std::vector<S3Object> objects;
  std::string next;  // continuation token; empty: that is all
};
Result<S3Listing> read_s3_listing(std::string_view xml);  // of ListObjectsV2, keys URL-encoded

}  // namespace loccit
