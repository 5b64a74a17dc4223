import { expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";

it.each(["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001::1"])(
  "takes %s as public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

it.each([
  ["loopback", "127.0.0.1"],
  ["loopback", "127.255.0.9"],
  ["loopback", "::1"],
  ["unspecified", "0.0.0.0"],
  ["unspecified", "::"],
  ["this network", "0.1.2.3"],
  ["private", "10.0.0.1"],
  ["private", "172.16.0.1"],
  ["private", "172.31.255.255"],
  ["private", "192.168.1.1"],
  ["link-local", "169.254.169.254"],
  ["link-local", "fe80::1"],
  ["link-local with a zone", "fe80::1%eth0"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["benchmarking", "198.18.0.1"],
  ["documentation", "192.0.2.1"],
  ["documentation", "203.0.113.9"],
  ["documentation", "2001:db8::1"],
  ["protocol assignments", "192.0.0.8"],
  ["multicast", "224.0.0.1"],
  ["multicast", "ff02::1"],
  ["broadcast", "255.255.255.255"],
  ["reserved", "240.0.0.1"],
  ["unique local", "fc00::1"],
  ["unique local", "fd12:3456::1"],
  ["site-local", "fec0::1"],
  ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
  ["IPv4-mapped private", "::ffff:0a00:1"],
  ["IPv4-compatible loopback", "::127.0.0.1"],
  ["NAT64", "64:ff9b::7f00:1"],
  ["local NAT64", "64:ff9b:1::a00:1"],
  ["6to4", "2002:7f00:1::"],
  ["Teredo", "2001::1"],
  ["discard", "100::1"],
  ["nothing", "localhost"],
  ["nothing", ""],
])("refuses %s: %s", (_kind, address) => {
  expect(isPublicAddress(address)).toBe(false);
});
