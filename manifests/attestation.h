// The verdicts as an in-toto statement (in-toto Attestation Framework, Statement v1): other tools
// consume them without reading WACZ.
#pragma once

#include <string>
#include <vector>

#include "manifests/report.h"

namespace loccit {

// Subjects: the document and the payload of every snapshot that a verdict rests on. The predicate:
// the verdicts.
std::string in_toto_statement(const Report& report);

}  // namespace loccit
