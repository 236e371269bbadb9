import { present } from "#foundation/absent.ts";
import { findCircular } from "./circular.ts";
import { type Column, type Design, designOf } from "./columns.ts";
import { type Fit, fitSteps, sumOf } from "./regression.ts";
import { medianOf } from "./series.ts";
import type { Step } from "./steps.ts";

/** A number with the interval in which it lies in 95 of 100 cases. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const VERDICTS = ["measured", "too_few", "no_effect", "not_separable", "circular"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The meter's step beside a device's change. */
export interface Evidence {
  readonly at: number;
  /** 1 switched on, -1 off, 0 another level. */
  readonly turned: number;
  /** What is left of the meter's step for this device when the others have had theirs. */
  readonly stepW: number;
  readonly expectedW: number;
  /** 0 to 1: how much it counted. */
  readonly weight: number;
  /** How many devices switched in the same step. */
  readonly devices: number;
}

/** What is known of a device's power by the meter of the house. */
export interface DevicePower {
  readonly entityId: string;
  readonly verdict: Verdict;
  /** Steps in which it took part. */
  readonly n: number;
  /** Switched on, at its usual level; only when `measured`. */
  readonly watts?: Estimate;
  readonly levels?: readonly {
    readonly level: number;
    readonly watts: number;
    readonly n: number;
  }[];
  /** Of the time in which it is on, the share in which it really draws power; absent when it always seems to. */
  readonly drawingShare?: number;
  /** When it cannot be told apart from others: which, and what they draw together. */
  readonly together?: { readonly entityIds: readonly string[]; readonly watts?: Estimate };
  /** It draws less than this, or the meter would have shown it; only with `no_effect`. */
  readonly lessThanW?: number;
  readonly evidence: readonly Evidence[];
}

const LEAST_STEPS = 5;
const LEAST_SURENESS = 4.5; // standard errors; among a hundred devices one of 3 is chance
const LEAST_WATTS = 3;
const METER_ERROR = 0.005; // a household meter of class B may be one percent off
const LEAST_SUPPORT = 0.5;
const LEAST_OFF_SUPPORT = 0.15; // an oven is often between two heatings when it is switched off
const ALWAYS_DRAWS = 0.85;
const NEAR = 0.25; // so near to nothing or to its whole power
const LEAST_NOTHINGS = 3;
const MOST_INFLATION = 10;
const MOST_EVIDENCE = 60;

/** Watts of every device that took part in a step; the same steps give the same answer. */
export function correlate(steps: readonly Step[]): DevicePower[] {
  const circular = findCircular(steps);
  const honest = steps.flatMap((step) => {
    const parts = step.parts.filter(({ entityId }) => !circular.has(entityId));
    return parts.length > 0 ? [{ ...step, parts }] : [];
  });
  const design = designOf(honest);
  const parts = { steps: honest, design, fit: fitSteps(honest, design) };
  const judged = design.columns.flatMap((column, place) =>
    column.of === "on" ? judge(column, place, parts) : [],
  );
  const following = [...circular].map(
    (entityId): DevicePower => ({
      entityId,
      verdict: "circular",
      n: steps.filter((step) => step.parts.some((part) => part.entityId === entityId)).length,
      evidence: [],
    }),
  );
  return [...judged, ...following].sort((one, other) => (one.entityId < other.entityId ? -1 : 1));
}

interface Parts {
  readonly steps: readonly Step[];
  readonly design: Design;
  readonly fit: Fit;
}

function judge({ entityIds }: Column, place: number, parts: Parts): DevicePower[] {
  const { steps, design, fit } = parts;
  const levelPlace = design.columns[place + 1]?.of === "level" ? place + 1 : undefined;
  const own = (n: number) =>
    (design.rows[n] ?? []).filter(({ column }) => column === place || column === levelPlace);
  const rows = steps.flatMap((_, n) => (own(n).length > 0 ? [n] : []));
  const shares = rows.map((n) => ({ n, expectedW: sumOf(own(n), fit.watts) }));
  const evidence = shares.map(({ n, expectedW }) => toEvidence(n, expectedW, entityIds, parts));
  const levels = levelsOf(rows, entityIds[0] ?? "", steps);
  const usual = levelPlace === undefined ? 1 : medianOf(levels);
  const wattsAt = (level: number) =>
    (fit.watts[place] ?? 0) + (levelPlace === undefined ? 0 : level * (fit.watts[levelPlace] ?? 0));
  const n = rows.length;
  const effective = rows.reduce((sum, row) => sum + (fit.weights[row] ?? 0), 0);
  const error =
    (levelPlace === undefined
      ? (fit.errors[place] ?? 0)
      : Math.hypot(fit.errors[place] ?? 0, usual * (fit.errors[levelPlace] ?? 0))) *
    Math.sqrt(effective / Math.max(1, effective - 1));
  const value = wattsAt(usual);
  const watts = toEstimate(value, Math.hypot(error, METER_ERROR * value), effective);
  const support = supportOf(evidence);
  const base = { n, evidence: evidence.slice(-MOST_EVIDENCE) };
  const isClear = isSure(watts, { error, effective }) && isSupported(support);
  return entityIds.map((entityId): DevicePower => {
    const others = entityIds.filter((one) => one !== entityId);
    if (n < LEAST_STEPS) return { entityId, verdict: "too_few", ...base };
    if (!isClear) {
      const lessThanW = Math.max(watts.high, LEAST_WATTS);
      return { entityId, verdict: "no_effect", lessThanW, ...base };
    }
    if (others.length > 0) {
      return {
        entityId,
        verdict: "not_separable",
        together: { entityIds: others, watts },
        ...base,
      };
    }
    if ((fit.inflation[place] ?? 1) > MOST_INFLATION && levelPlace === undefined) {
      const together = { entityIds: mostlyWith(entityId, rows, steps) };
      return { entityId, verdict: "not_separable", together, ...base };
    }
    return {
      entityId,
      verdict: "measured",
      watts,
      ...present("levels", levelPlace === undefined ? undefined : byLevel(levels, wattsAt)),
      ...present("drawingShare", drawingShareOf(evidence)),
      ...base,
    };
  });
}

