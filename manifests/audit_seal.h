// Who closed the bundle, and when: four claims, each with its own line.
#pragma once

#include <optional>

#include "manifests/audit_line.h"
#include "manifests/bundle_reader.h"
#include "manifests/certificates.h"

namespace loccit {

struct SealLines {
  AuditLine signature{.id = "signature"};  // these words were signed by the holder of that key
  AuditLine signer_trusted{.id =
                               "signer_trusted"};  // and one of the roots given vouches for the key
  AuditLine time{.id = "time"};  // the signature existed at that moment, if the authority is honest
  AuditLine authority_trusted{.id = "authority_trusted"};
  std::string signer_public_key;  // SubjectPublicKeyInfo, DER; empty where no signature holds
};

// `trust`: nullopt where the user named no roots; then trust stays unknown. `now` judges a
// certificate only where no trusted timestamp does.
SealLines check_seal(const Bundle& bundle, const std::optional<TrustAnchors>& trust, Timestamp now);

}  // namespace loccit
