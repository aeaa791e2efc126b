#include "cli/page_input.h"

#include "base/inflate.h"

namespace loccit {

bool is_page_url(std::string_view input) {
  return input.starts_with("http://") || input.starts_with("https://");
}

tl::expected<PageInput, Stop> fetch_page(const std::string& url, const Options& options) {
  auto fetcher = Fetcher::create(options.fetch, system_clock());
  if (!fetcher) return misuse(fetcher.error().message);
  Exchange exchange;
  const FetchRequest request{url};
  fetcher->fetch_all({&request, 1},
                     [&](std::span<const std::size_t>, Exchange e) { exchange = std::move(e); });
  if (exchange.failure) return misuse(url + ": " + exchange.failure->message);
  if (exchange.hops.empty()) return misuse(url + ": the server gave no answer");
  const Hop& hop = exchange.hops.back();
  if (hop.status != 200)
    return misuse(url + ": the server answers " + std::to_string(hop.status) + ", not with a page");
  auto body = payload(hop);
  if (body) body = decode_content(*body, header_value(hop.headers, "Content-Encoding"));
  if (!body) return misuse(url + ": " + body.error().message);
  return PageInput{std::move(*body), std::string(header_value(hop.headers, "Content-Type")),
                   hop.url};
}

}  // namespace loccit
