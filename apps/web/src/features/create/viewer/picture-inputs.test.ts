import { expect, it } from "vitest";
import { makeJob } from "../../../testing/make-records.ts";
import { jobsByInput, picturesGivenTo } from "./picture-inputs.ts";

const picture = (letter: string) => ({ sha256: letter.repeat(64), sizeBytes: 1, mime: "image/png" });

it("finds the pictures that a job was given, wherever its parameters hold them, and nothing else", () => {
  const lora = { blob: { ...picture("c"), mime: "application/octet-stream" }, scale: 1 };
  const params = {
    image: picture("a"),
    control: [{ picture: picture("b") }],
    loras: [lora],
    steps: 20,
    note: null,
  };
  expect(picturesGivenTo({ params })).toEqual(["a".repeat(64), "b".repeat(64)]);
});

it("finds every job that was given a picture", () => {
  const jobs = [
    makeJob({ id: "job-1", params: { image: picture("a") } }),
    makeJob({ id: "job-2", params: { image: picture("a"), mask: picture("a") } }),
    makeJob({ id: "job-3" }),
  ];
  expect(
    jobsByInput(jobs)
      .get("a".repeat(64))
      ?.map(({ id }) => id),
  ).toEqual(["job-1", "job-2"]);
});
