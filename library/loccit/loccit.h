// The library interface of loccit: what other C++ programs may rely on (SemVer from 1.0 on; before
// that, a minor version may change it). Only the standard library is needed to compile against it.
#pragma once

#include <string>
#include <string_view>

#if defined(__GNUC__)
#define LOCCIT_API __attribute__((visibility("default")))
#else
#define LOCCIT_API
#endif

namespace loccit::api {

// A JSON text, or, where `ok` is false, a sentence on what was wrong.
struct Answer {
  bool ok = false;
  std::string json, error;
};

LOCCIT_API std::string version();  // "0.1.0"

// A document's citations as loccit.manifest/1 (docs/formats.md). `file_name` tells the format where
// the bytes do not.
LOCCIT_API Answer extract(std::string_view content, std::string_view file_name);

// Whether `quote` stands on a page, given as it was served: the "quote" member of loccit.report/1,
// that is state, similarity, passages and changes. No network, no files, no clock.
LOCCIT_API Answer compare(std::string_view quote, std::string_view page,
                          std::string_view content_type);

}  // namespace loccit::api
