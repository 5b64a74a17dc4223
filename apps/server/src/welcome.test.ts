import { expect, it } from "vitest";
import { welcomeText } from "./welcome.ts";

const facts = {
  version: "1.2.3",
  url: "http://127.0.0.1:8787",
  dataDir: "/srv/safelight",
  loginPath: undefined,
  hasWebApp: true,
  findings: 0,
};

it("names the address and the data folder", () => {
  expect(welcomeText(facts)).toBe(
    "\n  Safelight 1.2.3\n\n  Address   http://127.0.0.1:8787\n  Data      /srv/safelight\n  Stop      Ctrl-C\n\n",
  );
});

it("adds what a person must know of this start", () => {
  const text = welcomeText({ ...facts, loginPath: "/login?key=k", hasWebApp: false, findings: 2 });
  expect(text).toContain("http://127.0.0.1:8787/login?key=k (works once)");
  expect(text).toContain("not built");
  expect(text).toContain("2 findings, told at http://127.0.0.1:8787/health");
  expect(welcomeText({ ...facts, findings: 1 })).toContain("1 finding,");
});
