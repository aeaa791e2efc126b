#include "cli/fetch_options.h"

#include <chrono>
#include <cmath>

#include <CLI/CLI.hpp>

#include "cli/headings.h"
#include "cli/repeatable.h"

namespace loccit {
namespace {

using std::chrono::milliseconds;

// Seconds as a person writes them ("0.5") to a duration; `least` is the smallest that makes sense.
CLI::Option* add_seconds(CLI::App& app, const char* name, milliseconds& target, double least,
                         const char* help) {
  const auto set = [&target, least, name](const double& seconds) {
    if (!std::isfinite(seconds) || seconds < least || seconds > 1e6) {
      throw CLI::ValidationError(name,
                                 "must be " + CLI::detail::to_string(least) + " seconds or more");
    }
    target = milliseconds(std::llround(seconds * 1000));
  };
  return app.add_option_function<double>(name, set, help)
      ->type_name("SECONDS")
      ->default_str(CLI::detail::to_string(static_cast<double>(target.count()) / 1000));
}

}  // namespace

void add_fetching(CLI::App& app, Options& options) {
  FetchOptions& fetch = options.fetch;
  // Without descriptions: CLI11 would print them between an option's name and its default.
  const auto at_least = [](int least) { return CLI::Range(least, 1'000'000).description(""); };
  const char* group = headings::fetching.name;
  repeatable(app.add_option("--connect-to", fetch.connect_to,
                            "As in curl: reach HOST1:PORT1 at HOST2:PORT2; HOST1 or PORT1 may be "
                            "empty. Repeatable"))
      ->type_name("HOST1:PORT1:HOST2:PORT2")
      ->group(group);
  app.add_option("--cacert", fetch.ca_file, "PEM file with extra roots to trust")
      ->type_name("FILE")
      ->group(group);
  repeatable(app.add_option("--allow-net", fetch.allow_net,
                            "Allow fetching from this otherwise refused range (loopback, private, "
                            "link-local, ...). Repeatable"))
      ->type_name("CIDR")
      ->group(group);
  app.add_option("--max-bytes", fetch.max_bytes, "Largest body to accept")
      ->type_name("N")
      ->check(CLI::Validator(CLI::PositiveNumber).description(""))
      ->capture_default_str()
      ->group(group);
  add_seconds(app, "--timeout", fetch.timeout, 0.001, "Longest time for one request")->group(group);
  app.add_option("--max-redirects", fetch.max_redirects, "Most redirects to follow")
      ->type_name("N")
      ->check(at_least(0))
      ->capture_default_str()
      ->group(group);
  app.add_option("--retries", fetch.retries, "Tries after the first, where the failure may pass")
      ->type_name("N")
      ->check(at_least(0))
      ->capture_default_str()
      ->group(group);
  app.add_option("--concurrency", fetch.concurrency, "Fetches at once")
      ->type_name("N")
      ->check(at_least(1))
      ->capture_default_str()
      ->group(group);
  app.add_option("--per-host", fetch.per_host, "Fetches at once from one host")
      ->type_name("N")
      ->check(at_least(1))
      ->capture_default_str()
      ->group(group);
  add_seconds(app, "--delay", fetch.delay, 0, "Pause between two requests to one host")
      ->group(group);
  app.add_flag_callback(
         "--ignore-robots", [&fetch] { fetch.respect_robots = false; },
         "Fetch also what robots.txt keeps from robots; the report says so")
      ->group(group);
  app.add_option("--contact", fetch.contact,
                 "URL or address in the User-Agent, for those who run the cited sites")
      ->type_name("TEXT")
      ->group(group);
  app.add_option("--user-agent", fetch.user_agent, "Who asks")
      ->type_name("TEXT")
      ->capture_default_str()
      ->group(group);
  app.add_flag(
         "--browser-headers", fetch.browser_headers_on_refusal,
         "Where a site refuses (403, 406), ask once more with a browser's headers; the report "
         "says so")
      ->group(group);
}

}  // namespace loccit
