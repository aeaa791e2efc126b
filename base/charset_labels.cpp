#include "base/charset_labels.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <unicode/ucnv.h>

namespace loccit {
namespace {

struct Row {
  std::string_view name;
  std::string_view converter;
  std::string_view labels;  // with a blank on either side of each
};

// After the Encoding Standard's table of labels. Its "replacement" encodings (ISO-2022-KR, -CN, HZ)
// are read here: a browser hides them for fear of scripts, an archive wants the words. utf-7 stays
// out.
constexpr std::array rows = {
    Row{"utf-8", "UTF-8",
        " unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf8mb4 "},
    Row{"ibm866", "ibm-866", " 866 cp866 csibm866 ibm866 "},
    Row{"iso-8859-2", "ISO-8859-2",
        " csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 "
        "latin2 "},
    Row{"iso-8859-3", "ISO-8859-3",
        " csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 "
        "latin3 "},
    Row{"iso-8859-4", "ISO-8859-4",
        " csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 "
        "latin4 "},
    Row{"iso-8859-5", "ISO-8859-5",
        " csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
        "iso_8859-5:1988 "},
    Row{"iso-8859-6", "ISO-8859-6",
        " arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 "
        "iso-8859-6-e iso-8859-6-i "
        "iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 "},
    Row{"iso-8859-7", "ISO-8859-7",
        " csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
        "iso_8859-7 "
        "iso_8859-7:1987 sun_eu_greek "},
    Row{"iso-8859-8", "ISO-8859-8",
        " csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 "
        "iso88598 iso_8859-8 "
        "iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical "},
    Row{"iso-8859-10", "iso-8859_10-1998",
        " csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 "},
    Row{"iso-8859-13", "ISO-8859-13", " iso-8859-13 iso8859-13 iso885913 "},
    Row{"iso-8859-14", "iso-8859_14-1998", " iso-8859-14 iso8859-14 iso885914 "},
    Row{"iso-8859-15", "ISO-8859-15",
        " csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9 "},
    Row{"koi8-r", "KOI8-R", " cskoi8r koi koi8 koi8-r koi8_r "},
    Row{"koi8-u", "KOI8-U", " koi8-ru koi8-u "},
    Row{"macintosh", "macintosh", " csmacintosh mac macintosh x-mac-roman macroman "},
    Row{"windows-874", "windows-874-2000",
        " dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 windows-874 "},
    Row{"windows-1250", "windows-1250", " cp1250 windows-1250 x-cp1250 win-1250 win1250 "},
    Row{"windows-1251", "windows-1251", " cp1251 windows-1251 x-cp1251 win-1251 win1251 "},
    Row{"windows-1252", "windows-1252",
        " ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
        "iso88591 iso_8859-1 "
        "iso_8859-1:1987 l1 latin1 latin-1 us-ascii windows-1252 x-cp1252 win-1252 iso-8859 "
        "8859-1 "},
    Row{"windows-1253", "windows-1253", " cp1253 windows-1253 x-cp1253 "},
    Row{"windows-1254", "windows-1254",
        " cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 "
        "l5 latin5 "
        "windows-1254 x-cp1254 "},
    Row{"windows-1255", "windows-1255", " cp1255 windows-1255 x-cp1255 "},
    Row{"windows-1256", "windows-1256", " cp1256 windows-1256 x-cp1256 "},
    Row{"windows-1257", "windows-1257", " cp1257 windows-1257 x-cp1257 "},
    Row{"windows-1258", "windows-1258", " cp1258 windows-1258 x-cp1258 "},
    Row{"x-mac-cyrillic", "x-mac-cyrillic", " x-mac-cyrillic x-mac-ukrainian "},
    Row{"gb18030", "gb18030",
        " chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 "
        "cp936 ms936 "
        "windows-936 euc-cn "},
    Row{"big5", "Big5-HKSCS", " big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 big-5 "},
    Row{"euc-jp", "EUC-JP", " cseucpkdfmtjapanese euc-jp x-euc-jp eucjp x-euc "},
    Row{"iso-2022-jp", "ISO-2022-JP-2", " csiso2022jp iso-2022-jp "},
    Row{"shift_jis", "ibm-943_P15A-2003",
        " csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932 shiftjis "},
    Row{"euc-kr", "windows-949-2000",
        " cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
        "ksc_5601 "
        "windows-949 cp949 ks_c_5601 uhc euckr "},
    Row{"iso-2022-kr", "ISO-2022-KR", " csiso2022kr iso-2022-kr "},
    Row{"iso-2022-cn", "ISO-2022-CN", " iso-2022-cn iso-2022-cn-ext "},
    Row{"hz-gb-2312", "HZ-GB-2312", " hz-gb-2312 "},
    Row{"utf-16be", "UTF-16BE", " unicodefffe utf-16be "},
    Row{"utf-16le", "UTF-16LE",
        " csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf16 utf16le "},
    Row{"utf-32be", "UTF-32BE", " utf-32be "},
    Row{"utf-32le", "UTF-32LE", " utf-32 utf-32le "},
};

// Whatever else ICU can read (cp437, tcvn, viscii …), except what turns markup into something else.
Charset known_to_icu(const std::string& label) {
  const bool plain = std::all_of(label.begin(), label.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';  // "," would begin an ICU option
  });
  if (!plain || label.find("utf-7") != std::string::npos || label.find("utf7") != std::string::npos)
    return {};
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(label.c_str(), &status);
  if (U_FAILURE(status) != 0) return {};
  // A converter that does not read ASCII as ASCII (EBCDIC, SCSU, IMAP's UTF-7) is no page's.
  std::array<UChar, 8> buffer{};
  const int32_t size = ucnv_toUChars(converter, buffer.data(), buffer.size(), "<a>", 3, &status);
  ucnv_close(converter);
  const bool reads_ascii =
      U_SUCCESS(status) != 0 && size == 3 && buffer[0] == u'<' && buffer[1] == u'a';
  return reads_ascii ? Charset{label, label} : Charset{};
}

}  // namespace

Charset charset_for_label(std::string_view label) {
  std::string plain;
  for (const char c : label) {
    if (c == '"' || c == '\'' || std::isspace(static_cast<unsigned char>(c)) != 0) continue;
    plain.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  if (plain.empty() || plain.size() > 40) return {};
  const std::string wanted = " " + plain + " ";
  for (const Row& row : rows) {
    if (row.labels.find(wanted) != std::string_view::npos)
      return {std::string(row.name), std::string(row.converter)};
  }
  return known_to_icu(plain);
}

}  // namespace loccit
