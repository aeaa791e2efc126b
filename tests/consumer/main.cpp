// A program of somebody else's that uses the installed library.
#include <iostream>

#include <loccit/loccit.h>

int main() {
  const auto manifest = loccit::api::extract(
      "He says: \"The lamps are old.\"[^1]\n\n[^1]: https://a.example/\n", "letter.md");
  const auto altered =
      loccit::api::compare("The lamps are new.", "<p>The lamps are old.</p>", "text/html");
  const auto unreadable = loccit::api::extract("", "empty.md");
  std::cout << loccit::api::version() << '\n'
            << manifest.json << '\n'
            << altered.json << '\n'
            << (unreadable.ok ? "read" : unreadable.error) << '\n';
}
