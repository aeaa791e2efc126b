#include "cli/listening.h"

#include <charconv>

namespace loccit {

tl::expected<ListeningPlace, Stop> listening_place(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  ListeningPlace place;
  const bool has_port = colon != std::string::npos && colon > 0 && colon + 1 < listen.size();
  if (has_port) {
    place.address = listen.substr(0, colon);
    const auto [end, error] =
        std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), place.port);
    if (error == std::errc() && end == listen.data() + listen.size() && place.port >= 0 &&
        place.port <= 65535)
      return place;
  }
  return misuse("--listen: \"" + listen + "\" is not ADDRESS:PORT, as in 127.0.0.1:8090");
}

}  // namespace loccit
