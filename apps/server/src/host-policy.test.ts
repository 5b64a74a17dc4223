import { describe, expect, it } from "vitest";
import { createHostPolicy } from "./host-policy.ts";

describe("createHostPolicy", () => {
  const policy = createHostPolicy(["Studio.lan", "192.168.1.5", "fd00::1"]);

  it.each([
    "localhost",
    "LOCALHOST:8787",
    "localhost.:8787",
    "127.0.0.1:8787",
    "127.1.2.3",
    "[::1]:8787",
    "[0:0:0:0:0:0:0:1]:80",
    "studio.lan",
    "studio.LAN:443",
    "192.168.1.5:8787",
    "[fd00::1]:8787",
  ])("allows Host %s", (host) => {
    expect(policy.allowsHost(host)).toBe(true);
  });

  it.each([
    undefined,
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example@localhost",
    "localhost/evil",
    "localhost:8787:1",
    "192.168.1.6",
    "0.0.0.0",
    "[::ffff:192.168.1.6]",
  ])("refuses Host %s, also right after one that it allows", (host) => {
    expect(policy.allowsHost("localhost:8787")).toBe(true);
    expect(policy.allowsHost(host)).toBe(false);
  });

  it.each(["http://localhost:5173", "http://127.0.0.1:8787", "https://studio.lan", "http://[::1]:8787"])(
    "allows Origin %s whatever its port",
    (origin) => {
      expect(policy.allowsOrigin(origin)).toBe(true);
    },
  );

  it.each([
    "null",
    "",
    "http://evil.example",
    "file://",
    "chrome-extension://abc",
    "ftp://localhost",
    "localhost",
  ])("refuses Origin %s", (origin) => {
    expect(policy.allowsOrigin(origin)).toBe(false);
  });
});
