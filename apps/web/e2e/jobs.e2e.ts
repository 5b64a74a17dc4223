import { describe, expect, it } from "vitest";
import { createRoom } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const stage = usePage({ path: "/create", isShared: true });

describe("Jobs", () => {
  it("cancels a job that is under way", async () => {
    await createRoom(stage.page).ask("a very long sea", { count: 8 });
    await stage.page.getByRole("link", { name: "Show the job: a very long sea" }).first().click();
    const detail = stage.page.getByRole("complementary", { name: "Job", exact: true });
    await detail.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect
      .poll(() => detail.getByText("Canceled", { exact: true }).count(), { timeout: 20_000 })
      .toBeGreaterThan(0);
  });

  it("moves a job to the trash and takes that back", async () => {
    const detail = stage.page.getByRole("complementary", { name: "Job", exact: true });
    await detail.getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => stage.page.getByRole("link", { name: "a very long sea" }).count()).toBe(0);
    await stage.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => stage.page.getByRole("link", { name: "a very long sea" }).count()).toBe(1);
  });

  it("gives every console command of the older dashboard", async () => {
    const answers = await stage.page.evaluate(async () => {
      const { jobs, lastJobId } = window.app.getState();
      const metrics = window.app.getMetrics();
      const cleared = window.app.clearHistory();
      const saved = await window.state.saveToStorage();
      const left = window.app.getState().jobs.length;
      const back = window.app.undoClear();
      const health = (await window.state.loadFromServer()) as { status: string };
      await window.state.saveToStorage();
      return {
        first: {
          jobs: jobs.map(({ prompt, number }) => [prompt, number]),
          lastJobId,
          total: metrics.totalJobs,
        },
        cleared,
        saved: saved.state,
        left,
        back,
        health: health.status,
        stored: window.state.loadFromStorage().length,
        local: window.state.saveToLocalStorage(),
        total: window.app.getMetrics().totalJobs,
      };
    });
    expect(answers).toEqual({
      first: { jobs: [["a very long sea", 1]], lastJobId: 1, total: 1 },
      cleared: 1,
      saved: "saved",
      left: 0,
      back: 1,
      health: "ok",
      stored: 1,
      local: { kept: "disk", waiting: 0 },
      total: 1,
    });
    expect(stage.complaints).toEqual([]);
  });
});
