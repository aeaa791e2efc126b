// A pull-request comment or job summary: short, the worst first, details folded.
#include <sstream>

#include "base/text.h"
#include "ci/escape.h"
#include "ci/severity.h"
#include "ci/side_by_side.h"
#include "ci/subject.h"
#include "ci/writers.h"

namespace loccit {
namespace {

// A comment on GitHub holds 65,536 characters; the JSON and HTML reports have all.
constexpr std::size_t most_characters = 60'000;
constexpr std::size_t most_rows = 30;
constexpr std::size_t most_details = 20;
constexpr std::size_t most_quoted = 600;
constexpr std::size_t longest_sentence = 160;

// Escaped, cut to `length` code points.
std::string clipped(std::string_view text, std::size_t length) {
  const std::size_t end = byte_offset(text, length);
  return escape_markdown(text.substr(0, end)) + (end < text.size() ? " …" : "");
}

std::string counts(const Summary& summary) {
  std::string text;
  const auto add = [&](std::size_t count, VerdictKind kind) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + name(kind);
  };
  add(summary.drifted, VerdictKind::drifted);
  add(summary.rotten, VerdictKind::rotten);
  add(summary.unverifiable, VerdictKind::unverifiable);
  add(summary.intact, VerdictKind::intact);
  return text;
}

const char* sign(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::intact:
      return "✅";
    case VerdictKind::drifted:
      return "✏️";
    case VerdictKind::rotten:
      return "❌";
    case VerdictKind::unverifiable:
      return "❔";
  }
  return "";
}

std::string subject(const Citation& citation) {
  const std::string line =
      citation.location.line > 0 ? ", line " + std::to_string(citation.location.line) : "";
  return clipped(citation.id + " " + subject_of(citation), longest_sentence) + line;
}

std::string table_row(const Citation& citation, const Verdict& verdict, const std::string& excuse) {
  return std::string("| ") + sign(verdict.kind) + " " + name(verdict.kind) + " | " +
         subject(citation) + " | " + clipped(verdict.reason, longest_sentence) +
         (excuse.empty() ? "" : " (" + clipped(excuse, longest_sentence) + ")") + " |\n";
}

// Inside of <details>, where HTML is read as HTML.
std::string marked(const Pieces& pieces, const char* element) {
  std::string html;
  std::size_t left = most_quoted;
  for (const Piece& piece : pieces) {
    if (left == 0) break;
    const bool differs =
        piece.mark == Mark::wording || piece.mark == Mark::meaning || piece.mark == Mark::missing;
    const std::string text = clipped(piece.text, left);
    left -= std::min(left, count_code_points(piece.text));
    html += differs ? std::string("<") + element + ">" + text + "</" + element + ">" : text;
  }
  return html;
}

std::string details(const Citation& citation, const Verdict& verdict) {
  std::ostringstream out;
  out << "<details><summary>" << subject(citation) << "</summary>\n\n"
      << clipped(verdict.reason, most_quoted) << "\n\n";
  if (citation.quote && !verdict.quote.passages.empty()) {
    const SideBySide both = side_by_side(*citation.quote, verdict.quote);
    out << "- quoted: " << marked(both.quoted, "del") << "\n";
    for (const Pieces& found : both.found) out << "- source: " << marked(found, "ins") << "\n";
  }
  for (const LinkFinding& link : verdict.links) {
    out << "- " << clipped(link.url, longest_sentence) << ": " << name(link.state);
    if (link.snapshot && !link.snapshot->sha256.empty())
      out << ", sha256 `" << link.snapshot->sha256.substr(0, 16) << "…`";
    out << "\n";
  }
  out << "\n</details>\n\n";
  return out.str();
}

// What loccit.lock says of this check: fixed ones in the open, accepted ones folded.
std::string against_baseline(const Report& report, const Comparison& comparison) {
  std::string text;
  for (const Accepted& fixed : comparison.fixed) {
    text += "- 🎉 fixed: " + clipped(fixed.citation + " " + fixed.title, longest_sentence) + "\n";
  }
  if (!text.empty())
    text += "\n`loccit accept --prune` takes what is fixed out of the baseline.\n\n";
  std::size_t count = 0;
  std::string list;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Accepted* accepted = accepted_at(comparison, i);
    if (accepted == nullptr) continue;
    if (++count > most_rows) continue;
    list += "- " + subject(report.document.citations.at(i)) + ": " + name(report.verdicts[i].kind) +
            ", accepted on " + clipped(accepted->on, 10) + ": " +
            clipped(accepted->reason, longest_sentence) + "\n";
  }
  if (count > 0) {
    text += "<details><summary>" + std::to_string(count) +
            " accepted in the baseline</summary>\n\n" + list + "\n</details>\n\n";
  }
  return text;
}

}  // namespace

void write_markdown(const Report& report, const ReportContext& context, std::ostream& out) {
  const Summary summary = summarize(report);
  // The first line lets the GitHub Action find its comment again and update it.
  out << "<!-- loccit report -->\n### loccit: " << escape_markdown(report.document.info.file)
      << "\n\n";
  if (summary.citations == 0) {
    out << escape_markdown(nothing_checked(report, context)) << "\n\n"
        << against_baseline(report, context.comparison);
    return;
  }
  out << "**" << counts(summary) << "** of " << summary.citations << " citations, checked "
      << to_iso8601(report.finished_at) << "\n\n";

  std::vector<std::size_t> shown;
  for (const std::size_t i : worst_first(report)) {
    const bool accepted = accepted_at(context.comparison, i) != nullptr;
    if (report.verdicts[i].kind != VerdictKind::intact && !accepted) shown.push_back(i);
  }
  out << against_baseline(report, context.comparison);
  if (shown.empty()) return;
  std::string text = "| verdict | citation | why |\n|---|---|---|\n";
  for (std::size_t row = 0; row < std::min(shown.size(), most_rows); ++row) {
    text += table_row(report.document.citations[shown[row]], report.verdicts[shown[row]],
                      excuse_of(context, shown[row]));
  }
  if (shown.size() > most_rows) {
    text += "\nand " + std::to_string(shown.size() - most_rows) +
            " more, which the other reports have\n";
  }
  text += "\n";
  for (std::size_t row = 0; row < std::min(shown.size(), most_details); ++row) {
    const std::string folded =
        details(report.document.citations[shown[row]], report.verdicts[shown[row]]);
    if (text.size() + folded.size() > most_characters) break;
    text += folded;
  }
  text +=
      "<sub>drifted: the quoted words changed at the source, or are gone · rotten: no link answers "
      "· "
      "unverifiable: nothing to verify against. Correct the document; what is known and may stay: "
      "`loccit accept ID --reason …`, then commit the file.</sub>\n";
  out << text;
}

}  // namespace loccit
