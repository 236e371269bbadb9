import type { Design, Row } from "./columns.ts";
import { invert, type Square, solveNonNegative } from "./nnls.ts";
import { medianOf } from "./series.ts";
import type { Step } from "./steps.ts";

/** Watts of every column, and how sure they are. */
export interface Fit {
  readonly watts: Float64Array;
  /** Standard errors by the sandwich of White, which holds when steps differ in their noise. */
  readonly errors: Float64Array;
  /** How much of a column the others could say in its place: 1 nothing, infinite all. */
  readonly inflation: Float64Array;
  /** Of each step, 0 to 1: how far it goes with the rest. */
  readonly weights: Float64Array;
}

const HUBER_ROUNDS = 15;
const BISQUARE_ROUNDS = 15;
const HUBER = 1.345; // the usual constants, for 95 % of the efficiency of least squares
const BISQUARE = 4.685;
const MODEL_ERROR = 0.04; // a device does not draw the same each time
const LEAST_WEIGHT = 1e-6;

/**
 * All devices at once: every step is the sum of what took part in it, and no device gives power back.
 *
 * Robust, because a refrigerator or a heat pump may start at the same moment: first with weights of Huber, whose
 * solution is unique, then with the bisquare, which leaves such steps out.
 */
export function fitSteps(steps: readonly Step[], design: Design): Fit {
  const { rows, columns } = design;
  let watts = new Float64Array(columns.length);
  let weights = new Float64Array(steps.length).fill(1);
  let scales = scalesOf(steps, rows, watts);
  for (let round = 0; round < HUBER_ROUNDS + BISQUARE_ROUNDS; round += 1) {
    const weighted = weights.map((weight, n) => weight / (scales[n] as number) ** 2);
    watts = Float64Array.from(solve(steps, design, { weighted, start: watts }));
    scales = scalesOf(steps, rows, watts);
    const weigh = round < HUBER_ROUNDS ? huber : bisquare;
    weights = Float64Array.from(steps, (step, n) =>
      weigh((step.stepW - sumOf(rows[n], watts)) / (scales[n] as number)),
    );
  }
  const weighted = weights.map((weight, n) => weight / (scales[n] as number) ** 2);
  const g = normalOf(rows, columns.length, weighted);
  const inverse = invert(g);
  return {
    watts,
    weights,
    inflation: Float64Array.from(g, (line, n) => (line[n] as number) * (inverse[n]?.[n] ?? 0)),
    errors: errorsOf(steps, design, { watts, weighted, inverse }),
  };
}

export const sumOf = (row: Row = [], watts: Float64Array): number =>
  row.reduce((sum, { column, by }) => sum + by * (watts[column] as number), 0);

const huber = (away: number) => Math.min(1, HUBER / Math.max(Math.abs(away), LEAST_WEIGHT));
const bisquare = (away: number) =>
  Math.abs(away) >= BISQUARE
    ? LEAST_WEIGHT
    : Math.max(LEAST_WEIGHT, (1 - (away / BISQUARE) ** 2) ** 2);

/** How far a step may be off: its noise and the devices' own variation, never less than it turns out to be. */
function scalesOf(steps: readonly Step[], rows: readonly Row[], watts: Float64Array): Float64Array {
  const sums = rows.map((row) => sumOf(row, watts));
  const expected = steps.map(({ noiseW }, n) => Math.hypot(noiseW, MODEL_ERROR * (sums[n] ?? 0)));
  const ratios = steps.map(({ stepW }, n) => Math.abs(stepW - (sums[n] ?? 0)) / (expected[n] ?? 1));
  const factor = Math.max(1, 1.4826 * medianOf(ratios));
  return Float64Array.from(expected, (one) => one * factor);
}

function solve(
  steps: readonly Step[],
  { rows, columns }: Design,
  { weighted, start }: { weighted: Float64Array; start: Float64Array },
): Float64Array {
  const b = new Float64Array(columns.length);
  for (const [n, row] of rows.entries()) {
    const pull = (weighted[n] as number) * (steps[n]?.stepW ?? 0);
    for (const { column, by } of row) b[column] = (b[column] as number) + by * pull;
  }
  return solveNonNegative(normalOf(rows, columns.length, weighted), b, start);
}

function normalOf(rows: readonly Row[], size: number, weighted: Float64Array): Float64Array[] {
  const g = Array.from({ length: size }, () => new Float64Array(size));
  for (const [n, row] of rows.entries()) {
    const weight = weighted[n] as number;
    for (const one of row) {
      const line = g[one.column] as Float64Array;
      for (const other of row) {
        line[other.column] = (line[other.column] as number) + weight * one.by * other.by;
      }
    }
  }
  return g;
}

function errorsOf(
  steps: readonly Step[],
  { rows, columns }: Design,
  { watts, weighted, inverse }: { watts: Float64Array; weighted: Float64Array; inverse: Square },
): Float64Array {
  const squares = new Float64Array(columns.length);
  for (const [n, row] of rows.entries()) {
    const rest = ((steps[n]?.stepW ?? 0) - sumOf(row, watts)) * (weighted[n] as number);
    for (let column = 0; column < columns.length; column += 1) {
      const line = inverse[column] as Float64Array;
      const pull = row.reduce(
        (sum, { column: other, by }) => sum + (line[other] as number) * by,
        0,
      );
      squares[column] = (squares[column] as number) + (pull * rest) ** 2;
    }
  }
  return squares.map(Math.sqrt);
}
