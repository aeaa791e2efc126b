#include "manifests/bundle_signer.h"

#include <algorithm>

#include "base/base64.h"
#include "base/digest.h"
#include "manifests/timestamp_client.h"
#include "manifests/timestamp_token.h"

namespace loccit {
namespace {

// Leaf first, each followed by the one that issued it, as far as the token holds them.
std::vector<Certificate> in_chain_order(std::vector<Certificate> certificates) {
  for (std::size_t i = 0; i + 1 < certificates.size(); ++i) {
    const auto next =
        std::find_if(certificates.begin() + static_cast<std::ptrdiff_t>(i) + 1, certificates.end(),
                     [&](const Certificate& c) { return c.subject == certificates[i].issuer; });
    if (next == certificates.end()) break;
    std::iter_swap(certificates.begin() + static_cast<std::ptrdiff_t>(i) + 1, next);
  }
  return certificates;
}

Result<DigestFile> sign(const std::string& datapackage, const SealingIdentity& identity,
                        const std::string& created, const std::string& software) {
  SignedData data;
  data.hash = label(sha256(datapackage));
  data.created = created;
  data.software = software;
  data.version = wacz_auth_version;
  const bool anonymous = identity.chain.empty();
  const auto signature =
      identity.key.sign(data.hash, anonymous ? SignatureForm::raw : SignatureForm::der);
  if (!signature) return tl::unexpected(signature.error());
  data.signature = to_base64(*signature);
  if (anonymous) {
    data.public_key = to_base64(identity.key.public_key());
  } else {
    data.domain = vouched_name(identity.chain.front());
    data.domain_cert = write_certificates(identity.chain);
  }
  DigestFile file;
  file.hash = data.hash;
  file.signed_data = std::move(data);
  return file;
}

}  // namespace

Result<void> check_identity(const SealingIdentity& identity, Timestamp now) {
  if (identity.chain.empty()) return {};
  const Certificate& leaf = identity.chain.front();
  if (leaf.public_key != identity.key.public_key()) {
    return fail(FailureKind::conflict, "the certificate for \"" + leaf.subject +
                                           "\" belongs to another key than the one given");
  }
  if (now < leaf.not_before || now > leaf.not_after) {
    return fail(FailureKind::refused, "the certificate for \"" + leaf.subject +
                                          "\" is valid from " + to_iso8601(leaf.not_before) +
                                          " to " + to_iso8601(leaf.not_after) +
                                          ", not now: nobody would accept what it signs");
  }
  if (vouched_name(leaf).empty())
    return fail(FailureKind::unsupported,
                "the certificate names neither a host nor anything else to sign for");
  return check_links(identity.chain);
}

Json signer_binding(const SealingIdentity& identity) {
  Json out = Json::object({{"spki_sha256", to_hex(sha256(identity.key.public_key()))}});
  if (!identity.chain.empty()) {
    out.set("certificate_sha256", to_hex(identity.chain.front().fingerprint));
    out.set("chain_sha256", to_hex(sha256(write_certificates(identity.chain))));
  } else if (identity.throwaway) {
    out.set("throwaway", true);
  }
  return out;
}

Result<SignedPackage> sign_package(const std::function<std::string(bool timed)>& datapackage,
                                   const SealingIdentity& identity, const std::string& created,
                                   const std::string& software) {
  SignedPackage out;
  if (!identity.authorities.empty()) {
    out.datapackage = datapackage(true);
    auto file = sign(out.datapackage, identity, created, software);
    if (!file) return tl::unexpected(file.error());
    const auto answer = ask_for_timestamp(file->signed_data->signature, identity.authorities);
    if (answer) {
      const auto facts = read_timestamp(answer->response);
      if (!facts) return tl::unexpected(facts.error());
      file->signed_data->time_signature = to_base64(answer->response);
      file->signed_data->timestamp_cert = write_certificates(in_chain_order(facts->certificates));
      out.digest = write_digest_file(*file);
      out.note = {answer->authority, facts->time, "", ""};
      return out;
    }
    if (identity.untimed == Untimed::refused) {
      return fail(
          answer.error().kind,
          answer.error().message + "; seal later, or without a timestamp by --allow-untimed");
    }
    out.note.why_untimed = answer.error().message;
  }
  out.datapackage = datapackage(false);
  const auto file = sign(out.datapackage, identity, created, software);
  if (!file) return tl::unexpected(file.error());
  out.digest = write_digest_file(*file);
  return out;
}

}  // namespace loccit
