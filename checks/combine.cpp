#include "checks/combine.h"

#include <iterator>
#include <map>
#include <stdexcept>

namespace loccit {
namespace {

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

}  // namespace

Document combine(std::vector<Document> documents) {
  if (documents.empty()) throw std::logic_error("nothing to combine");
  if (documents.size() == 1) return std::move(documents.front());

  Document all;
  std::map<std::string, int> names;
  for (Document& document : documents) {
    const std::string& file = document.info.file;
    const int times = ++names[file];
    add_prefix(document, times == 1 ? file + ":" : file + "#" + std::to_string(times) + ":");
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
