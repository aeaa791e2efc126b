// Memento (RFC 7089): TimeGate, TimeMap and mementos over the archive's snapshots, for tools that
// ask what a page said at a time.
#pragma once

#include <optional>
#include <string>

#include "archive/archive.h"
#include "web/message.h"

namespace loccit {

// `base` is this server as the client named it ("http://127.0.0.1:8080"); links carry it.
// nullopt: the path is none of Memento's.
//   /timegate/URI        302 to the memento nearest to Accept-Datetime (pattern 2.1, §4.2.1)
//   /timemap/link/URI    application/link-format (§5)
//   /timemap/json/URI    the same as JSON
//   /memento/TIME/URI    the memento (TIME: 14 digits), or 302 to the nearest one's own address
std::optional<WebResponse> answer_memento(const WebRequest& request, const Archive& archive,
                                          const std::string& base);

}  // namespace loccit
