// What kind a difference is of, language by language. Each row is a sentence at the source and the
// same sentence as quoted.
#include "verifier/changes.h"

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
  ChangeKind kind;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.language << ": " << row.quote; }

constexpr ChangeKind meaning = ChangeKind::meaning;
constexpr ChangeKind wording = ChangeKind::wording;

const Row rows[] = {
    // Numbers: grouped otherwise they are the same where no decimals can be meant.
    {"en", "The fund holds 1,250,000 crowns and shall be set up without delay.",
     "The fund holds 1.250.000 crowns and shall be set up without delay.", wording},
    {"en", "The fund holds 12,500 crowns and shall be set up without delay.",
     "The fund holds 12.500 crowns and shall be set up without delay.", meaning},
    {"en", "It is said that about 15 people came to the shore on that day.",
     "It is said that about 1 5 people came to the shore on that day.", meaning},
    {"en", "It lasted from 1939-1945 as all of the books in the library say.",
     "It lasted from 1939 1945 as all of the books in the library say.", meaning},
    {"en", "The members said that the agreement is non-binding.", "the agreement is binding",
     meaning},
    {"fr", "Le conseil n'accepte aucune condition", "accepte aucune condition", meaning},
    // Negations, by word
    {"en", "The council does not recognise the vote held there in March.",
     "The council does recognise the vote held there in March.", meaning},
    {"en", "They can't accept the terms that were offered to them.",
     "They can accept the terms that were offered to them.", meaning},
    {"fr", "Le conseil ne reconnaît pas le scrutin organisé dans la région.",
     "Le conseil reconnaît le scrutin organisé dans la région.", meaning},
    {"fr", "Il n'est pas permis de quitter le pays sans autorisation écrite.",
     "Il est permis de quitter le pays sans autorisation écrite.", meaning},
    {"de", "Der Rat erkennt die Wahlen in der Region nicht an und bleibt dabei.",
     "Der Rat erkennt die Wahlen in der Region an und bleibt dabei.", meaning},
    {"de", "Es wurde keine Einigung über den Haushalt der Stadt erzielt.",
     "Es wurde eine Einigung über den Haushalt der Stadt erzielt.", meaning},
    {"es", "El consejo no reconoce las elecciones celebradas en la región.",
     "El consejo reconoce las elecciones celebradas en la región.", meaning},
    {"it", "Il consiglio non riconosce le elezioni svolte nella regione.",
     "Il consiglio riconosce le elezioni svolte nella regione.", meaning},
    {"pt", "O conselho não reconhece as eleições realizadas na região.",
     "O conselho reconhece as eleições realizadas na região.", meaning},
    {"ru", "Совет не признаёт выборы, состоявшиеся в этом регионе весной.",
     "Совет признаёт выборы, состоявшиеся в этом регионе весной.", meaning},
    {"uk", "Рада не визнає вибори, що відбулися в цьому регіоні навесні.",
     "Рада визнає вибори, що відбулися в цьому регіоні навесні.", meaning},
    {"ar", "إن المجلس لا يعترف بالانتخابات التي جرت في المنطقة هذا العام.",
     "إن المجلس يعترف بالانتخابات التي جرت في المنطقة هذا العام.", meaning},
    {"ar", "وصل الوفد ولم يوقع على الاتفاق النهائي بين الطرفين.",
     "وصل الوفد ووقع على الاتفاق النهائي بين الطرفين.", meaning},
    {"zh", "委员会不承认在该地区举行的选举结果。", "委员会承认在该地区举行的选举结果。", meaning},
    {"zh", "双方没有就预算达成任何协议。", "双方已就预算达成任何协议。", meaning},
    {"tr", "Konsey bölgede yapılan seçimleri tanımıyor ve sonuçları reddediyor.",
     "Konsey bölgede yapılan seçimleri tanıyor ve sonuçları reddediyor.", meaning},
    {"tr", "Bu karar üye devletler için bağlayıcı değil ve öyle kalacak.",
     "Bu karar üye devletler için bağlayıcı ve öyle kalacak.", meaning},
    {"tr", "Kurul önümüzdeki yıl toplantıya katılmayacak ve oy kullanacak.",
     "Kurul önümüzdeki yıl toplantıya katılacak ve oy kullanacak.", meaning},
    {"az", "Şura bölgədə keçirilən seçkiləri tanımır və nəticələri rədd edir.",
     "Şura bölgədə keçirilən seçkiləri tanıyır və nəticələri rədd edir.", meaning},
    {"az", "Bu qərar üzv dövlətlər üçün məcburi deyil və belə qalacaq.",
     "Bu qərar üzv dövlətlər üçün məcburi və belə qalacaq.", meaning},
    {"pl", "Rada nie uznaje wyborów, które odbyły się w tym regionie.",
     "Rada uznaje wybory, które odbyły się w tym regionie.", meaning},
    {"he", "המועצה אינה מכירה בבחירות שנערכו באזור בשנה שעברה.",
     "המועצה מכירה בבחירות שנערכו באזור בשנה שעברה.", meaning},
    {"ja", "理事会はこの地域で行われた選挙を承認しない。",
     "理事会はこの地域で行われた選挙を承認する。", meaning},
    {"hi", "परिषद इस क्षेत्र में हुए चुनावों को मान्यता नहीं देती है।",
     "परिषद इस क्षेत्र में हुए चुनावों को मान्यता देती है।", meaning},
    // Negations, by a beginning or ending of the word
    {"en", "The court called the arrest of the two journalists unlawful.",
     "The court called the arrest of the two journalists lawful.", meaning},
    {"de", "Das Gericht nannte die Festnahme der Journalisten unrechtmäßig.",
     "Das Gericht nannte die Festnahme der Journalisten rechtmäßig.", meaning},
    {"fr", "La cour a jugé l'arrestation des journalistes illégale hier.",
     "La cour a jugé l'arrestation des journalistes légale hier.", meaning},
    {"ru", "Суд признал задержание двух журналистов незаконным решением.",
     "Суд признал задержание двух журналистов законным решением.", meaning},
    // Numbers, in figures and words; dates; units
    {"en", "The fund holds 240,000 crowns for the repair of the harbour.",
     "The fund holds 24,000 crowns for the repair of the harbour.", meaning},
    {"en", "The fund holds ten thousand crowns for the repair of the harbour.",
     "The fund holds six thousand crowns for the repair of the harbour.", meaning},
    {"en", "The pipeline is 12 kilometres long and was laid by hand.",
     "The pipeline is 12 miles long and was laid by hand.", meaning},
    {"en", "The talks in Lisbon ended on a Tuesday after long debate.",
     "The talks in Lisbon ended on a Friday after long debate.", meaning},
    {"fr", "La conférence s'est ouverte en février dans la capitale.",
     "La conférence s'est ouverte en juillet dans la capitale.", meaning},
    {"de", "Die Sitzung dauerte sieben Stunden und endete ohne Ergebnis.",
     "Die Sitzung dauerte neun Stunden und endete ohne Ergebnis.", meaning},
    {"ru", "Конференция открылась в столице пятого февраля этого года.",
     "Конференция открылась в столице пятого августа этого года.", meaning},
    {"uk", "Конференція відкрилася у столиці п'ятого лютого цього року.",
     "Конференція відкрилася у столиці п'ятого серпня цього року.", meaning},
    {"ar", "افتتح المؤتمر في العاصمة خلال شهر فبراير من هذا العام.",
     "افتتح المؤتمر في العاصمة خلال شهر أغسطس من هذا العام.", meaning},
    {"zh", "会议于二月在首都开幕，持续了三天。", "会议于八月在首都开幕，持续了三天。", meaning},
    {"ja", "会議は二月に首都で開幕し、三日間続いた。", "会議は八月に首都で開幕し、三日間続いた。",
     meaning},
    {"el", "Η διάσκεψη άνοιξε στην πρωτεύουσα τον Φεβρουάριο με ομιλίες.",
     "Η διάσκεψη άνοιξε στην πρωτεύουσα τον Αύγουστο με ομιλίες.", meaning},
    // Names
    {"en", "The resolution was moved by Anna Lindqvist of the harbour office.",
     "The resolution was moved by Anna Bergstrom of the harbour office.", meaning},
    {"de", "Die Resolution wurde von Anna Lindqvist im Hafenamt eingebracht.",
     "Die Resolution wurde von Anna Bergstrom im Hafenamt eingebracht.", meaning},
    {"ru", "Резолюцию внесла депутат Петрова из портового ведомства.",
     "Резолюцию внесла депутат Сидорова из портового ведомства.", meaning},
    {"ar", "زار الوفد إيطاليا في الربيع لتوقيع الاتفاق.",
     "زار الوفد إسبانيا في الربيع لتوقيع الاتفاق.", meaning},
    {"zh", "代表团在春天访问了意大利并签署协议。", "代表团在春天访问了西班牙并签署协议。", meaning},
    {"en", "The motion was seconded by Mr. Lindqvist of the harbour office.",
     "The motion was seconded by Mr. Lundqvist of the harbour office.", meaning},
    {"fr", "La motion a été appuyée par M. Lindqvist du bureau du port.",
     "La motion a été appuyée par M. Bergstrom du bureau du port.", meaning},
    // Quantifiers and modal verbs
    {"en", "All members must pay their share before the end of the season.",
     "Some members must pay their share before the end of the season.", meaning},
    {"en", "The members must pay their share before the end of the season.",
     "The members may pay their share before the end of the season.", meaning},
    {"es", "Los miembros deben pagar su parte antes del final de la temporada.",
     "Los miembros pueden pagar su parte antes del final de la temporada.", meaning},
    {"it", "Tutti i membri pagano la loro parte prima della fine della stagione.",
     "Alcuni membri pagano la loro parte prima della fine della stagione.", meaning},
    {"pt", "Os membros devem pagar a sua parte antes do fim da estação.",
     "Os membros podem pagar a sua parte antes do fim da estação.", meaning},
    {"uk", "Усі члени сплачують свою частку до кінця сезону без винятків.",
     "Деякі члени сплачують свою частку до кінця сезону без винятків.", meaning},
    {"zh", "成员必须在季末之前缴纳会费份额。", "成员可以在季末之前缴纳会费份额。", meaning},
    {"ar", "يجب على الأعضاء دفع حصتهم قبل نهاية الموسم الحالي.",
     "يجوز على الأعضاء دفع حصتهم قبل نهاية الموسم الحالي.", meaning},
    // What is only wording
    {"en", "The old harbour was repaired by the town after the storm.",
     "The old harbour was restored by the town after the storm.", wording},
    {"en", "The delegates recognise the labour of the harbour workers.",
     "The delegates recognize the labor of the harbor workers.", wording},
    {"en", "The vote of the Labour Organisation was taken in the spring.",
     "The vote of the Labor Organization was taken in the spring.", wording},
    {"de", "Die Stadt hat den alten Hafen nach dem Sturm repariert.",
     "Die Stadt hat den alten Hafen nach dem Sturm erneuert.", wording},
    {"de", "Der alte Hafen wurde nach dem Sturm von der Stadt repariert.",
     "Der alte Kai wurde nach dem Sturm von der Stadt repariert.", wording},
    {"fr", "La ville a réparé le vieux port après la tempête de l'hiver.",
     "La ville a restauré le vieux port après la tempête de l'hiver.", wording},
    {"ru", "Город отремонтировал старую гавань после зимнего шторма.",
     "Город восстановил старую гавань после зимнего шторма.", wording},
    {"ar", "أصلحت المدينة الميناء القديم بعد العاصفة الشتوية.",
     "رممت المدينة الميناء القديم بعد العاصفة الشتوية.", wording},
    {"zh", "该市在暴风雨之后修复了古老的港口。", "该市在暴风雨之后重建了古老的港口。", wording},
    {"zh", "该市不断修复古老的港口和周围的道路。", "该市努力修复古老的港口和周围的道路。", wording},
    {"tr", "Belediye fırtınadan sonra eski limanı onardı ve açtı.",
     "Belediye fırtınadan sonra eski limanı yeniledi ve açtı.", wording},
};

class KindOfChange : public testing::TestWithParam<Row> {};

TEST_P(KindOfChange, IsAsAReaderOfTheLanguageSays) {
  const Row& row = GetParam();
  TextContent page;
  page.text = row.source;
  page.language = row.language;
  page.blocks = {{BlockKind::paragraph, {0, page.text.size()}}};
  const QuoteFinding finding = match_quote(row.quote, page);
  EXPECT_EQ(finding.state, QuoteState::altered);
  ASSERT_FALSE(finding.changes.empty());
  ChangeKind gravest = wording;
  std::string words;
  for (const Change& change : finding.changes) {
    if (change.kind == meaning) gravest = meaning;
    words += " \"" + change.quoted + "\" for \"" + change.found + "\"";
  }
  EXPECT_EQ(name(gravest), std::string(name(row.kind))) << words;
}

INSTANTIATE_TEST_SUITE_P(Table, KindOfChange, testing::ValuesIn(rows));

}  // namespace
}  // namespace loccit
