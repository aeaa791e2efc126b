// Several documents checked as one, so that a source that two of them cite is fetched once and one
// report holds them all; and taken apart again, so that each has its own history.
#pragma once

#include <vector>

#include "documents/document.h"
#include "manifests/report.h"

namespace loccit {

// One document stays as it is. Of several, Document::parts lists the documents, Citation::part says
// which one a citation stands in, and every id is prefixed by its document's file name
// ("letter.txt:c1"; "letter.txt#2:c1" where two have one name).
Document combine(std::vector<Document> documents);

// What a report says of each of its documents, in their order, with the ids that the document has
// alone.
std::vector<Report> take_apart(const Report& report);

}  // namespace loccit
