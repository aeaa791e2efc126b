#include "cli/passphrase.h"

#include <algorithm>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "base/files.h"

namespace loccit {
namespace {

std::string first_line(std::string text) {
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

// Typed without an echo, on the terminal itself: standard input may be a pipe.
Result<std::string> ask(const std::string& what) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) {
    return fail(
        FailureKind::encrypted,
        what + " is encrypted, and there is no terminal to ask at: name a --passphrase-file");
  }
  termios before{};
  ::tcgetattr(terminal, &before);
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(terminal, TCSAFLUSH, &silent);
  const std::string prompt = "Passphrase of " + what + ": ";
  (void)!::write(terminal, prompt.data(), prompt.size());
  std::string typed;
  char c = 0;
  while (::read(terminal, &c, 1) == 1 && c != '\n' && typed.size() < 1024) typed.push_back(c);
  ::tcsetattr(terminal, TCSAFLUSH, &before);
  (void)!::write(terminal, "\n", 1);
  ::close(terminal);
  return typed;
}

}  // namespace

PassphraseSource passphrase_source(const std::string& file, const std::string& what) {
  if (file.empty()) return [what] { return ask(what); };
  return [file] { return read_file(file, {.max_bytes = 1U << 16U}).map(first_line); };
}

}  // namespace loccit
