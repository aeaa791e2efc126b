// Where a server is to listen, as --listen names it.
#pragma once

#include <string>

#include "cli/command.h"

namespace loccit {

struct ListeningPlace {
  std::string address;
  int port = 0;
};

// "ADDRESS:PORT", "[::1]:8090"
tl::expected<ListeningPlace, Stop> listening_place(const std::string& listen);

}  // namespace loccit
