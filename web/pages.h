// The pages that people look at, each a function of the request and what the library holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "web/library.h"
#include "web/message.h"

namespace loccit {

WebResponse overview_page(const WebRequest& request, Library& library);
// ?name=…: one document's citations, filtered by ?standing, ?verdict and ?q, and its checks.
WebResponse document_page(const WebRequest& request, Library& library);
// ?check=…: as that check found it; else the last one.
WebResponse citation_page(const WebRequest& request, Library& library, std::int64_t citation);
// ?document, ?host, ?from, ?until
WebResponse changes_page(const WebRequest& request, Library& library);
WebResponse search_page(const WebRequest& request, Library& library);

// `id` without "urn:uuid:". ?begin=…&end=… (code points) marks a passage of the text.
WebResponse snapshot_page(const WebRequest& request, const Archive& archive, std::string_view id);
WebResponse snapshot_text(const Archive& archive, std::string_view id);
WebResponse snapshot_replay(const Archive& archive, std::string_view id);
WebResponse snapshot_payload(const Archive& archive, std::string_view id);  // as a download

// What was kept of a check: its report as HTML or JSON.
WebResponse check_report(Library& library, std::int64_t check, std::string_view format);
// ?name=…: the last bundle that was sealed of that document, if it is still what was sealed.
WebResponse bundle_download(const WebRequest& request, Library& library);

}  // namespace loccit
