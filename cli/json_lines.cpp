#include "cli/json_lines.h"

#include "ci/document_parts.h"

namespace loccit {

void write_json_lines(const Report& report, const ReportContext& context, std::ostream& out) {
  const Json json = report_to_json(report);
  const auto put = [&](const char* type, Json line) {
    Json typed = Json::object({{"type", type}});
    for (auto& [name, value] : *line.as_object()) typed.set(name, std::move(value));
    out << write_json(typed) << '\n';
  };
  const std::vector<DocumentInfo> documents = documents_of(report.document);
  const Json::Array& citations = *json.find("citations")->as_array();
  for (std::size_t i = 0; i < citations.size(); ++i) {
    Json line = citations[i];
    line.set("document", documents.at(report.document.citations.at(i).part).file);
    const std::string excuse = excuse_of(context, i);
    if (!excuse.empty()) line.set("excuse", excuse);
    put("citation", std::move(line));
  }
  for (const Accepted& fixed : context.comparison.fixed) {
    put("fixed", Json::object({{"document", fixed.document},
                               {"id", fixed.citation},
                               {"title", fixed.title},
                               {"was", name(fixed.verdict)}}));
  }
  put("summary", *json.find("summary"));
}

}  // namespace loccit
