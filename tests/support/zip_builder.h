// ZIP files made by hand, right or wrong in one place of the test's choosing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loccit::testing {

struct ZipPiece {
  std::string name, content;
  bool deflate = false;
  bool streamed = false;   // CRC and sizes in a data descriptor
  bool zip64 = false;      // sizes in ZIP64 fields
  std::string local_name;  // empty: the same
  std::string local_extra, central_extra;
  std::string after;               // between this entry's data and the next header
  unsigned flags = 0;              // besides what `streamed` sets
  int method = -1;                 // -1: what `deflate` says
  std::int64_t claimed_size = -1;  // -1: the truth
  std::string comment;
};

struct ZipShape {
  std::string before, after_directory, comment;
  bool zip64 = false;   // ZIP64 end record and locator
  int extra_count = 0;  // added to the number of entries
};

std::string make_zip(const std::vector<ZipPiece>& pieces, const ZipShape& shape = {});

}  // namespace loccit::testing
