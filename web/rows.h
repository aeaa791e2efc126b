// Tables of what the registry holds, and the addresses of what they lead to.
#pragma once

#include <string>
#include <vector>

#include "registry/registry.h"
#include "web/message.h"

namespace loccit {

std::string document_address(const std::string& name);
std::string citation_address(std::int64_t id);
std::string snapshot_address(std::string_view record_id);  // of "urn:uuid:…"

std::string documents_table(const std::vector<DocumentRow>& documents);
enum class NameDocument { no, yes };
std::string citations_table(const std::vector<CitationRow>& citations, NameDocument document);
std::string transitions_table(const std::vector<TransitionRow>& transitions);
std::string checks_table(const std::vector<CheckRow>& checks);
std::string standings_list(const std::vector<StandingCount>& standings);

// Verdicts by day, oldest first, as a picture with its numbers in words.
std::string verdict_chart(const std::vector<DayRow>& days);

// One page of a long list: which rows to ask for, and the links to the pages beside it.
struct Paging {
  static constexpr std::size_t rows_per_page = 100;
  explicit Paging(const WebRequest& request);
  std::size_t offset = 0;
  std::size_t limit = rows_per_page + 1;  // one more tells whether there is a next page
  // Cuts that one more off.
  template <class Row>
  std::string links(std::vector<Row>& rows) const {
    const bool more = rows.size() > rows_per_page;
    if (more) rows.resize(rows_per_page);
    return links(more);
  }

 private:
  std::string links(bool more) const;
  std::string path_, query_;
};

}  // namespace loccit