function toEvidence(
  n: number,
  expectedW: number,
  entityIds: readonly string[],
  parts: Parts,
): Evidence {
  const { steps, design, fit } = parts;
  const step = steps[n] as Step;
  const others = sumOf(design.rows[n], fit.watts) - expectedW;
  const mine = step.parts.find(({ entityId }) => entityIds.includes(entityId));
  return {
    at: mine?.at ?? step.at,
    turned: mine?.turned ?? 0,
    stepW: step.stepW - others,
    expectedW,
    weight: fit.weights[n] ?? 0,
    devices: new Set(step.parts.map(({ entityId }) => entityId)).size,
  };
}

function toEstimate(value: number, error: number, effective: number): Estimate {
  const t = 1.96 + 2.8 / Math.max(1, effective - 1); // near enough to Student's from three steps on
  return { value, low: Math.max(0, value - t * error), high: value + t * error };
}

const isSure = ({ value }: Estimate, { error, effective }: { error: number; effective: number }) =>
  value >= LEAST_WATTS && value >= LEAST_SURENESS * error && effective >= LEAST_STEPS * 0.6;

interface Support {
  readonly on: number;
  readonly off: number;
}

/** The share of steps that say the same, of switching on and of switching off. */
function supportOf(evidence: readonly Evidence[]): Support {
  const share = (some: readonly Evidence[]) =>
    some.length < 3 ? 1 : some.filter(({ weight }) => weight > 0.25).length / some.length;
  return {
    on: share(
      evidence.filter(({ turned, expectedW }) => turned > 0 || (turned === 0 && expectedW > 0)),
    ),
    off: share(evidence.filter(({ turned }) => turned < 0)),
  };
}

const isSupported = ({ on, off }: Support) =>
  (on >= LEAST_SUPPORT || off >= LEAST_SUPPORT) && Math.min(on, off) >= LEAST_OFF_SUPPORT;

/** By how often switching off took its whole power away, and how often nothing. */
function drawingShareOf(evidence: readonly Evidence[]): number | undefined {
  const ratios = evidence.flatMap(({ turned, stepW, expectedW }) =>
    turned < 0 && expectedW !== 0 ? [stepW / expectedW] : [],
  );
  const whole = ratios.filter((ratio) => Math.abs(ratio - 1) < NEAR).length;
  const nothing = ratios.filter((ratio) => Math.abs(ratio) < NEAR).length;
  const share = whole / (whole + nothing);
  return nothing >= LEAST_NOTHINGS && share < ALWAYS_DRAWS ? share : undefined;
}

const levelsOf = (rows: readonly number[], entityId: string, steps: readonly Step[]) =>
  rows.flatMap((n) =>
    (steps[n]?.parts ?? [])
      .filter((part) => part.entityId === entityId)
      .map(({ levelFrom, levelTo }) => levelTo || levelFrom),
  );

function byLevel(levels: readonly number[], wattsAt: (level: number) => number) {
  const tenths = Map.groupBy(levels, (level) => Math.round(level * 10) / 10);
  return [...tenths]
    .filter(([level, some]) => level > 0 && some.length >= 3)
    .map(([level, some]) => ({ level, watts: wattsAt(level), n: some.length }))
    .sort((one, other) => one.level - other.level);
}

function mostlyWith(entityId: string, rows: readonly number[], steps: readonly Step[]): string[] {
  const counts = new Map<string, number>();
  for (const n of rows) {
    for (const other of new Set(steps[n]?.parts.map((part) => part.entityId))) {
      if (other !== entityId) counts.set(other, (counts.get(other) ?? 0) + 1);
    }
  }
  return [...counts].filter(([, count]) => count * 2 >= rows.length).map(([id]) => id);
}
