import { ACTIVE_JOB_STATUSES, JobStatus } from "@safelight/shared";
import { expect, it } from "vitest";
import { legacyOfStatus, statusOfLegacy } from "./legacy-job.ts";

it.each([
  ["success", "succeeded"],
  ["Completed", "succeeded"],
  ["error", "failed"],
  ["cancelled", "canceled"],
  ["pending", "unknown"],
  ["running", "unknown"],
  ["queued", "unknown"],
  ["constructor", "unknown"],
  [undefined, "unknown"],
])("reads the older status %s as %s", (legacy, status) => {
  expect(statusOfLegacy(legacy)).toBe(status);
  // An active one would be taken up by the runner, and paid for a second time.
  expect(ACTIVE_JOB_STATUSES.has(statusOfLegacy(legacy))).toBe(false);
});

it("has an older word for every status, which reads back as the same where a job has ended", () => {
  for (const { const: status } of JobStatus.anyOf) {
    const isOver = !ACTIVE_JOB_STATUSES.has(status);
    expect(statusOfLegacy(legacyOfStatus(status)), status).toBe(isOver ? status : "unknown");
  }
});
