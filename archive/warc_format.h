// WARC 1.1 as loccit writes it (docs/formats.md; iipc/warc-specifications, warc-format-1.1). What
// is stored is never renamed.
#pragma once

#include <string>
#include <string_view>

namespace loccit::warc {

inline constexpr std::string_view version = "WARC/1.1";
inline constexpr std::string_view format_name = "WARC File Format 1.1";
inline constexpr std::string_view conforms_to =
    "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";

// WARC-Type (§6)
inline constexpr std::string_view warcinfo = "warcinfo";
inline constexpr std::string_view response = "response";
inline constexpr std::string_view request = "request";
inline constexpr std::string_view revisit = "revisit";
inline constexpr std::string_view metadata = "metadata";
inline constexpr std::string_view resource = "resource";
inline constexpr std::string_view conversion = "conversion";

// Content-Type
inline constexpr std::string_view http_response = "application/http;msgtype=response";
inline constexpr std::string_view http_request = "application/http;msgtype=request";
inline constexpr std::string_view warc_fields = "application/warc-fields";
inline constexpr std::string_view capture_json = "application/vnd.loccit.capture+json";
inline constexpr std::string_view pem_chain = "application/pem-certificate-chain";
inline constexpr std::string_view plain_text = "text/plain;charset=utf-8";
inline constexpr std::string_view octets = "application/octet-stream";

// WARC-Profile (§6.7)
inline constexpr std::string_view same_payload =
    "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
inline constexpr std::string_view not_modified =
    "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

// Targets of records that are about a URL, not of it: replay tools would show them in its place
// under its own name.
inline constexpr std::string_view capture_target = "urn:loccit:capture:";
inline constexpr std::string_view chain_target = "urn:loccit:tls-chain:";
inline constexpr std::string_view no_http_target = "urn:loccit:not-http:";

// A field of our warcinfo: its captures end in a metadata record each, and count only with it.
// Files without it are others', where each response stands for itself.
inline constexpr std::string_view layout_field = "loccit-layout";
inline constexpr std::string_view capture_layout = "capture/1";
inline constexpr std::string_view import_layout = "import/1";

inline constexpr std::string_view capture_schema = "loccit.capture/1";

// §5.5: a target URI holds no blanks and no angle brackets; nor may anything end its line.
std::string target_uri(std::string_view url);

}  // namespace loccit::warc
