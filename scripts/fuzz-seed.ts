/**
 * Set-up of every test file: random tests draw from one fixed seed, so that a run of the suite judges the change and not
 * the draw. `FUZZ_SEED=random` explores, `FUZZ_SEED=<number>` repeats; what exploring finds becomes a test of its own.
 */
import fc from "fast-check";

const FIXED_SEED = 20_261_121;

const asked = process.env["FUZZ_SEED"];
if (asked !== "random") fc.configureGlobal({ seed: asked === undefined ? FIXED_SEED : Number(asked) });
