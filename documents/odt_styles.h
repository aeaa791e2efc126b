// The styles of an ODT file: those with names (styles.xml) and the automatic ones of its text.
#pragma once

#include "base/bytes.h"
#include "documents/office_file.h"
#include "documents/office_styles.h"

namespace loccit {

OfficeStyles odt_styles(const OfficeFile& file, const ReadLimits& limits);

}  // namespace loccit
