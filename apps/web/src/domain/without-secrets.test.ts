import { expect, it } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

it("shows what was said without what must not be", () => {
  const answer = {
    id: "run-1",
    max_tokens: 200,
    webhookToken: "abcdef",
    headers: { Authorization: "Bearer abcdefghijk", accept: "json" },
    urls: ["https://v3.fal.media/files/a.png?X-Amz-Signature=123", "https://fal.run/status"],
    log: "sent with Key 12345678:abcdefgh",
    image: `data:image/png;base64,${"A".repeat(100)}`,
  };
  const shown = JSON.stringify(withoutSecrets(answer));
  expect(shown).not.toMatch(/abcdef|12345678|Signature=|AAAAAAAAAAAAAAAAAAAAAAAA/);
  expect(withoutSecrets(answer)).toMatchObject({
    id: "run-1",
    max_tokens: 200,
    headers: { accept: "json" },
    urls: ["https://v3.fal.media/files/a.png?(removed)", "https://fal.run/status"],
  });
});
