// HTML's bytes as the stream that markup_stream.h describes.
#pragma once

#include <string_view>

#include "documents/markup_stream.h"

namespace loccit {

// Views into `utf8`, which must outlive the source.
MarkupSource html_source(std::string_view utf8);

// The tokens of a piece of HTML amid something else, all at one place.
void send_html(std::string_view utf8, const Location& location, const MarkupSink& sink);

}  // namespace loccit
