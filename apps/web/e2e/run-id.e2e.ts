import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRunpodFake, type RunpodFake } from "../../../packages/providers/testing/index.ts";
import { complaintsOf, openBrowser } from "./open-browser.ts";
import { startStudio, type Studio } from "./start-studio.ts";

let runpod: RunpodFake;
let studio: Studio;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  runpod = await createRunpodFake();
  const { key = "", apiUrl = "", generationEndpoint = "" } = runpod.settings;
  studio = await startStudio({
    env: {
      RUNPOD_API_KEY: key,
      RUNPOD_API_URL: apiUrl,
      RUNPOD_GENERATION_ENDPOINT: generationEndpoint,
    },
  });
  browser = await openBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await studio.close();
  await runpod.close();
});

// RunPod lists no runs: what became of a job whose answer was lost, a person reads there.
it("takes the id of a lost run by keyboard alone, says when there is none, and follows the right one to its end", async () => {
  const complaints = complaintsOf(page);
  const { keyboard } = page;
  runpod.misbehave("submit", { do: "drop-after-accept" });
  await fetch(`${studio.url}/api/jobs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      provider: "runpod",
      kind: "image",
      model: "generation",
      prompt: "a quiet sea",
      params: {},
    }),
  });
  await page.goto(`${studio.url}/jobs`);
  await page.getByRole("link", { name: "a quiet sea" }).click();
  const detail = page.getByRole("complementary", { name: "Job", exact: true });
  const look = detail.getByRole("button", { name: "Look for it at RunPod" });
  await look.focus({ timeout: 30_000 });
  await keyboard.press("Enter");
  const field = detail.getByLabel("Id of the run");
  // What is asked for next has the focus.
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  await keyboard.type("no-such-run");
  await keyboard.press("Enter");
  await detail.getByText("RunPod has no run no-such-run that no other job has.").waitFor();
  await keyboard.press("Control+a");
  await keyboard.type(runpod.runs.all()[0]?.id ?? "");
  await keyboard.press("Enter");
  await detail.getByText("Succeeded", { exact: true }).first().waitFor({ timeout: 40_000 });
  expect(runpod.submits()).toBe(1);
  expect(complaints).toEqual([]);
});
