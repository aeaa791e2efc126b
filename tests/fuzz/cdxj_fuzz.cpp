// The index of a bundle, any bytes, beside a sound WARC file: in another tool's bundle and in ours.
#include <cstddef>
#include <cstdint>

#include <zlib.h>

#include "manifests/audit_records.h"
#include "manifests/bundle_reader.h"

using namespace loccit;

namespace {

constexpr std::string_view warc =
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: "
    "2026-11-24T16:00:00Z\r\n"
    "WARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: "
    "20\r\n\r\n"
    "HTTP/1.1 200 OK\r\n\r\nx\r\n\r\n";

ZipEntry entry(std::string name, Bytes content) {
  ZipEntry out;
  out.name = std::move(name);
  out.size = content.size();
  out.stored = content;
  out.crc32 = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())));
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes index(reinterpret_cast<const char*>(data), size);
  Bundle bundle;
  bundle.zip.entries = {entry("archive/data.warc.gz", warc), entry("indexes/index.cdx", index)};
  for (const bool by_loccit : {false, true}) {
    bundle.by_loccit = by_loccit;
    (void)check_records(bundle, ByteSource::of(warc, "bundle"));
  }
  return 0;
}
