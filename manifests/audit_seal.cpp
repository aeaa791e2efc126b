#include "manifests/audit_seal.h"

#include <algorithm>

#include "base/base64.h"
#include "base/digest.h"
#include "manifests/bundle_format.h"
#include "manifests/signature.h"
#include "manifests/timestamp_token.h"

namespace loccit {
namespace {

// wacz-signing's grace and authsign's limit: a time of creation outside of these is not the time of
// sealing.
constexpr std::chrono::seconds created_after{1};
constexpr std::chrono::minutes created_before{10};

const std::string* text_at(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* at = &json;
  for (const std::string_view name : path) {
    at = at == nullptr ? nullptr : at->find(name);
  }
  return at == nullptr ? nullptr : at->as_string();
}

bool same(const std::string* text, const std::string& expected) {
  return text != nullptr && *text == expected;
}

// The signer as the bundle presents it.
struct Signer {
  std::string public_key;
  std::vector<Certificate> chain;  // empty in the anonymous form
};

Result<Signer> read_signer(const SignedData& data) {
  if (data.public_key.has_value() == data.domain_cert.has_value()) {
    return fail(FailureKind::malformed,
                "signedData must hold either a public key or a certificate");
  }
  if (data.public_key) {
    auto key = from_base64(*data.public_key);
    if (!key) return fail(FailureKind::malformed, "the public key is not canonical base64");
    return Signer{*std::move(key), {}};
  }
  auto chain = read_certificates(*data.domain_cert);
  if (!chain)
    return tl::unexpected(Failure{chain.error().kind, "domainCert: " + chain.error().message});
  std::string key = chain->front().public_key;
  return Signer{std::move(key), *std::move(chain)};
}

void check_signature(const SignedData& data, const Signer& signer, bool by_loccit,
                     AuditLine& line) {
  const auto signature = from_base64(data.signature);
  if (!signature) return line.fail_because("the signature is not canonical base64");
  const SignatureForm usual = signer.chain.empty() ? SignatureForm::raw : SignatureForm::der;
  const SignatureForm other = signer.chain.empty() ? SignatureForm::der : SignatureForm::raw;
  const auto holds = verify_signature(signer.public_key, data.hash, *signature, usual);
  if (holds) return;
  if (!by_loccit && verify_signature(signer.public_key, data.hash, *signature, other)) {
    line.remarks.emplace_back(
        "the signature has the encoding that belongs to the other form of signedData");
    return;
  }
  line.fail_because(holds.error().message);
}

bool vouches_for(const Certificate& certificate, const std::string& domain) {
  return certificate.common_name == domain ||
         std::find(certificate.dns_names.begin(), certificate.dns_names.end(), domain) !=
             certificate.dns_names.end();
}

void check_domain(const SignedData& data, const Signer& signer, bool by_loccit, AuditLine& line) {
  const auto complain = [&](std::string what) {
    if (by_loccit) {
      line.fail_because(std::move(what));
    } else {
      line.remarks.push_back(std::move(what));
    }
  };
  if (!data.domain) {
    complain("signedData names no domain beside its certificate");
  } else if (!vouches_for(signer.chain.front(), *data.domain)) {
    line.fail_because("signedData names the domain \"" + *data.domain +
                      "\", its certificate is for \"" + vouched_name(signer.chain.front()) + "\"");
  }
  if (auto whole = check_links(signer.chain); !whole)
    complain("the certificate chain does not hang together: " + whole.error().message);
  if (data.cross_signed_cert) {
    const auto cross = read_certificates(*data.cross_signed_cert);
    const bool of_a_member =
        cross && std::any_of(signer.chain.begin(), signer.chain.end(), [&](const Certificate& c) {
          return c.public_key == cross->front().public_key;
        });
    if (!of_a_member) complain("crossSignedCert belongs to no certificate of the chain");
  }
}

// What is signed says who signs: so neither the signature can be taken away, nor another
// certificate for the same key be put in, nor the texts beside the signature be edited.
void check_bindings(const Bundle& bundle, const SignedData& data, const Signer& signer,
                    AuditLine& line) {
  const Json& package = bundle.datapackage;
  const auto complain = [&](const std::string& what) {
    if (bundle.by_loccit) {
      line.fail_because(what);
    } else {
      line.remarks.push_back(what);
    }
  };
  const std::string* created = text_at(package, {"created"});
  if (!data.created.empty() && !same(created, data.created)) {
    complain("signedData says created " + data.created + ", datapackage.json says " +
             (created == nullptr ? "nothing" : *created));
  }
  if (!data.version.empty() && data.version != wacz_auth_version)
    complain("signedData follows the unknown version \"" + data.version + "\"");
  if (!bundle.by_loccit) {
    line.remarks.emplace_back(
        "the signature covers the hash of datapackage.json alone: the software and version named "
        "beside it are anybody's word");
    return;
  }
  if (!same(text_at(package, {"software"}), data.software))
    line.fail_because("signedData names another software than datapackage.json");
  if (!same(text_at(package, {"loccit", "signer", "spki_sha256"}),
            to_hex(sha256(signer.public_key)))) {
    line.fail_because("signed with another key than datapackage.json names");
  }
  const std::string* chain = text_at(package, {"loccit", "signer", "chain_sha256"});
  if (signer.chain.empty() ? chain != nullptr : !same(chain, to_hex(sha256(*data.domain_cert)))) {
    line.fail_because("the certificate chain is not the one that datapackage.json names");
  }
}

void describe(const SignedData& data, const Signer& signer, AuditLine& line) {
  line.facts.set("form", signer.chain.empty() ? "anonymous" : "domain");
  line.facts.set("public_key_sha256", to_hex(sha256(signer.public_key)));
  if (!signer.chain.empty()) {
    line.facts.set("subject", signer.chain.front().subject);
    line.facts.set("not_before", to_iso8601(signer.chain.front().not_before));
    line.facts.set("not_after", to_iso8601(signer.chain.front().not_after));
  }
  if (data.domain) line.facts.set("domain", *data.domain);
  if (!data.created.empty()) line.facts.set("created", data.created);
  if (!data.software.empty()) line.facts.set("software", data.software);
}

void check_created(const SignedData& data, const TimestampFacts& facts, AuditLine& line) {
  if (data.created.empty()) return;
  const auto created = from_iso8601(data.created);
  if (!created)
    return line.fail_because("the time of creation \"" + data.created + "\" is no time");
  if (*created > facts.time + created_after + facts.accuracy.value_or(std::chrono::seconds{0})) {
    line.fail_because("created at " + data.created + ", after the timestamp of " +
                      to_iso8601(facts.time));
  } else if (*created < facts.time - created_before) {
    line.fail_because("created at " + data.created +
                      ", more than ten minutes before the timestamp of " + to_iso8601(facts.time));
  }
}

// CMS leaves a token's certificates and algorithm names unsigned: loccit demands its own spelling
// of them.
void check_own_token(const std::string& response, const TimestampFacts& facts,
                     std::span<const Certificate> beside, AuditLine& line) {
  if (auto plain = check_plain_form(response); !plain) line.fail_because(plain.error().message);
  const auto held = [](std::span<const Certificate> list, const Certificate& wanted) {
    return std::any_of(list.begin(), list.end(),
                       [&](const Certificate& c) { return c.fingerprint == wanted.fingerprint; });
  };
  const bool same_set = facts.certificates.size() == beside.size() &&
                        std::all_of(beside.begin(), beside.end(), [&](const Certificate& c) {
                          return held(facts.certificates, c);
                        });
  if (!same_set)
    line.fail_because("timestampCert does not hold the certificates that the timestamp holds");
  if (auto whole = check_links(beside); !whole)
    line.fail_because("timestampCert: " + whole.error().message);
}

void describe(const TimestampFacts& facts, AuditLine& line) {
  line.facts.set("time", to_iso8601_micros(facts.time));
  line.facts.set("time_as_written", facts.time_text);
  if (facts.accuracy)
    line.facts.set("accuracy_seconds", static_cast<double>(facts.accuracy->count()) / 1e6);
  line.facts.set("policy", facts.policy);
  line.facts.set("serial", facts.serial);
}

// The time line, and the authority's beside it; returns the moment if it is proven by someone
// trusted.
std::optional<Timestamp> check_time(const Bundle& bundle, const SignedData& data,
                                    const std::optional<TrustAnchors>& trust, SealLines& lines) {
  const Json* timed = bundle.own().find("timed");
  const bool should_be_timed = timed != nullptr && timed->as_bool() != nullptr && *timed->as_bool();
  if (!data.time_signature) {
    lines.time.state = lines.authority_trusted.state = AuditState::absent;
    lines.time.words = "there is no timestamp: the time is the signer's word alone";
    lines.authority_trusted.words = "no authority is named";
    if (should_be_timed)
      lines.time.fail_because("datapackage.json says that there is a timestamp: it was removed");
    if (data.timestamp_cert)
      lines.time.fail_because("there is a certificate of an authority, but no timestamp");
    return std::nullopt;
  }
  const auto give_up = [&](const std::string& why) {
    lines.time.fail_because(why);
    lines.authority_trusted.fail_because("there is no sound timestamp to trust");
    return std::nullopt;
  };
  if (bundle.by_loccit && !should_be_timed)
    return give_up("datapackage.json says that there is no timestamp: one was added");
  const auto response = from_base64(*data.time_signature);
  if (!response) return give_up("the timestamp is not canonical base64");
  std::vector<Certificate> beside;
  if (data.timestamp_cert) {
    auto read = read_certificates(*data.timestamp_cert);
    if (!read) return give_up("timestampCert: " + read.error().message);
    beside = *std::move(read);
  }
  if (bundle.by_loccit && write_certificates(beside) != data.timestamp_cert.value_or("")) {
    return give_up("timestampCert is not spelled as loccit writes it");
  }
  const auto facts = read_timestamp(*response);
  if (!facts) return give_up(facts.error().message);
  if (auto holds = verify_timestamp(*response, data.signature, beside); !holds)
    return give_up(holds.error().message);
  describe(*facts, lines.time);
  check_created(data, *facts, lines.time);
  if (bundle.by_loccit) check_own_token(*response, *facts, beside, lines.time);
  lines.time.conclude("signed no later than " + to_iso8601(facts->time) + " (RFC 3161, policy " +
                      facts->policy + ")");
  const std::string authority = !facts->certificates.empty() ? facts->certificates.front().subject
                                : beside.empty()             ? ""
                                                             : beside.front().subject;
  lines.authority_trusted.facts.set("subject", authority);
  if (!trust) {
    lines.authority_trusted.words =
        "\"" + authority + "\" stamped it; give its root with --trust to know whether that counts";
    return std::nullopt;
  }
  if (auto trusted = trust_timestamp(*response, data.signature, beside, trust->certificates);
      !trusted) {
    lines.authority_trusted.fail_because(
        "\"" + authority +
        "\" is vouched for by none of the roots given: " + trusted.error().message);
    return std::nullopt;
  }
  lines.authority_trusted.conclude(
      "\"" + authority + "\" is vouched for by a root that you trust, as of the timestamp");
  return lines.time.state == AuditState::ok ? std::optional(facts->time) : std::nullopt;
}

void check_trust(const Signer& signer, const std::optional<TrustAnchors>& trust,
                 std::optional<Timestamp> proven, Timestamp now, AuditLine& line) {
  if (!trust) {
    line.words =
        "whoever holds the key signed it; give a root or the key with --trust to know whether that "
        "counts";
    return;
  }
  const bool key_named =
      std::find(trust->public_keys.begin(), trust->public_keys.end(), signer.public_key) !=
          trust->public_keys.end() ||
      (signer.chain.empty() &&
       std::any_of(trust->certificates.begin(), trust->certificates.end(),
                   [&](const Certificate& c) { return c.public_key == signer.public_key; }));
  if (key_named) return line.conclude("you named this very key with --trust");
  if (signer.chain.empty())
    return line.fail_because("the key has no certificate and is none of those given with --trust");
  const auto trusted =
      check_chain(signer.chain, trust->certificates, proven.value_or(now), ChainPurpose::signing);
  if (!trusted)
    return line.fail_because("the signer is vouched for by none of the roots given: " +
                             trusted.error().message);
  line.conclude("\"" + signer.chain.front().subject +
                "\" is vouched for by a root that you trust, as of " +
                (proven ? "the timestamp" : "today"));
}

SealLines unsigned_bundle(const Bundle& bundle, const std::optional<TrustAnchors>& trust) {
  SealLines lines;
  for (AuditLine* line :
       {&lines.signature, &lines.signer_trusted, &lines.time, &lines.authority_trusted})
    line->state = AuditState::absent;
  lines.signature.words = "nobody signed this bundle: whoever had it could have made it anew";
  lines.signer_trusted.words = "there is no signer";
  lines.time.words = "there is no timestamp";
  lines.authority_trusted.words = "no authority is named";
  if (bundle.by_loccit)
    lines.signature.fail_because("the signature was removed: loccit signs every bundle");
  if (trust) lines.signer_trusted.fail_because("roots were given with --trust, and nobody signed");
  return lines;
}

}  // namespace

SealLines check_seal(const Bundle& bundle, const std::optional<TrustAnchors>& trust,
                     Timestamp now) {
  if (!bundle.digest_file || !bundle.digest_file->signed_data)
    return unsigned_bundle(bundle, trust);
  const SignedData& data = *bundle.digest_file->signed_data;
  SealLines lines;
  const auto signer = read_signer(data);
  if (!signer) {
    lines.signature.fail_because(signer.error().message);
    lines.signer_trusted.fail_because("there is no sound signature to trust");
    check_time(bundle, data, trust, lines);
    return lines;
  }
  describe(data, *signer, lines.signature);
  if (data.hash != label(sha256(bundle.datapackage_text)))
    lines.signature.fail_because("another datapackage.json was signed, not this one");
  check_signature(data, *signer, bundle.by_loccit, lines.signature);
  if (!signer->chain.empty()) check_domain(data, *signer, bundle.by_loccit, lines.signature);
  check_bindings(bundle, data, *signer, lines.signature);
  const std::string who =
      signer->chain.empty()
          ? "the holder of key " + to_hex(sha256(signer->public_key)).substr(0, 16) + "…"
          : "\"" + signer->chain.front().subject + "\"";
  lines.signature.conclude("signed by " + who);
  if (lines.signature.state == AuditState::ok) lines.signer_public_key = signer->public_key;
  const auto proven = check_time(bundle, data, trust, lines);
  if (lines.signature.state == AuditState::ok) {
    check_trust(*signer, trust, proven, now, lines.signer_trusted);
  } else {
    lines.signer_trusted.fail_because("there is no sound signature to trust");
  }
  return lines;
}

}  // namespace loccit
