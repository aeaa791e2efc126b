// What a report calls a citation, besides its id.
#pragma once

#include <string>

#include "documents/document.h"

namespace loccit {

// Its title, else how its quote begins, in quotation marks; "" where it has neither.
std::string subject_of(const Citation& citation);

}  // namespace loccit
