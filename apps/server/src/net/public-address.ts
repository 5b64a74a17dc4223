import ipaddr from "ipaddr.js";

/** IPv6 blocks that reach IPv4 or local hosts and that `ipaddr.js` counts as ordinary unicast. */
const LOCAL_V6_BLOCKS = [
  // IPv4-compatible, deprecated: `::127.0.0.1`.
  ipaddr.parseCIDR("::/96"),
  // NAT64 for local use, RFC 8215.
  ipaddr.parseCIDR("64:ff9b:1::/48"),
  // Site-local, deprecated by RFC 3879.
  ipaddr.parseCIDR("fec0::/10"),
];

/**
 * Whether an IP address belongs to the public internet. Private, loopback, link-local, multicast, unspecified,
 * carrier-grade NAT, unique-local, NAT64, tunnelled and reserved ones do not, nor does anything that is no address.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  // Turns an IPv4-mapped address into the IPv4 address that it reaches.
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || !LOCAL_V6_BLOCKS.some((block) => parsed.match(block));
}
