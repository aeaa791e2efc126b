#include <iostream>
#include <string>
#include <unordered_map>

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
  return text.empty() ? "" : text.substr(0, text.size() - 2);
}

std::string with_colon(std::string place) { return place.empty() ? place : place + ": "; }

// Where each note stands, where it is called, and what was mended in it.
void explain(std::ostream& out, const Document& document) {
  std::unordered_map<std::string, std::string> calls;  // by source
  for (const Citation& citation : document.citations) {
    const std::string at = place(citation.location);
    for (const std::string& id : citation.sources) {
      std::string& places = calls[id];
      places += (places.empty() ? "" : "; ") + citation.id + (at.empty() ? "" : " at " + at);
    }
  }
  for (const Source& source : document.sources) {
    const auto called = calls.find(source.id);
    out << with_colon(place(source.location)) << "source " << printable(source.id) << " ("
        << name(source.kind) << "), "
        << (called == calls.end() ? "cited nowhere" : "cited by " + called->second) << '\n';
    for (const std::string& repair : source.repairs) out << "  " << printable(repair) << '\n';
  }
  for (const Warning& warning : document.warnings)
    out << with_colon(place(warning.location)) << printable(warning.message) << '\n';
}

CommandResult run_extract(const Options& options) {
  const auto document = read_inputs(options);
  if (!document) return tl::unexpected(document.error());
  if (options.explain) explain(std::cerr, *document);
  if (document->citations.empty()) {
    std::cerr << "loccit: " << options.inputs.front() << " cites nothing\n";
    // Why not may be said there: a damaged file, pages without text.
    for (const Warning& warning : document->warnings) {
      if (!options.explain)
        std::cerr << "loccit: " << with_colon(place(warning.location)) << printable(warning.message)
                  << '\n';
    }
  }
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
    {OptionGroup::document, OptionGroup::reading, OptionGroup::explaining, OptionGroup::fetching,
     OptionGroup::settings},
    run_extract};

}  // namespace loccit
