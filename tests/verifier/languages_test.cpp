#include "verifier/languages.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace loccit {
namespace {

const std::string english =
    "The office is open on every weekday, and visitors are asked to bring a card that shows who "
    "they are. Nobody is turned "
    "away without a reason, and the reason is given in writing. Complaints go to the head of the "
    "office, who answers within "
    "a month. A fee is due for each copy that is made of a file.";
const std::string french =
    "Le bureau est ouvert tous les jours ouvrables, et les visiteurs sont pri\u00E9s d'apporter "
    "une carte qui montre qui ils "
    "sont. Personne n'est renvoy\u00E9 sans raison, et la raison est donn\u00E9e par \u00E9crit. "
    "Les plaintes vont au chef du "
    "bureau, qui r\u00E9pond dans le mois. Une taxe est due pour chaque copie d'un dossier.";

bool another(const std::string& quote, const std::string& page) {
  TextContent content;
  content.text = page;
  content.blocks = {{BlockKind::paragraph, {0, page.size()}}};
  return in_another_language(quote, page, detect_languages(page), SourceWords(content));
}

const std::string french_quote =
    "La prochaine \u00E9tape consiste \u00E0 configurer le noyau conform\u00E9ment \u00E0 ses "
    "besoins ; le mode op\u00E9ratoire "
    "d\u00E9pend des objectifs.";

TEST(Languages, TellsAQuoteOfAnotherLanguage) {
  EXPECT_TRUE(another(french_quote, english));
  EXPECT_FALSE(another(french_quote, french));
}

// A page half of which is not translated yet was "in another language" than the quotes of its other
// half, so that an invented one passed for a translation.
TEST(Languages, APageMayBeInTwo) {
  EXPECT_FALSE(another(french_quote, english + english + "\n" + french));
}

// Languages akin share words, and a Portuguese sentence was called gone from a Spanish page.
TEST(Languages, KinAreToldApartByASentence) {
  const std::string spanish =
      "La oficina abre todos los días laborables y se pide a los visitantes que traigan una "
      "tarjeta "
      "que muestre quiénes son. Nadie es rechazado sin una razón, y la razón se da por escrito. "
      "Las "
      "quejas van al jefe de la oficina, que responde en el plazo de un mes.";
  const std::string danish =
      "Kontoret er åbent alle hverdage, og de besøgende bedes medbringe et kort, der viser, hvem "
      "de "
      "er. Ingen afvises uden grund, og grunden gives skriftligt. Klager går til kontorets leder, "
      "som svarer inden for en måned.";
  EXPECT_TRUE(
      another("O porto está fechado à noite, e o faroleiro não recebe ninguém antes do "
              "amanhecer; quem chega tarde espera na ilha.",
              spanish));
  EXPECT_FALSE(
      another("El puerto está cerrado de noche, y el farero no recibe a nadie antes del "
              "amanecer; quien llega tarde espera en la isla.",
              spanish));
  EXPECT_TRUE(
      another("Hamnen är stängd på natten, och fyrvaktaren tar inte emot någon före "
              "gryningen; den som kommer sent får vänta på ön.",
              danish));
}

TEST(Languages, ChineseIsNoJapanese) {
  const std::string japanese =
      "事務所は平日に開いており、訪問者は身分を示すカードを持参するよう求められている。"
      "理由なく断られることはなく、理由は書面で示される。苦情は事務所の長に届けられ、"
      "一か月以内に回答がある。書類の写しには手数料がかかる。";
  const std::string chinese = "港口夜间关闭，灯塔看守人在黎明之前不接待任何人。";
  EXPECT_TRUE(another(chinese, japanese));
  EXPECT_FALSE(another("港は夜間閉鎖され、灯台守は夜明け前には誰にも会わない。", japanese));
}

TEST(Languages, LettersThatThePageDoesNotUseAreEnough) {
  const std::string short_quote = "\u8FD9\u6761 UserDir \u6307\u4EE4\u5C1A\u672A\u751F\u6548\u3002";
  EXPECT_TRUE(another(short_quote, english));
  EXPECT_FALSE(another("UserDir \u6307\u4EE4", "Loading\u2026"));  // an empty frame proves nothing
}

}  // namespace
}  // namespace loccit
