#include "cli/option_groups.h"

#include <sstream>

#include <CLI/CLI.hpp>

#include "cli/ci_options.h"
#include "cli/evidence_options.h"
#include "cli/fetch_options.h"
#include "cli/registry_options.h"
#include "cli/report_options.h"

namespace loccit {
namespace {

void add_inputs(CLI::App& app, Options& options) {
  app.add_option("INPUT", options.inputs,
                 "Documents, or manifests as `loccit extract` writes them; without any, those that "
                 "loccit.toml lists")
      ->type_name("");
}

void add_document(CLI::App& app, Options& options) {
  app.add_option("DOCUMENT", options.inputs, "The document to read")
      ->required()
      ->expected(1)
      ->type_name("");
}

void add_reading(CLI::App& app, Options& options) {
  app.add_option("--password", options.password, "Password of an encrypted PDF")->type_name("TEXT");
  app.add_flag("--notes-only", options.notes_only, "Leave out links in running text");
}

void add_explaining(CLI::App& app, Options& options) {
  app.add_flag("--explain", options.explain,
               "Say on standard error what was mended, what was not taken for a note, and why");
}

void add_archive(CLI::App& app, Options& options) {
  app.add_option("--archive", options.archive,
                 "Where snapshots and the registry live; s3://BUCKET/PREFIX for an S3 store (its "
                 "credentials, region and endpoint as Amazon's tools take them: AWS_… or ~/.aws)")
      ->type_name("DIR")
      ->default_str(".loccit");
}

void add_offline(CLI::App& app, Options& options) {
  app.add_flag("--offline", options.offline, "Touch no network: judge from the archive alone");
}

void add_shell(CLI::App& app, Options& options) {
  app.add_option("SHELL", options.inputs, "bash, zsh or fish")
      ->required()
      ->expected(1)
      ->type_name("")
      ->check(CLI::Validator(CLI::IsMember({"bash", "zsh", "fish"})).description(""));
}

void add_page(CLI::App& app, Options& options) {
  app.add_option("COMMAND", options.inputs, "The command that the page is about")
      ->expected(0, 1)
      ->type_name("");
}

void add_settings(CLI::App& app, Options& options) {
  app.add_option("--config", options.config, "Settings to heed instead of the nearest loccit.toml")
      ->type_name("FILE")
      ->check(CLI::Validator(CLI::ExistingFile).description(""))
      ->configurable(false);
  app.add_flag("--no-config", options.no_config, "Heed no loccit.toml")
      ->excludes("--config")
      ->configurable(false);
}

using Add = void (*)(CLI::App& app, Options& options);

Add adder_of(OptionGroup group) {
  switch (group) {
    case OptionGroup::inputs:
      return add_inputs;
    case OptionGroup::document:
      return add_document;
    case OptionGroup::reading:
      return add_reading;
    case OptionGroup::explaining:
      return add_explaining;
    case OptionGroup::archive:
      return add_archive;
    case OptionGroup::offline:
      return add_offline;
    case OptionGroup::fetching:
      return add_fetching;
    case OptionGroup::report_files:
      return add_report_files;
    case OptionGroup::fail_on:
      return add_fail_on;
    case OptionGroup::telling:
      return add_telling;
    case OptionGroup::seal_file:
      return add_seal_file;
    case OptionGroup::sealing:
      return add_sealing;
    case OptionGroup::sealed_check:
      return add_sealed_check;
    case OptionGroup::trusting:
      return add_trusting;
    case OptionGroup::auditing:
      return add_auditing;
    case OptionGroup::key_making:
      return add_key_making;
    case OptionGroup::registry:
      return add_registry;
    case OptionGroup::rhythm:
      return add_rhythm;
    case OptionGroup::watching:
      return add_watching;
    case OptionGroup::notifying:
      return add_notifying;
    case OptionGroup::slots:
      return add_slots;
    case OptionGroup::working:
      return add_working;
    case OptionGroup::history:
      return add_history;
    case OptionGroup::serving:
      return add_serving;
    case OptionGroup::archive_job:
      return add_archive_job;
    case OptionGroup::choosing:
      return add_choosing;
    case OptionGroup::baseline:
      return add_baseline;
    case OptionGroup::confirmed:
      return add_confirmed;
    case OptionGroup::accepting:
      return add_accepting;
    case OptionGroup::format:
      return add_format;
    case OptionGroup::shell:
      return add_shell;
    case OptionGroup::page:
      return add_page;
    case OptionGroup::settings:
      return add_settings;
  }
  throw std::logic_error("an option group without options");
}

OptionText text_of(const CLI::Option& option) {
  OptionText text;
  for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
  if (text.names.empty()) text.positional = option.get_name(true);
  text.takes_value = option.get_items_expected_max() > 0;
  text.repeatable = option.get_items_expected_max() > 1;
  text.type = option.get_type_name();
  text.group = option.get_group();
  text.help = option.get_description();
  text.standard = option.get_default_str();
  return text;
}

}  // namespace

void add_group(CLI::App& app, OptionGroup group, Options& options) {
  adder_of(group)(app, options);
}

std::vector<std::string> OptionText::values() const {
  if (type.find('|') == std::string::npos) return {};
  std::vector<std::string> all;
  std::istringstream parts(type);
  for (std::string value; std::getline(parts, value, '|');) all.push_back(value);
  return all;
}

std::vector<OptionText> options_of(const Command& command) {
  CLI::App app;
  Options options;
  for (const OptionGroup group : command.takes) add_group(app, group, options);
  std::vector<OptionText> texts;
  for (const CLI::Option* option : app.get_options()) texts.push_back(text_of(*option));
  return texts;
}

}  // namespace loccit
