// What the files on timestamps share beneath their door.
#pragma once

#include "manifests/openssl_objects_handles.h"
#include "manifests/timestamp_token.h"

namespace loccit {

inline void sk_X509_free_shell(STACK_OF(X509) * stack) {
  sk_X509_free(stack);
}  // the certificates belong to another

// A TimeStampResp, or one made around a bare token; nullptr for anything else, or without a token.
TimestampResponse parse_timestamp(Bytes response);

Result<void> check_timestamp(const TimestampResponse& response, Bytes message,
                             std::span<const Certificate> others,
                             std::span<const Certificate> anchors, Timestamp at);

}  // namespace loccit
