// Where Amazon's own tools look: environment first, then ~/.aws.
#include <algorithm>
#include <map>

#include "archive/s3_client.h"
#include "base/ascii.h"
#include "base/files.h"

namespace loccit {
namespace {

using ascii::trimmed;

namespace fs = std::filesystem;

using Section = std::map<std::string, std::string>;

// One section of an INI file; none where there is no file or no such section.
Section section_of(const fs::path& file, const std::string& wanted) {
  Section values;
  const auto text = read_file(file, {.max_bytes = 1U << 20U});
  if (!text) return values;
  bool inside = false;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with('[')) inside = trimmed(line.substr(1, line.find(']') - 1)) == wanted;
    const std::size_t equals = line.find('=');
    if (inside && equals != std::string_view::npos && !line.starts_with('#'))
      values.emplace(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
  return values;
}

}  // namespace

Result<S3Settings> s3_settings_from(const std::function<std::string(const char*)>& variable) {
  const auto first_of = [](std::initializer_list<std::string> values) {
    for (const std::string& value : values) {
      if (!value.empty()) return value;
    }
    return std::string();
  };
  const std::string profile = first_of({variable("AWS_PROFILE"), "default"});
  const fs::path home = fs::path(variable("HOME")) / ".aws";
  Section secrets = section_of(
      first_of({variable("AWS_SHARED_CREDENTIALS_FILE"), (home / "credentials").string()}),
      profile);
  Section config = section_of(first_of({variable("AWS_CONFIG_FILE"), (home / "config").string()}),
                              profile == "default" ? profile : "profile " + profile);

  S3Settings settings;
  AwsCredentials& who = settings.credentials;
  who = {variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"),
         variable("AWS_SESSION_TOKEN")};
  if (who.access_key.empty() || who.secret_key.empty()) {
    Section& from = secrets.contains("aws_access_key_id") ? secrets : config;
    who = {from["aws_access_key_id"], from["aws_secret_access_key"], from["aws_session_token"]};
  }
  if (who.access_key.empty() || who.secret_key.empty()) {
    return fail(FailureKind::not_found,
                "no credentials for the S3 store: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                "or write them into ~/.aws/credentials under [" +
                    profile + "]");
  }
  settings.endpoint = first_of(
      {variable("AWS_ENDPOINT_URL_S3"), variable("AWS_ENDPOINT_URL"), config["endpoint_url"]});
  settings.region = first_of(
      {variable("AWS_REGION"), variable("AWS_DEFAULT_REGION"), config["region"], settings.region});
  settings.path_style = !settings.endpoint.empty();  // what stores other than Amazon's understand
  settings.ca_file = variable("AWS_CA_BUNDLE");
  return settings;
}

}  // namespace loccit
