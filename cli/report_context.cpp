#include "cli/report_context.h"

#include <algorithm>
#include <unordered_map>

#include "checks/combine.h"
#include "cli/registry_opening.h"

namespace loccit {
namespace {

// One document of the report as the registry knows it.
struct Part {
  std::string name;
  std::unordered_map<std::string, CitationRow> citations;  // by id within the document
};

std::vector<Part> parts_of(const Report& report, const Options& options) {
  std::vector<Part> parts;
  const std::vector<Report> reports = take_apart(report);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    parts.push_back({recorded_name(reports, i, options), {}});
  }
  return parts;
}

Result<void> fill(Registry& registry, Part& part) {
  CitationQuery query;
  query.document = part.name;
  const auto rows = registry.citations(query);
  if (!rows) return tl::unexpected(rows.error());
  for (const CitationRow& row : *rows) part.citations.emplace(row.label, row);
  return {};
}

// The id that a citation has in its document alone ("c2" of "letter.txt:c2").
std::string own_id(const Report& report, std::size_t i) {
  const std::string& id = report.document.citations.at(i).id;
  return report.document.parts.empty() ? id : id.substr(id.rfind(':') + 1);
}

std::vector<EarlierVerdict> earlier_of(Registry& registry, std::int64_t citation) {
  std::vector<EarlierVerdict> earlier;
  const auto timeline = registry.timeline(citation);
  if (!timeline) return earlier;
  for (const TimelineEntry& entry : *timeline) {
    if (const auto verdict = verdict_kind_from(entry.verdict))
      earlier.push_back({entry.at, *verdict, entry.reason});
  }
  return earlier;
}

}  // namespace

void remember_earlier(Registry& registry, const Report& report, const Options& options,
                      ReportContext& context) {
  const bool shown = std::ranges::any_of(
      options.reports, [](const ReportFile& file) { return file.format == ReportFormat::html; });
  if (!shown) return;
  std::vector<Part> parts = parts_of(report, options);
  for (Part& part : parts) {
    if (!fill(registry, part)) return;  // a report without history is a report all the same
  }
  context.earlier.resize(report.verdicts.size());
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const Part& part = parts.at(report.document.citations.at(i).part);
    const auto row = part.citations.find(own_id(report, i));
    if (row != part.citations.end()) context.earlier[i] = earlier_of(registry, row->second.id);
  }
  if (parts.size() != 1) return;
  const auto checks = registry.checks(parts.front().name);
  if (!checks || checks->empty()) return;
  for (const CheckRow& check : *checks) {
    if (!check.partial) context.checks.push_back({check.started_at, check.summary});
  }
  std::ranges::reverse(context.checks);
  context.checks.push_back({report.started_at, summarize(report)});
}

Result<void> mark_unconfirmed(Registry& registry, const Report& report, const Options& options,
                              ReportContext& context) {
  std::vector<Part> parts = parts_of(report, options);
  for (Part& part : parts) {
    if (const auto filled = fill(registry, part); !filled) return filled;
  }
  context.unconfirmed.resize(report.verdicts.size());
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (report.verdicts[i].kind == VerdictKind::intact) continue;
    const Part& part = parts.at(report.document.citations.at(i).part);
    const auto row = part.citations.find(own_id(report, i));
    const StandingKind standing =
        row == part.citations.end() ? StandingKind::fresh : row->second.standing;
    if (standing != StandingKind::dead && standing != StandingKind::changed)
      context.unconfirmed[i] = std::string("not confirmed yet, its standing is ") + name(standing);
  }
  return {};
}

}  // namespace loccit
