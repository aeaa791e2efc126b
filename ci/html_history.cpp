#include "ci/html_history.h"

#include <algorithm>
#include <array>

#include "ci/escape.h"

namespace loccit {
namespace {

constexpr std::size_t most_bars = 60;

using Counted = std::pair<VerdictKind, std::size_t>;
std::array<Counted, 4> counted(const Summary& summary) {
  return {Counted{VerdictKind::intact, summary.intact},
          Counted{VerdictKind::unverifiable, summary.unverifiable},
          Counted{VerdictKind::rotten, summary.rotten},
          Counted{VerdictKind::drifted, summary.drifted}};
}

// The worst on top, where the eye looks for what grew.
void write_bar(std::ostream& out, const Summary& summary, std::size_t place, double a_citation) {
  double bottom = 100;
  for (const auto& [kind, count] : counted(summary)) {
    if (count == 0) continue;
    const double height = static_cast<double>(count) * a_citation;
    bottom -= height;
    out << "<rect class=\"" << name(kind) << "\" x=\"" << place * 12 << "\" y=\"" << bottom
        << "\" width=\"10\" height=\"" << height << "\"/>";
  }
}

void write_numbers(std::ostream& out, std::span<const EarlierCheck> checks) {
  out << "<details><summary>The numbers</summary>\n<table>\n<thead><tr><th "
         "scope=\"col\">Check</th>";
  for (const auto& [kind, count] : counted({}))
    out << "<th scope=\"col\">" << name(kind) << "</th>";
  out << "</tr></thead>\n<tbody>\n";
  for (auto check = checks.rbegin(); check != checks.rend(); ++check) {
    out << "<tr><td>" << time_html(check->at) << "</td>";
    for (const auto& [kind, count] : counted(check->summary)) out << "<td>" << count << "</td>";
    out << "</tr>\n";
  }
  out << "</tbody>\n</table>\n</details>\n";
}

bool found_the_same(const EarlierVerdict& a, const EarlierVerdict& b) {
  return a.verdict == b.verdict && a.reason == b.reason;
}

}  // namespace

std::string time_html(Timestamp time) {
  const std::string iso = to_iso8601(time);  // 2026-11-24T16:00:00Z
  return "<time datetime=\"" + iso + "\">" + iso.substr(0, 10) + " " + iso.substr(11, 8) +
         " UTC</time>";
}

void write_chart(std::ostream& out, std::span<const EarlierCheck> checks) {
  if (checks.size() < 2) return;
  checks = checks.last(std::min(checks.size(), most_bars));
  std::size_t most = 1;
  for (const EarlierCheck& check : checks) most = std::max(most, check.summary.citations);
  out << "<section aria-labelledby=\"over-time\">\n<h2 id=\"over-time\">Over time</h2>\n<svg "
         "class=\"chart\" role=\"img\" viewBox=\"0 0 "
      << std::max<std::size_t>(checks.size(), 20) * 12
      << " 100\" preserveAspectRatio=\"xMinYMax meet\" aria-label=\"Verdicts of the last "
      << checks.size() << " checks, the newest on the right; the numbers follow in a table\">\n";
  for (std::size_t i = 0; i < checks.size(); ++i)
    write_bar(out, checks[i].summary, i, 100.0 / static_cast<double>(most));
  out << "\n</svg>\n<p class=\"soft\">" << checks.size() << " checks, "
      << time_html(checks.front().at) << " to " << time_html(checks.back().at)
      << "</p>\n<p class=\"legend\">";
  for (const auto& [kind, count] : counted({}))
    out << "<span class=\"" << name(kind) << "\">" << name(kind) << "</span> ";
  out << "</p>\n";
  write_numbers(out, checks);
  out << "</section>\n";
}

void write_earlier(std::ostream& out, std::span<const EarlierVerdict> earlier) {
  if (earlier.empty()) return;
  constexpr std::size_t most = 20;
  out << "<details class=\"earlier\"><summary>Earlier checks: " << earlier.size()
      << "</summary>\n<ul>\n";
  std::span<const EarlierVerdict> left = earlier;
  for (std::size_t lines = 0; lines < most && !left.empty(); ++lines) {
    // Checks in a row that found the same are one line.
    const EarlierVerdict& newest = left.back();
    std::size_t same = 1;
    while (same < left.size() && found_the_same(left[left.size() - same - 1], newest)) ++same;
    out << "<li>";
    if (same > 1) out << time_html(left[left.size() - same].at) << " to ";
    out << time_html(newest.at) << (same > 1 ? ", " + std::to_string(same) + " checks" : "")
        << " <b class=\"" << name(newest.verdict) << "\">" << name(newest.verdict) << "</b> "
        << escape_markup(newest.reason) << "</li>\n";
    left = left.first(left.size() - same);
  }
  if (!left.empty()) out << "<li>and " << left.size() << " older ones</li>\n";
  out << "</ul>\n</details>\n";
}

void write_fixed(std::ostream& out, const Comparison& comparison) {
  if (comparison.fixed.empty()) return;
  out << "<section aria-labelledby=\"fixed\">\n<h2 id=\"fixed\">Fixed since it was "
         "accepted</h2>\n<ul>\n";
  for (const Accepted& fixed : comparison.fixed) {
    out << "<li>" << escape_markup(fixed.document + " " + fixed.citation + " " + fixed.title)
        << ": was " << name(fixed.verdict) << ", accepted on " << escape_markup(fixed.on) << " ("
        << escape_markup(fixed.reason) << ")</li>\n";
  }
  out << "</ul>\n</section>\n";
}

void write_excuse(std::ostream& out, const ReportContext& context, std::size_t verdict) {
  const Comparison& comparison = context.comparison;
  if (const Accepted* accepted = accepted_at(comparison, verdict)) {
    out << "<p class=\"accepted\">Accepted on " << escape_markup(accepted->on) << ": "
        << escape_markup(accepted->reason) << "</p>\n";
  } else if (verdict < comparison.outgrown.size() && comparison.outgrown[verdict]) {
    const Accepted& once = *comparison.outgrown[verdict];
    out << "<p class=\"accepted\">Was accepted on " << escape_markup(once.on) << " ("
        << escape_markup(once.reason) << "), but has changed since.</p>\n";
  } else if (const std::string excuse = excuse_of(context, verdict); !excuse.empty()) {
    out << "<p class=\"accepted\">Does not count: " << escape_markup(excuse) << "</p>\n";
  }
}

}  // namespace loccit
