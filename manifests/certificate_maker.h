// A certificate for a key of one's own, where no authority is at hand.
#pragma once

#include <span>
#include <string>

#include "base/timestamp.h"
#include "manifests/certificates.h"
#include "manifests/signature.h"

namespace loccit {

// Self-signed, CN and DNS name `host`, for digital signatures. Valid from an hour before `now`
// (clocks differ) for `days`. `more_hosts` are further DNS names.
Result<Certificate> self_signed_certificate(const SigningKey& key, const std::string& host,
                                            Timestamp now, int days,
                                            std::span<const std::string> more_hosts = {});

}  // namespace loccit
