// The same as the pages show, for programs: JSON under /api/v1/, told in web/assets/openapi.json.
#pragma once

#include <optional>

#include "web/library.h"
#include "web/message.h"

namespace loccit {

// nullopt: the path is not under /api/v1/.
std::optional<WebResponse> answer_api(const WebRequest& request, Library& library);

}  // namespace loccit
