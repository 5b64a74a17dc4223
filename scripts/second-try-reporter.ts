import type { Reporter, TestCase } from "vitest/node";

/** How a line about a test that passed only when it was tried again begins. */
export const SECOND_TRY = "second try: ";

/** Names each test that failed and then passed, and why it failed at first: it counts as passed, but it is not quiet. */
export const secondTryReporter: Reporter = {
  onTestCaseResult(test: TestCase) {
    if (test.diagnostic()?.flaky !== true) return;
    const reason = test.result().errors?.[0]?.message.split("\n")[0] ?? "";
    process.stdout.write(`\n${SECOND_TRY}${test.module.relativeModuleId} > ${test.fullName} (${reason})\n`);
  },
};
