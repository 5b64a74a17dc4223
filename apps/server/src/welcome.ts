/** What a start tells the person at the terminal. */
export interface WelcomeFacts {
  readonly version: string;
  readonly url: string;
  readonly dataDir: string;
  /** Path with the one-time key; left out when no token is asked for. */
  readonly loginPath: string | undefined;
  readonly hasWebApp: boolean;
  /** How many things recovery found. */
  readonly findings: number;
}

/** One block of text with the address and the data folder. */
export function welcomeText(facts: WelcomeFacts): string {
  const rows: (readonly [string, string])[] = [
    ["Address", facts.url],
    ["Data", facts.dataDir],
  ];
  if (facts.loginPath !== undefined) rows.push(["Sign in", `${facts.url}${facts.loginPath} (works once)`]);
  if (!facts.hasWebApp) rows.push(["Pages", `not built; the API is described at ${facts.url}/docs`]);
  if (facts.findings > 0) {
    const count = facts.findings === 1 ? "1 finding" : `${facts.findings} findings`;
    rows.push(["Recovery", `${count}, told at ${facts.url}/health`]);
  }
  rows.push(["Stop", "Ctrl-C"]);
  const lines = rows.map(([name, value]) => `  ${name.padEnd(10)}${value}`);
  return `\n  Safelight ${facts.version}\n\n${lines.join("\n")}\n\n`;
}
