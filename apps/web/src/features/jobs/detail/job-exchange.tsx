import { isJsonObject, type Job, type JsonObject } from "@safelight/shared";
import { withoutSecrets } from "../../../domain/without-secrets.ts";
import { Fold } from "./fold.tsx";
import styles from "./job-detail.module.css";

/** What was asked of the provider and what it said, with secrets taken out. */
export function JobExchange({ job }: { job: Job }) {
  const { kind, provider, model, prompt, negativePrompt, params, remote, outputDetails, error, legacy } = job;
  const request = { kind, provider, model, prompt, negativePrompt, params };
  const answer = { remote, outputDetails, error };
  return (
    <>
      <Fold title="Request">
        <Json value={request} />
      </Fold>
      {Object.values(answer).some((value) => value !== undefined) && (
        <Fold title="Answer">
          <Json value={answer} />
        </Fold>
      )}
      {legacy !== undefined && (
        <Fold title="As the older dashboard had it">
          <Json value={legacy} />
        </Fold>
      )}
    </>
  );
}

function Json({ value }: { value: object }) {
  // Fields that are not there fall away on the way to JSON.
  const plain: unknown = JSON.parse(JSON.stringify(value));
  const shown: JsonObject = isJsonObject(plain) ? plain : {};
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <pre className={styles["json"]} tabIndex={0}>
      {JSON.stringify(withoutSecrets(shown), undefined, 2)}
    </pre>
  );
}
