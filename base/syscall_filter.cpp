#include "base/syscall_filter.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace loccit {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t machine = 0;
#endif

constexpr sock_filter statement(int code, std::uint32_t k) {
  return {static_cast<std::uint16_t>(code), 0, 0, k};
}
constexpr sock_filter jump(int code, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
  return {static_cast<std::uint16_t>(code), yes, no, k};
}
constexpr std::uint32_t argument(unsigned index) {  // its low half: little-endian machines only
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + 8UL * index);
}

constexpr int load = BPF_LD | BPF_W | BPF_ABS;
constexpr int equals = BPF_JMP | BPF_JEQ | BPF_K;
constexpr int has_bits = BPF_JMP | BPF_JSET | BPF_K;
constexpr int answer = BPF_RET | BPF_K;
constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EACCES;

}  // namespace

SyscallFilter read_only_filter() {
  if (machine == 0) return {};
  SyscallFilter filter = {
      statement(load, offsetof(seccomp_data, arch)),
      jump(equals, machine, 1, 0),
      statement(answer, SECCOMP_RET_KILL_PROCESS),
      statement(load, offsetof(seccomp_data, nr)),
  };
#if defined(__x86_64__)
  filter.push_back(
      jump(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1));  // the x32 twins of every call
  filter.push_back(statement(answer, refuse));
#endif
  for (const long call : {
         SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_sendto, SYS_sendmsg,
             SYS_unlinkat, SYS_renameat2, SYS_mkdirat, SYS_mknodat, SYS_linkat, SYS_symlinkat,
             SYS_truncate, SYS_fchmodat, SYS_fchownat, SYS_utimensat, SYS_setxattr, SYS_mount,
             SYS_open_by_handle_at, SYS_kill, SYS_ptrace, SYS_process_vm_readv,
             SYS_process_vm_writev, SYS_setsid, SYS_setpgid, SYS_unshare, SYS_setns, SYS_bpf,
             SYS_keyctl, SYS_add_key, SYS_shmget, SYS_msgget, SYS_io_uring_setup, SYS_openat2,
             SYS_pidfd_getfd, SYS_pidfd_send_signal,
#if defined(__x86_64__)
             SYS_creat, SYS_unlink, SYS_rename, SYS_renameat, SYS_mkdir, SYS_rmdir, SYS_mknod,
             SYS_link, SYS_symlink, SYS_chmod, SYS_chown, SYS_utime, SYS_utimes,
#endif
       }) {
    filter.push_back(jump(equals, static_cast<std::uint32_t>(call), 0, 1));
    filter.push_back(statement(answer, refuse));
  }
  // Files may be opened for reading only.
  const auto read_only = [&](long call, unsigned flags_at) {
    filter.push_back(jump(equals, static_cast<std::uint32_t>(call), 0, 4));
    filter.push_back(statement(load, argument(flags_at)));
    filter.push_back(jump(has_bits, O_ACCMODE | O_CREAT | O_TRUNC, 0, 1));
    filter.push_back(statement(answer, refuse));
    filter.push_back(statement(answer, SECCOMP_RET_ALLOW));
  };
  read_only(SYS_openat, 2);
#if defined(__x86_64__)
  read_only(SYS_open, 1);
#endif
  filter.push_back(statement(answer, SECCOMP_RET_ALLOW));
  return filter;
}

void apply(const SyscallFilter& filter) {
  if (filter.empty()) return;
  const sock_fprog program{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

}  // namespace loccit
