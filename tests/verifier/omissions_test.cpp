// Words that an omission mark swallowed, in each language that has a lexicon file with care taken.
#include "verifier/omissions.h"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "verifier/quote_match.h"

namespace loccit {
namespace {

struct Row {
  const char* language;
  const char* source;
  const char* quote;
  const char* named;  // the word that the remark gives, "" for no remark
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.language << ": " << row.quote; }

const Row rows[] = {
    {"en", "We do not, in this case, accept the result of the vote.",
     "We do … accept the result of the vote.", "not"},
    {"en", "The company is not permitted to terminate the contract.",
     "… permitted to terminate the contract.", "not"},
    {"en", "The company agrees. It is permitted to terminate the contract.",
     "… permitted to terminate the contract.", ""},
    {"en", "The council did not meet. The company is permitted to terminate it.",
     "[...] The company is permitted to terminate it.", ""},
    {"en", "Members may fish here unless the warden says otherwise in writing.",
     "Members may fish here …", "unless"},
    {"en", "All may fish here, except on feast days, at any hour.",
     "All may fish here […] at any hour.", "except"},
    {"en", "All may fish here, young and old, at any hour.", "All may fish here […] at any hour.",
     ""},
    {"en", "The company is not permitted to terminate the contract.",
     "permitted to terminate the contract", "not"},
    {"de", "Der Rat erkennt die Wahlen in der Region nicht an.",
     "Der Rat erkennt die Wahlen in der Region", "nicht"},
    {"en", "The gate is open. Not one of them came.", "The gate is open.", ""},
    {"fr", "Le conseil ne reconnaît, à ce jour, aucun des résultats du scrutin.",
     "Le conseil […] reconnaît, à ce jour, […] des résultats du scrutin.", "ne"},
    {"fr", "L'accès est libre, sauf le dimanche, pour tous les habitants.",
     "L'accès est libre (...) pour tous les habitants.", "sauf"},
    {"de", "Der Rat erkennt die Wahlen in der Region nicht an.",
     "Der Rat erkennt die Wahlen […] an.", "nicht"},
    {"de", "Der Zutritt ist frei, außer an Sonntagen, für alle Bewohner.",
     "Der Zutritt ist frei … für alle Bewohner.", "außer"},
    {"es", "El consejo no quiso, por ahora, aceptar el resultado.",
     "El consejo … quiso, por ahora, aceptar el resultado.", "no"},
    {"it", "Il consiglio non ha mai accettato il risultato del voto.",
     "Il consiglio […] ha […] accettato il risultato del voto.", "non"},
    {"pt", "O conselho não aceita, por agora, o resultado do voto.",
     "O conselho […] aceita, por agora, o resultado do voto.", "não"},
    {"ru", "Совет по-прежнему не признаёт результаты этих выборов.",
     "Совет … признаёт результаты этих выборов.", "не"},
    {"ru", "Вход свободный, кроме воскресных дней, для всех жителей.",
     "Вход свободный … для всех жителей.", "кроме"},
    {"uk", "Рада й надалі не визнає результати цих виборів.",
     "Рада … визнає результати цих виборів.", "не"},
    {"tr", "Konsey bu sonuçları tanımıyor ve seçimleri yeniden istiyor.",
     "Konsey bu sonuçları … ve seçimleri yeniden istiyor.", "tanımıyor"},
    {"tr", "Giriş, pazar günleri hariç, herkese açıktır.", "Giriş … herkese açıktır.", "hariç"},
    {"az", "Bu qərar heç vaxt məcburi deyil, lakin tövsiyə xarakterlidir.",
     "Bu qərar heç vaxt məcburi […] tövsiyə xarakterlidir.", "deyil"},
    {"ar", "إن المجلس لا يزال حتى اليوم يعترف بنتائج الانتخابات.",
     "إن المجلس … يعترف بنتائج الانتخابات.", "لا"},
    {"ar", "الدخول مجاني إلا يوم الأحد لجميع السكان.", "الدخول مجاني … لجميع السكان.", "إلا"},
    {"zh", "委员会至今仍不承认选举的结果。", "委员会……承认选举的结果。", "不"},
    {"zh", "除非主席同意，成员可以在此捕鱼。", "……成员可以在此捕鱼。", "除非"},
};

class WordsLeftOut : public testing::TestWithParam<Row> {};

TEST_P(WordsLeftOut, AreNamedWhereTheyTurnTheSenseRound) {
  const Row& row = GetParam();
  TextContent page;
  page.text = row.source;
  page.language = row.language;
  page.blocks = {{BlockKind::paragraph, {0, page.text.size()}}};
  const QuoteFinding finding = match_quote(row.quote, page);
  EXPECT_EQ(finding.state, QuoteState::verbatim);
  if (*row.named == '\0') {
    EXPECT_EQ(finding.remark, "");
  } else {
    EXPECT_NE(finding.remark.find(row.named), std::string::npos) << finding.remark;
  }
}

INSTANTIATE_TEST_SUITE_P(Table, WordsLeftOut, testing::ValuesIn(rows));

}  // namespace
}  // namespace loccit
