#include "base/one_byte_charsets.h"

#include <ostream>
#include <string>

#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace loccit {
namespace {

struct Row {
  const char* charset;
  const char* text;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.charset << ": " << row.text; }

const Row rows[] = {
    {"windows-1250",
     "Rada nie uznaje wyników wyborów, które się odbyły w środę; łódź stała w porcie."},
    {"iso-8859-2",
     "Rada nie uznaje wyników wyborów, które się odbyły w środę; łódź stała w porcie."},
    {"windows-1250", "Kůň příliš žluťoučký neúpěl, protože přístav byl zavřený už od středy."},
    {"iso-8859-2", "Kůň příliš žluťoučký neúpěl, protože přístav byl zavřený už od středy."},
    {"windows-1250",
     "A tanács szerint a kikötő őrei több időt kértek, és a hűvös idő is közrejátszott."},
    {"windows-1250",
     "Vijeće ne priznaje rezultate, a čuvar luke kaže da će šest brodova doći poslije."},
    {"windows-1251", "Совет не признаёт результаты выборов, прошедших в среду на острове."},
    {"koi8-r", "Совет не признаёт результаты выборов, прошедших в среду на острове."},
    {"koi8-u", "Рада не визнає результатів виборів, що відбулися в середу; її ґанок порожній."},
    {"iso-8859-5", "Совет не признаёт результаты выборов, прошедших в среду на острове."},
    {"windows-1252",
     "Le conseil n’a pas été consulté : l’élève a déjà reçu la clé du phare à midi."},
    {"windows-1252", "Der Rat erklärte, die Brücke müsse für Fußgänger geöffnet bleiben."},
    {"windows-1252",
     "The council said: “No one asked us” – and it was true, every word of it, “they” said."},
    {"windows-1253", "Το Συμβούλιο δεν αναγνωρίζει τα αποτελέσματα των εκλογών στο νησί."},
    {"windows-1254",
     "Kurul, çarşamba günü yapılan seçimlerin sonuçlarını tanımıyor; ışık söndü, ağaç düştü."},
    {"windows-1255", "המועצה אינה מכירה בתוצאות הבחירות שנערכו ביום רביעי באי"},
    {"windows-1256", "إن المجلس لا يعترف بنتائج الانتخابات التي جرت يوم الأربعاء في الجزيرة"},
    {"windows-1256",
     "شورا نتايج انتخاباتي را که چهارشنبه برگزار شد نپذيرفت و چراغ بندر خاموش ماند"},
    {"windows-1257",
     "Taryba nepripažįsta rinkimų rezultatų, nes švyturio žmonės apie juos nežinojo ūkuose."},
    {"windows-874", "สภาไม่ยอมรับผลการเลือกตั้งที่จัดขึ้นเมื่อวันพุธบนเกาะนี้"},
};

std::string encoded(const Row& row) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(row.text);
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(row.charset, &status);
  std::string out(4096, '\0');
  out.resize(static_cast<std::size_t>(
      text.extract(out.data(), static_cast<int32_t>(out.size()), converter, status)));
  ucnv_close(converter);
  return out;
}

class UnlabelledText : public testing::TestWithParam<Row> {};

TEST_P(UnlabelledText, IsReadByTheLettersOfItsLanguage) {
  EXPECT_EQ(decode_text(encoded(GetParam()), "").text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Table, UnlabelledText, testing::ValuesIn(rows));

TEST(OneByteCharset, KeepsAGuessThatIsAsGood) {
  // German letters lie at the same places in both.
  const std::string text =
      "Die Br\xFC"
      "cke m\xFCsse f\xFCr Fu\xDFg\xE4nger ge\xF6"
      "ffnet bleiben.";
  EXPECT_EQ(one_byte_charset(text, "windows-1252"), "windows-1252");
  EXPECT_EQ(one_byte_charset(text, ""), "windows-1252");
}

}  // namespace
}  // namespace loccit
