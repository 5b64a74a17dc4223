import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** How long a login lasts; a visit in its second half starts a new one. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Makes and checks login cookies, which carry nothing but their expiry and prove that we wrote it. */
export interface SessionCookies {
  /** A `Set-Cookie` value that logs this browser in. */
  readonly issue: (nowMs: number) => string;
  /** Whether a `Cookie` header carries a login that holds, and whether it should be renewed. */
  readonly check: (cookieHeader: string | undefined, nowMs: number) => "valid" | "renew" | "absent";
}

/** Logins end when the token changes. `name` keeps two studios on one host apart. */
export function createSessionCookies(token: string, name: string): SessionCookies {
  const key = createHash("sha256").update(`safelight session ${token}`).digest();
  const proofOf = (expiresAtMs: string) => createHmac("sha256", key).update(expiresAtMs).digest("base64url");
  return {
    issue: (nowMs) => {
      const expiresAtMs = String(nowMs + LIFETIME_MS);
      const value = `${expiresAtMs}.${proofOf(expiresAtMs)}`;
      return `${name}=${value}; Path=/; Max-Age=${LIFETIME_MS / 1000}; HttpOnly; SameSite=Strict`;
    },
    check: (cookieHeader, nowMs) => {
      const [expiresAtMs = "", proof = ""] = cookieNamed(cookieHeader, name)?.split(".") ?? [];
      if (!/^\d{1,15}$/.test(expiresAtMs) || !sameSecret(proof, proofOf(expiresAtMs))) return "absent";
      const leftMs = Number(expiresAtMs) - nowMs;
      if (leftMs <= 0) return "absent";
      return leftMs < LIFETIME_MS / 2 ? "renew" : "valid";
    },
  };
}

/** Compares in a time that tells nothing about how much of the secret was right. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

function cookieNamed(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(";").find((part) => part.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}
