// The bundle as loccit writes it (docs/formats.md, "Bundles"). What is stored is never renamed.
#pragma once

#include <string_view>

namespace loccit::bundle_format {

inline constexpr std::string_view wacz_version = "1.1.1";
inline constexpr std::string_view profile = "data-package";  // wabac.js knows no other
inline constexpr std::string_view schema = "loccit.bundle/1";

inline constexpr std::string_view datapackage = "datapackage.json";
inline constexpr std::string_view digest = "datapackage-digest.json";
inline constexpr std::string_view warc = "archive/data.warc.gz";
inline constexpr std::string_view index = "indexes/index.cdx";
inline constexpr std::string_view pages = "pages/pages.jsonl";
inline constexpr std::string_view manifest = "loccit/manifest.json";
inline constexpr std::string_view report = "loccit/report.json";
inline constexpr std::string_view html_report = "loccit/report.html";
inline constexpr std::string_view document_folder = "loccit/document/";
inline constexpr std::string_view attestation = "loccit/attestation.dsse.json";
inline constexpr std::string_view verify_text = "loccit/VERIFY.txt";

// in-toto predicate of the attestation: our own, since no registered one speaks of citations.
inline constexpr std::string_view predicate_type = "https://loccit.example/citation-verdicts/v1";

}  // namespace loccit::bundle_format
