import { expect, it } from "vitest";
import { progressOfLines } from "./progress-of-lines.ts";

it.for([
  [[" 45%|████▌     | 450/1000 [02:10<02:40,  3.4it/s]"], 0.45],
  [["step 450/1000 loss=0.12"], 0.45],
  [["Loading", "flux_train: 3 / 4", "saved to /tmp/out"], 0.75],
  [["100%|██████| 28/28"], 1],
  [["10%", "20%"], 0.2],
  [["see https://fal.run/1/2 for more"], undefined],
  [["batch 1/1"], undefined],
  [["2026/01/02 started"], undefined],
  [["got 9/4"], undefined],
  [[], undefined],
] as const)("reads %j as %j", ([lines, expected]) => {
  expect(progressOfLines(lines)).toBe(expected);
});
