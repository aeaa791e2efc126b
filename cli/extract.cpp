#include <iostream>

#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "manifests/citation_manifest.h"

namespace loccit {
namespace {

std::string place(const Location& location) {
  std::string text;
  if (location.page > 0) text += "page " + std::to_string(location.page) + ", ";
  if (location.line > 0) text += "line " + std::to_string(location.line) + ", ";
  return text.empty() ? "" : text.substr(0, text.size() - 2) + ": ";
}

void explain(std::ostream& out, const Document& document) {
  for (const Source& source : document.sources) {
    for (const std::string& repair : source.repairs) {
      out << place(source.location) << "source " << printable(source.id) << ": "
          << printable(repair) << '\n';
    }
  }
  for (const Warning& warning : document.warnings)
    out << place(warning.location) << printable(warning.message) << '\n';
}

CommandResult run_extract(const Options& options) {
  const auto document = read_inputs(options);
  if (!document) return tl::unexpected(document.error());
  if (options.explain) explain(std::cerr, *document);
  if (document->citations.empty())
    std::cerr << "loccit: " << options.inputs.front() << " cites nothing\n";
  std::cout << write_json(manifest_to_json(*document), JsonStyle::pretty) << std::flush;
  if (!std::cout)
    return unfinished(
        "standard output: the manifest could not be written; is the disk full, or the reader "
        "gone?");
  return ExitCode::fine;
}

}  // namespace

const Command extract_command = {
    "extract",
    "Print the citation manifest of a document as JSON",
    "The manifest can be corrected by hand and given to `loccit check`.",
    {OptionGroup::document, OptionGroup::reading, OptionGroup::explaining},
    run_extract};

}  // namespace loccit
