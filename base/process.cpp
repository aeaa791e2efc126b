#include "base/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/files.h"
#include "base/syscall_filter.h"

namespace loccit {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t max_errors = 64U << 10U;
constexpr rlim_t max_open_files = 64;

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return tl::unexpected(io_failure(errno, "a pipe to a child"));
  }
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// Standard input as a sealed memory file: seekable (poppler needs that), and nothing has to be
// pumped.
Result<Descriptor> sealed_input(Bytes input) {
  Descriptor file(::memfd_create("loccit-input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (file.get() < 0) return tl::unexpected(io_failure(errno, "a memory file for a child"));
  for (Bytes rest = input; !rest.empty();) {
    const ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(io_failure(errno, "a memory file for a child"));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  return file;
}

std::string search_path() {
  const char* path = std::getenv("PATH");
  return path != nullptr && *path != '\0' ? path : "/usr/local/bin:/usr/bin:/bin";
}

// Searched before the fork: execvp may allocate, which is not allowed between fork and exec of a
// threaded program.
std::string find_program(const std::string& name, const std::string& path) {
  if (name.find('/') != std::string::npos) return name;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    std::string candidate = path.substr(begin, end - begin) + "/" + name;
    struct stat status {};
    if (::access(candidate.c_str(), X_OK) == 0 && ::stat(candidate.c_str(), &status) == 0 &&
        S_ISREG(status.st_mode)) {
      return candidate;
    }
    begin = end + 1;
  }
  return {};
}

void limit(__rlimit_resource resource, rlim_t value) {
  const struct rlimit both { value, value };
  ::setrlimit(resource, &both);
}

// All that the child needs, made before the fork.
struct Start {
  const char* program = nullptr;
  char* const* argv = nullptr;
  char* const* environment = nullptr;
  int input = -1;
  int output = -1;
  int errors = -1;
  int failed = -1;  // gets errno when exec does not happen
  const SyscallFilter* filter = nullptr;
  ChildLimits limits;
};

// Between fork and exec: async-signal-safe calls only.
[[noreturn]] void become_child(const Start& start) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  ::dup2(start.input, STDIN_FILENO);
  ::dup2(start.output, STDOUT_FILENO);
  ::dup2(start.errors, STDERR_FILENO);
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  [[maybe_unused]] const int moved = ::chdir("/");
  limit(RLIMIT_AS, start.limits.max_memory);
  limit(RLIMIT_CPU, static_cast<rlim_t>(start.limits.max_time.count()) + 1);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, max_open_files);
  limit(RLIMIT_CORE, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (start.limits.confined) apply(*start.filter);
  ::execve(start.program, start.argv, start.environment);
  const int error = errno;
  [[maybe_unused]] const ssize_t told = ::write(start.failed, &error, sizeof error);
  ::_exit(127);
}

pid_t start_child(const Start& start) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);  // no handler of ours may run in the child
  const pid_t pid = ::fork();
  if (pid == 0) become_child(start);
  if (pid > 0) ::setpgid(pid, pid);  // on both sides of the fork, whichever comes first
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return pid;
}

int milliseconds_until(SteadyTime deadline) {
  using std::chrono::milliseconds;
  const auto left =
      std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1000));
}

