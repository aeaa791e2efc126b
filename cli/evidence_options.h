// The options of sealing, of auditing what was sealed, and of making a key for it.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace loccit {

void add_seal_file(CLI::App& app, Options& options);     // --seal
void add_sealing(CLI::App& app, Options& options);       // --key … --no-document
void add_sealed_check(CLI::App& app, Options& options);  // FILE.wacz, --out, --check
void add_trusting(CLI::App& app, Options& options);      // --trust
void add_auditing(CLI::App& app, Options& options);      // BUNDLE, --previous … --json
void add_key_making(CLI::App& app, Options& options);    // --key, --cert, --host … --type

}  // namespace loccit
