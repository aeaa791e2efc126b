// An option that may be given several times, each time with one value.
#pragma once

namespace CLI {
class Option;
}

namespace loccit {

CLI::Option* repeatable(CLI::Option* option);

}  // namespace loccit
