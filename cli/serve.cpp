#include <csignal>
#include <iostream>

#include <pthread.h>

#include "base/files.h"
#include "cli/command.h"
#include "cli/listening.h"
#include "cli/opening.h"
#include "cli/registry_opening.h"
#include "web/server.h"
#include "web/site.h"

namespace loccit {
namespace {

constexpr std::size_t registry_connections = 4;

tl::expected<std::string, Stop> token_from(const std::string& file) {
  const auto text = read_file(file);
  if (!text) return misuse("--token-file: " + text.error().message);
  const std::string token = text->substr(0, text->find_first_of("\r\n"));
  const bool printable = token.find_first_not_of(
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                             "0123456789-._~+/=") == std::string::npos;
  if (token.size() < 16 || !printable) {
    return misuse("--token-file: the first line of " + file +
                  " must be a token of 16 or more letters, digits and -._~+/=; "
                  "`openssl rand -hex 32` makes one");
  }
  return token;
}

tl::expected<std::vector<Registry>, Stop> open_registries(const Options& options) {
  std::vector<Registry> registries;
  for (std::size_t i = 0; i < registry_connections; ++i) {
    auto registry = open_existing_registry(options);
    if (!registry) return tl::unexpected(registry.error());
    registries.push_back(std::move(*registry));
  }
  return registries;
}

// Blocked before any thread is there, so that only wait() takes them.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void wait() {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_;
};

CommandResult run_serve(const Options& options) {
  const Serving& serving = options.serving;
  const auto place = listening_place(serving.listen);
  if (!place) return tl::unexpected(place.error());
  SiteOptions site_options;
  const bool here = is_loopback_host(place->address);
  if (!serving.token_file.empty()) {
    auto token = token_from(serving.token_file);
    if (!token) return tl::unexpected(token.error());
    site_options.access.token = std::move(*token);
  } else if (!here) {
    return misuse("--listen " + serving.listen +
                  " can be reached from other machines: name a file with a token, --token-file");
  }
  // Who shows the token may come by any name; without one, only this machine's own names count.
  if (site_options.access.token.empty()) site_options.access.hosts = {place->address};
  const bool tls = !serving.tls_cert.empty();
  if (tls == serving.tls_key.empty())
    return misuse("--tls-cert and --tls-key go together: name both, or neither");
  site_options.access.secure = tls;
  site_options.scheme = tls ? "https" : "http";

  EndSignals signals;
  auto archive = open_archive(options, ArchiveMode::read);
  if (!archive) return tl::unexpected(archive.error());
  auto registries = open_registries(options);
  if (!registries) return tl::unexpected(registries.error());
  auto watch = ChangeWatch::open(registry_place(options));
  if (!watch) return unfinished(watch.error().message);
  Library library(std::move(*archive), std::move(*registries));
  site_options.authority = serving.listen;
  Site site(library, site_options, std::move(*watch));
  auto server = Server::start([&](const WebRequest& request) { return site.answer(request); },
                              {.address = place->address,
                               .port = place->port,
                               .cert_file = serving.tls_cert,
                               .key_file = serving.tls_key});
  if (!server) return unfinished(server.error().message);
  if (options.telling != Telling::quiet) {
    std::cout << "loccit serves " << archive_place(options) << " at " << site_options.scheme
              << "://" << place->address << ':' << server->port() << "/ until it is interrupted"
              << std::endl;
  }
  signals.wait();
  return ExitCode::fine;
}

}  // namespace

const Command serve_command = {
    "serve",
    "Show what was checked, as web pages, JSON and Mementos",
    "Pages of documents, citations and their courses, snapshots and changes at /; JSON under "
    "/api/v1/, told in /api/v1/openapi.json;\n"
    "RFC 7089 at /timegate/URL and /timemap/link/URL; /metrics for Prometheus; /healthz. Nothing "
    "is ever changed.",
    {OptionGroup::archive, OptionGroup::registry, OptionGroup::serving, OptionGroup::telling,
     OptionGroup::settings},
    run_serve};

}  // namespace loccit
