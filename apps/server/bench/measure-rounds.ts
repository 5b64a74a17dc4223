import { median } from "../../../packages/store/bench/median.ts";
import type { HttpBenchContext } from "./http-bench-context.ts";

/**
 * Runs contestants in turn, round after round, so that what else the machine does falls on all of them. Gives the
 * median of each one's figures; a first round, in which code gets warm, does not count.
 */
export async function measureRounds<Name extends string>(
  { size, progress }: Pick<HttpBenchContext, "size" | "progress">,
  title: string,
  contestants: Readonly<Record<Name, (round: number) => Promise<number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(contestants) as Name[];
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]));
  const warmUps = size.requests === undefined ? 1 : 0;
  for (let round = 0; round < size.rounds + warmUps; round += 1) {
    const words: string[] = [];
    for (const name of names) {
      const figure = await contestants[name](round);
      words.push(`${name} ${Math.round(figure)}`);
      if (round >= warmUps) figures.get(name)?.push(figure);
    }
    progress(`${title}, round ${round + 1} of ${size.rounds + warmUps}: ${words.join(", ")}`);
  }
  return Object.fromEntries(names.map((name) => [name, median(figures.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}
