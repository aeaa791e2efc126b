// One check being written down; private to this folder.
#pragma once

#include <map>
#include <set>

#include "registry/registry.h"
#include "registry/sql.h"

namespace loccit {

// What a citation is known by from check to check: its words and links, not its number, which
// shifts when the document changes.
std::string fingerprint(const Document& document, const Citation& citation);

// Writes down what a document cites, without outcomes. `citations_seen` takes their ids. Returns
// the document's id.
struct EnrolledCitation {
  std::int64_t id = 0;
  std::string standing_state;
  std::chrono::hours interval{0};  // of its own, or 0
};
class Enrolment {
 public:
  Enrolment(Sql& sql, const Document& document, const std::string& name, Timestamp now);
  std::int64_t document() const { return document_id_; }
  std::chrono::hours interval() const { return interval_; }
  EnrolledCitation citation(std::size_t index);  // stores it
  void forget_the_others();                      // all that citation() was not asked for are gone

 private:
  Sql& sql_;
  const Document& document_;
  Timestamp now_;
  std::int64_t document_id_ = 0;
  std::chrono::hours interval_{0};
  std::set<std::int64_t> seen_;
};

// In the caller's transaction.
Recorded write_down(Sql& sql, const Report& report, const RecordOptions& options);
bool mostly_our_fault(Sql& sql, const Report& report);

}  // namespace loccit
