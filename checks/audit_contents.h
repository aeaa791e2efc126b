// What a bundle shows to people and to other tools, held against what it proves: the report's page,
// the pages' texts, the documents, the report's own spelling and figures.
#pragma once

#include <functional>
#include <string>

#include "checks/evidence.h"
#include "manifests/audit_line.h"
#include "manifests/bundle_reader.h"
#include "manifests/report.h"

namespace loccit {

using ReportPage = std::function<std::string(const Report&)>;

struct ContentsToCheck {
  const Bundle& bundle;
  const Report& report;      // as read from the bundle
  const Archive& archive;    // of the bundle's records
  const Evidence& evidence;  // gathered from it again
  const Policy& policy;      // that the bundle names
  const ReportPage& page;    // how loccit shows a report; empty: not compared
};

// What another version of loccit spelled or showed in its own way is not compared, and said so.
AuditLine check_contents(const ContentsToCheck& given);

}  // namespace loccit
