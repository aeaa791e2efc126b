// The CDXJ index of a bundle's WARC file, and its list of pages (WACZ 1.1.1 §4, §5).
#pragma once

#include <string>
#include <vector>

#include "archive/warc_reader.h"
#include "base/bytes.h"
#include "base/result.h"
#include "base/timestamp.h"

namespace loccit {

// Whether the index has a line for it: responses, revisits and resources of web addresses.
bool is_indexed(const WarcRecord& record);

// One line for each response, revisit and resource of a web address, sorted bytewise; `file_name`
// is that under archive/. `recordDigest` is of the gzip member as stored: wabac.js checks it at
// replay.
Result<std::string> index_warc(Bytes warc, const std::string& file_name);

struct BundlePage {
  std::string id, url, title, text;
  Timestamp fetched_at;
};

// The header line, then one line a page; texts are cut to `max_text` bytes, since the WARC holds
// the whole.
std::string write_pages(const std::vector<BundlePage>& pages, std::size_t max_text = 2000);

}  // namespace loccit
