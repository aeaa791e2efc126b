#include "web/metrics.h"

#include "web/page.h"

namespace loccit {

void describe_metric(std::string& out, const char* name, const char* type, const char* help) {
  out += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

void add_sample(std::string& out, const char* name, const std::string& labels,
                std::uint64_t value) {
  out += name + (labels.empty() ? "" : "{" + labels + "}") + " " + std::to_string(value) + "\n";
}

WebResponse metrics_answer(std::string samples) {
  return {200, "text/plain; version=0.0.4; charset=utf-8", {}, std::move(samples), {}};
}

WebResponse metrics(Library& library, const std::array<std::atomic<std::uint64_t>, 6>& answers) {
  const auto standings = library.ask([](Registry& registry) { return registry.standings(); });
  if (!standings) return plain_text(503, standings.error().message + "\n");
  std::string out;
  describe_metric(out, "loccit_build_info", "gauge", "The version that serves.");
  add_sample(out, "loccit_build_info", "version=\"" LOCCIT_VERSION "\"", 1);
  describe_metric(out, "loccit_citations", "gauge", "Citations by what history makes of them.");
  for (const StandingCount& row : *standings) {
    add_sample(out, "loccit_citations", std::string("standing=\"") + name(row.standing) + "\"",
               static_cast<std::uint64_t>(row.citations));
  }
  describe_metric(out, "loccit_http_responses_total", "counter",
                  "Answers given, by class of status.");
  for (std::size_t family = 1; family < answers.size(); ++family) {
    add_sample(out, "loccit_http_responses_total", "class=\"" + std::to_string(family) + "xx\"",
               answers[family].load(std::memory_order_relaxed));
  }
  return metrics_answer(std::move(out));
}

}  // namespace loccit
