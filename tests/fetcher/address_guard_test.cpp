#include "fetcher/address_guard.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

bool refused(const AddressGuard& guard, const char* address) {
  const auto parsed = ip_address_from(address);
  EXPECT_TRUE(parsed) << address;
  return guard.refusal(*parsed).has_value();
}

TEST(AddressGuard, RefusesWhatIsNotThePublicInternet) {
  const AddressGuard guard = AddressGuard::letting_through({}).value();
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.1",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.255.254",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.7",
                              "203.0.113.9",
                              "224.0.0.1",
                              "239.255.255.255",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "64:ff9b:1::1",
                              "100::1",
                              "2001::1",
                              "2001:db8::1",
                              "3fff::1",
                              "5f00::1",
                              "fc00::1",
                              "fd12::1",
                              "fe80::1",
                              "febf::1",
                              "fec0::1",
                              "ff02::1"}) {
    EXPECT_TRUE(refused(guard, address)) << address;
  }
}

TEST(AddressGuard, RefusesSpecialAddressesInsideOfOthers) {
  const AddressGuard guard = AddressGuard::letting_through({}).value();
  for (const char* address : {"::ffff:127.0.0.1", "::ffff:10.1.2.3", "::127.0.0.1",
                              "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::c0a8:1",
                              "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1"}) {
    EXPECT_TRUE(refused(guard, address)) << address;
  }
}

TEST(AddressGuard, LetsThePublicInternetThrough) {
  const AddressGuard guard = AddressGuard::letting_through({}).value();
  for (const char* address :
       {"1.1.1.1",         "9.255.255.255", "11.0.0.0",       "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.1",     "172.15.255.255", "172.32.0.0",     "192.0.1.1",
        "192.167.255.255", "192.169.0.0",   "198.17.255.255", "198.20.0.0",     "223.255.255.255",
        "2606:4700::1111", "2001:200::1",   "2a00:1450::1",   "::ffff:8.8.8.8", "64:ff9b::808:808",
        "fbff::1"}) {
    EXPECT_FALSE(refused(guard, address)) << address;
  }
}

TEST(AddressGuard, LetsThroughWhatItIsToldToAndNoMore) {
  const AddressGuard guard =
      AddressGuard::letting_through({"127.0.0.0/8", "fd00:1::/32", "10.1.2.3"}).value();
  for (const char* address :
       {"127.0.0.1", "::ffff:127.9.9.9", "64:ff9b::127.0.0.1", "fd00:1::5", "10.1.2.3"}) {
    EXPECT_FALSE(refused(guard, address)) << address;
  }
  for (const char* address : {"::1", "fd00:2::5", "10.1.2.4", "169.254.169.254"})
    EXPECT_TRUE(refused(guard, address)) << address;
}

TEST(AddressGuard, SaysWhichAddressWhyAndWhatWouldLetItThrough) {
  const AddressGuard guard = AddressGuard::letting_through({}).value();
  const std::string why = guard.refusal(*ip_address_from("127.0.0.1")).value();
  for (const char* part : {"127.0.0.1", "loopback", "RFC 1122", "--allow-net 127.0.0.0/8"})
    EXPECT_NE(why.find(part), why.npos) << why;
}

TEST(AddressGuard, WantsRangesInCidrForm) {
  for (const char* bad : {"", "localhost", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1",
                          "10.0.0/8", "1.2.3.4/8x"}) {
    EXPECT_FALSE(AddressGuard::letting_through({bad})) << bad;
  }
}

}  // namespace
}  // namespace loccit
