#include "cli/repeatable.h"

#include <CLI/CLI.hpp>

namespace loccit {

CLI::Option* repeatable(CLI::Option* option) {
  return option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

}  // namespace loccit
