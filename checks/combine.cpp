#include "checks/combine.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

#include "documents/sources_by_id.h"

namespace loccit {
namespace {

std::string prefix(const std::string& file, int time) {
  return time == 1 ? file + ":" : file + "#" + std::to_string(time) + ":";
}

void add_prefix(Document& document, const std::string& prefix) {
  for (Source& source : document.sources) {
    source.id = prefix + source.id;
    if (!source.refers_to.empty()) source.refers_to = prefix + source.refers_to;
  }
  for (Citation& citation : document.citations) {
    citation.id = prefix + citation.id;
    for (std::string& source : citation.sources) source = prefix + source;
  }
}

template <class T>
void move_to(std::vector<T>& target, std::vector<T>& source) {
  target.insert(target.end(), std::make_move_iterator(source.begin()),
                std::make_move_iterator(source.end()));
}

// What combine() put before the ids of each document.
std::vector<std::string> prefixes(const std::vector<DocumentInfo>& parts) {
  std::vector<std::string> found;
  std::map<std::string, int> names;
  for (const DocumentInfo& part : parts) found.push_back(prefix(part.file, ++names[part.file]));
  return found;
}

std::string without(const std::string& prefix, const std::string& id) {
  return id.starts_with(prefix) ? id.substr(prefix.size()) : id;
}

Source taken_out(Source source, const std::string& prefix) {
  source.id = without(prefix, source.id);
  source.refers_to = without(prefix, source.refers_to);
  return source;
}

}  // namespace

std::vector<Report> take_apart(const Report& report) {
  const Document& all = report.document;
  if (all.parts.empty()) return {report};
  const std::vector<std::string> prefix_of = prefixes(all.parts);
  std::vector<Report> reports(all.parts.size());
  for (std::size_t part = 0; part < reports.size(); ++part) {
    reports[part].tool_version = report.tool_version;
    reports[part].started_at = report.started_at;
    reports[part].finished_at = report.finished_at;
    reports[part].document.info = all.parts[part];
  }
  const SourcesById sources(all);
  std::vector<std::set<std::string>> taken(reports.size());
  for (std::size_t i = 0; i < all.citations.size() && i < report.verdicts.size(); ++i) {
    Citation citation = all.citations[i];
    const std::size_t part = std::min(citation.part, reports.size() - 1);
    Document& document = reports[part].document;
    citation.part = 0;
    citation.id = without(prefix_of[part], citation.id);
    for (std::string& id : citation.sources) {
      const Source* const source = sources.find(id);
      id = without(prefix_of[part], id);
      if (source != nullptr && taken[part].insert(id).second)
        document.sources.push_back(taken_out(*source, prefix_of[part]));
    }
    reports[part].verdicts.push_back(report.verdicts[i]);
    reports[part].verdicts.back().citation_id = citation.id;
    document.citations.push_back(std::move(citation));
  }
  return reports;
}

Document combine(std::vector<Document> documents) {
  if (documents.empty()) throw std::logic_error("nothing to combine");
  if (documents.size() == 1) return std::move(documents.front());

  Document all;
  std::map<std::string, int> names;
  for (Document& document : documents) {
    const std::string& file = document.info.file;
    const int times = ++names[file];
    add_prefix(document, prefix(file, times));
    // A manifest of several documents may itself be one of several.
    const std::size_t first_part = all.parts.size();
    if (document.parts.empty()) document.parts.push_back(document.info);
    for (Citation& citation : document.citations) citation.part += first_part;
    all.info.file += (all.info.file.empty() ? "" : ", ") + file;
    move_to(all.parts, document.parts);
    move_to(all.sources, document.sources);
    move_to(all.citations, document.citations);
    move_to(all.warnings, document.warnings);
  }
  return all;
}

}  // namespace loccit
