#include "manifests/verify_text.h"

#include <span>
#include <stdexcept>

#include "base/embedded_file.h"

namespace loccit {

std::span<const EmbeddedFile>
verify_text_parts();  // manifests/verify_text/, made by cmake/embed.cmake

namespace {

std::string_view part(std::string_view name) {
  for (const EmbeddedFile& file : verify_text_parts()) {
    if (file.name == name) return file.content;
  }
  throw std::logic_error("no part of VERIFY.txt is called " + std::string(name));
}

}  // namespace

std::string verify_text(const SealingIdentity& identity) {
  const bool certified = !identity.chain.empty();
  const KeyAlgorithm algorithm = identity.key.algorithm();
  std::string out(part("1_files.txt"));
  out += part(certified ? "2_certificate.txt" : "2_bare_key.txt");
  if (!certified && algorithm == KeyAlgorithm::ec) out += part("3_two_numbers.txt");
  out += part(algorithm == KeyAlgorithm::eddsa ? "4_eddsa.txt" : "4_digest.txt");
  if (certified) out += part("5_trust.txt");
  out += part("6_time.txt");
  return out;
}

}  // namespace loccit