// One read; false at the end of the stream.
bool read_some(int fd, std::string& into, std::size_t keep) {
  std::array<char, 64U << 10U> buffer;
  const ssize_t count = ::read(fd, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR;
  const auto size = static_cast<std::size_t>(count);
  into.append(buffer.data(), std::min(size, keep - std::min(keep, into.size())));
  return count > 0;
}

Result<void> drain(const std::string& name, Descriptor& output, Descriptor& errors,
                   SteadyTime deadline, const ChildLimits& limits, ChildOutcome& outcome) {
  while (output.get() >= 0 || errors.get() >= 0) {
    std::array<pollfd, 2> wanted{{{output.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}}};
    const int ready = ::poll(wanted.data(), wanted.size(), milliseconds_until(deadline));
    if (ready < 0 && errno != EINTR) return tl::unexpected(io_failure(errno, name));
    if (ready > 0 && wanted[0].revents != 0 &&
        !read_some(output.get(), outcome.output, limits.max_output + 1)) {
      output.close();
    }
    if (ready > 0 && wanted[1].revents != 0 &&
        !read_some(errors.get(), outcome.errors, max_errors)) {
      errors.close();
    }
    if (outcome.output.size() > limits.max_output) {
      return fail(FailureKind::too_large, name + " gave more than the limit of " +
                                              std::to_string(limits.max_output) + " bytes");
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return fail(FailureKind::timed_out,
                  name + " took longer than " + std::to_string(limits.max_time.count()) + " s");
    }
  }
  return {};
}

// Waits without reaping, so that the process group's number is still ours when it is killed.
bool ended_by(pid_t pid, SteadyTime deadline) {
  while (true) {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
        info.si_pid == pid) {
      return true;
    }
    if (std::chrono::steady_clock::now() >= deadline) return false;
    ::poll(nullptr, 0, 2);
  }
}

int reap(pid_t pid) {
  ::kill(-pid, SIGKILL);  // and whatever it started
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<ChildOutcome> run_child(const std::vector<std::string>& argv, Bytes input,
                               const ChildLimits& limits) {
  const std::string path = search_path();
  const std::string program = argv.empty() ? std::string() : find_program(argv[0], path);
  if (program.empty()) {
    return fail(FailureKind::not_found, (argv.empty() ? "a program without a name" : argv[0]) +
                                            " is not installed (not found in PATH)");
  }
  auto file = sealed_input(input);
  auto output = make_pipe();
  auto errors = make_pipe();
  auto failed = make_pipe();
  if (!file) return tl::unexpected(file.error());
  for (auto* pipe : {&output, &errors, &failed}) {
    if (!*pipe) return tl::unexpected(pipe->error());
  }
  // Fewer turns between the child and us; a refusal does no harm.
  constexpr int roomy = 1 << 20;
  ::fcntl(output->write_end.get(), F_SETPIPE_SZ, roomy);

  std::vector<std::string> words = argv;
  std::vector<std::string> variables = {"PATH=" + path, "LANG=C.UTF-8"};
  const auto pointers = [](std::vector<std::string>& strings) {
    std::vector<char*> list;
    list.reserve(strings.size() + 1);
    for (std::string& text : strings) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
  };
  const std::vector<char*> argument_list = pointers(words);
  const std::vector<char*> variable_list = pointers(variables);
  const SyscallFilter filter = read_only_filter();

  const SteadyTime deadline = std::chrono::steady_clock::now() + limits.max_time;
  const pid_t pid = start_child({program.c_str(), argument_list.data(), variable_list.data(),
                                 file->get(), output->write_end.get(), errors->write_end.get(),
                                 failed->write_end.get(), &filter, limits});
  if (pid < 0) return tl::unexpected(io_failure(errno, argv[0]));
  for (auto* pipe : {&output, &errors, &failed}) (*pipe)->write_end.close();

  int exec_error = 0;
  ssize_t told = 0;
  while ((told = ::read(failed->read_end.get(), &exec_error, sizeof exec_error)) < 0 &&
         errno == EINTR) {
  }
  if (told == sizeof exec_error) {
    reap(pid);
    return tl::unexpected(io_failure(exec_error, argv[0]));
  }

  ChildOutcome outcome;
  const Result<void> drained =
      drain(argv[0], output->read_end, errors->read_end, deadline, limits, outcome);
  const bool ended = drained && ended_by(pid, deadline);
  outcome.exit_code = reap(pid);
  if (!drained) return tl::unexpected(drained.error());
  if (!ended) {
    return fail(FailureKind::timed_out,
                argv[0] + " took longer than " + std::to_string(limits.max_time.count()) + " s");
  }
  return outcome;
}

}  // namespace loccit
