#include "support/postgresql_server.h"

#include <cstdlib>
#include <stdexcept>

#include <pwd.h>
#include <unistd.h>

namespace loccit::testing {
namespace {

namespace fs = std::filesystem;
constexpr const char* programs = "/usr/lib/postgresql/15/bin/";

// PostgreSQL refuses to run as root; the tests in a container often do.
std::string as_nobody() {
  return ::getuid() == 0 ? "setpriv --reuid=nobody --regid=nogroup --clear-groups " : "";
}

}  // namespace

std::optional<std::string> PostgresqlServer::why_not() {
  if (fs::exists(std::string(programs) + "initdb")) return std::nullopt;
  return "PostgreSQL 15 is not installed (Debian package postgresql)";
}

PostgresqlServer::PostgresqlServer(Durability durability) {
  // A short path: that of a Unix socket has at most 107 bytes.
  const fs::path root =
      durability == Durability::none && fs::exists("/dev/shm") ? "/dev/shm" : "/tmp";
  std::string name = (root / "loccit-pg.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp " + name);
  folder_ = name;
  if (const passwd* nobody = ::getpwnam("nobody"); ::getuid() == 0 && nobody != nullptr) {
    if (::chown(name.c_str(), nobody->pw_uid, nobody->pw_gid) != 0)
      throw std::runtime_error("chown " + name);
  }
  run(std::string(programs) + "initdb -D " + name +
      "/data -U loccit -A trust -E UTF8 --locale=C --no-sync");
  options_ = "-c listen_addresses= -c unix_socket_directories=" + name;
  if (durability == Durability::none) options_ += " -c fsync=off -c synchronous_commit=off";
  start();
}

PostgresqlServer::~PostgresqlServer() {
  try {
    stop_at_once();
  } catch (const std::exception&) {  // it was not running
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PostgresqlServer::run(const std::string& command) const {
  const std::string log = (folder_ / "log").string();
  if (std::system(("cd / && " + as_nobody() + command + " >>" + log + " 2>&1").c_str()) != 0)
    throw std::runtime_error(command + " failed, see " + log);
}

void PostgresqlServer::start() {
  run(std::string(programs) + "pg_ctl -w -t 120 -D " + (folder_ / "data").string() + " -l " +
      (folder_ / "server-log").string() + " -o '" + options_ + "' start");
}

void PostgresqlServer::stop_at_once() {
  run(std::string(programs) + "pg_ctl -w -t 120 -D " + (folder_ / "data").string() +
      " -m immediate stop");
}

std::string PostgresqlServer::url(const std::string& database) const {
  return "postgresql://loccit@/" + database + "?host=" + folder_.string();
}

std::string PostgresqlServer::new_database() {
  const std::string name = "registry" + std::to_string(++databases_);
  run(std::string(programs) + "createdb -h " + folder_.string() + " -U loccit " + name);
  return url(name);
}

}  // namespace loccit::testing
