// A PostgreSQL server of the test's own: in a folder of its own, on a Unix socket, gone afterwards.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace loccit::testing {

class PostgresqlServer {
 public:
  // Why there is none, where PostgreSQL is not installed; nullopt: start() will do.
  static std::optional<std::string> why_not();

  enum class Durability { none, full };  // none: quick, for tests that need no crash
  explicit PostgresqlServer(Durability durability = Durability::none);
  ~PostgresqlServer();
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  std::string new_database();  // its postgresql:// URL
  std::string url(const std::string& database) const;
  void stop_at_once();  // pg_ctl stop -m immediate: as a crash
  void start();

 private:
  void run(const std::string& command) const;

  std::filesystem::path folder_;
  std::string options_;
  int databases_ = 0;
};

}  // namespace loccit::testing
