#include "cli/inputs.h"

#include <algorithm>
#include <chrono>

#include "base/digest.h"
#include "base/files.h"
#include "checks/combine.h"
#include "cli/page_input.h"
#include "manifests/citation_manifest.h"

namespace loccit {
namespace {

// Papers are megabytes, the largest scanned books some hundreds; past that it is not a document.
// The document is the user's own: 2,000 pages of PDF may take their time on a busy machine.
constexpr ReadLimits document_limits{.max_bytes = 256U << 20U, .max_time = std::chrono::minutes(2)};

// As the report names it: from the current folder on, or the bare name of a file elsewhere, whose
// path is nobody's business.
std::string shown_name(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto relative =
      std::filesystem::proximate(path, std::filesystem::current_path(ignored), ignored);
  const bool inside = !relative.empty() && relative.is_relative() && *relative.begin() != "..";
  return (inside ? relative : path.filename()).generic_string();
}

// What to do about it, for the kinds where there is something to do.
std::string advice(const Failure& failure) {
  switch (failure.kind) {
    case FailureKind::encrypted:  // of the formats that can be, only PDF is opened with one
      return failure.message.find("PDF") == std::string::npos
                 ? ""
                 : "; give its password with --password";
    case FailureKind::not_found:
      return "; check the path";
    default:
      return "";
  }
}

Stop input_stop(const std::string& path, const Failure& failure) {
  const bool named = failure.message.find(path) != std::string::npos;
  return {ExitCode::misuse, (named ? "" : path + ": ") + failure.message + advice(failure)};
}

bool is_manifest(const std::filesystem::path& path, std::string_view content) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return extension == ".json" || looks_like_manifest(content);
}

// The files that a LaTeX document names, from its own folder only: what else lies there is not its
// to read.
std::string companion_of(const std::filesystem::path& document, const std::string& name) {
  const auto extension = std::filesystem::path(name).extension();
  if (extension != ".tex" && extension != ".bib" && extension != ".bbl") return {};
  const auto path = path_inside(document.parent_path(), name);
  if (!path || std::filesystem::is_symlink(*path)) return {};
  return read_file(*path, document_limits).value_or("");
}

}  // namespace

tl::expected<Document, Stop> read_page(const std::string& url, const Options& options) {
  if (options.offline)
    return misuse(url + ": no network is touched here; save the page and name its file");
  const auto page = fetch_page(url, options);
  if (!page) return tl::unexpected(page.error());
  DocumentHint hint;
  hint.media_type = page->media_type;
  hint.base_url = page->url;
  hint.password = options.password;
  hint.notes_only = options.notes_only;
  // A server labels what it does not know as plain text; the name then says more.
  if (!page->media_type.starts_with("text/html")) {
    const std::string path = url.substr(0, url.find_first_of("?#"));
    hint.file_name = path.substr(path.rfind('/') + 1);
  }
  auto document = read_document(page->content, hint, document_limits);
  if (!document) return tl::unexpected(input_stop(url, document.error()));
  document->info.file = url;
  document->info.sha256 = to_hex(sha256(page->content));
  return std::move(*document);
}

tl::expected<Document, Stop> document_of(const std::string& path, const std::string& content,
                                         const Options& options) {
  if (is_manifest(path, content)) {
    auto document = manifest_from_json(content, document_limits);
    if (!document) return tl::unexpected(input_stop(path, document.error()));
    if (document->info.file.empty()) document->info.file = shown_name(path);
    return std::move(*document);
  }
  DocumentHint hint;
  hint.file_name = std::filesystem::path(path).filename().string();
  hint.password = options.password;
  hint.notes_only = options.notes_only;
  hint.companion = [&](const std::string& name) { return companion_of(path, name); };
  auto document = read_document(content, hint, document_limits);
  if (!document) return tl::unexpected(input_stop(path, document.error()));
  document->info.file = shown_name(path);
  document->info.sha256 = to_hex(sha256(content));
  return std::move(*document);
}

tl::expected<Document, Stop> read_input(const std::string& path, const Options& options) {
  if (is_page_url(path)) return read_page(path, options);
  const auto content = read_file(path, document_limits);
  if (!content) return tl::unexpected(input_stop(path, content.error()));
  if (content->empty()) return misuse(path + ": the file is empty");
  return document_of(path, *content, options);
}

tl::expected<Document, Stop> read_inputs(const Options& options) {
  if (options.inputs.empty()) {
    return misuse(
        "no document is named: give an INPUT, or list documents in a loccit.toml (`loccit config` "
        "prints one to start from)");
  }
  std::vector<Document> documents;
  for (const std::string& path : options.inputs) {
    auto document = read_input(path, options);
    if (!document) return document;
    documents.push_back(std::move(*document));
  }
  return combine(std::move(documents));
}

}  // namespace loccit
