// A page on the web as the document: `loccit check https://…`.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace loccit {

struct PageInput {
  std::string content;     // content codings undone
  std::string media_type;  // as the server labels it
  std::string url;         // where redirects led to
};

bool is_page_url(std::string_view input);

// Fetched with the options that sources are fetched with. Whatever is wrong is a misuse that names
// the URL: nothing is checked.
tl::expected<PageInput, Stop> fetch_page(const std::string& url, const Options& options);

}  // namespace loccit
