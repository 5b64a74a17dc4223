import type { Reporter, TestCase } from "vitest/node";

/** How a line about a test that passed only when it was tried again begins. */
export const SECOND_TRY = "second try: ";

/** Names each test that failed and then passed, and why it failed at first: it counts as passed, but it is not quiet. */
export const secondTryReporter: Reporter = {
  onTestCaseResult(test: TestCase) {
    if (test.diagnostic()?.flaky !== true) return;
    const error = test.result().errors?.[0];
    // What was waited for stands in the lines below the first.
    const reason = error?.message.split("\n", 3).join(" ").slice(0, 300) ?? "";
    const line = error?.stacks?.find(({ file }) => file === test.module.moduleId)?.line;
    const place = `${test.module.relativeModuleId}${line === undefined ? "" : `:${line}`}`;
    process.stdout.write(`\n${SECOND_TRY}${place} > ${test.fullName} (${reason})\n`);
  },
};
