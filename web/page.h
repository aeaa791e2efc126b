// What every page shares: the frame around it, links, times, and words in which nothing can be
// markup.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/timestamp.h"
#include "web/message.h"

namespace loccit {

struct Page {
  std::string title;  // plain text
  std::string body;   // HTML
  std::string under;  // HTML below the title; may be empty
};
WebResponse html_page(const Page& page);

// 404, 500 or 503 by the failure's kind, with its words.
WebResponse failure_page(const Failure& failure);
WebResponse not_found_page(std::string what);

std::string link(std::string_view href, std::string_view words);  // within this server
std::string outside_link(std::string_view url);                   // shown as a reader reads it
std::string time_element(Timestamp time);
std::string badge(std::string_view tone, std::string_view words);  // a verdict, standing or state

}  // namespace loccit
