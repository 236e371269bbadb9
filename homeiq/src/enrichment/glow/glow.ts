import { z } from "zod";
import type { MeterFacts, Provider } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { parseJson, readShape } from "#foundation/http.ts";
import { SECOND_MS } from "#foundation/time.ts";

// What the Glow display for British SMETS2 meters publishes:
// https://glowmarkt.com, `glow/<device>/SENSOR/electricitymeter`, `…/gasmeter`, `glow/<device>/STATE`.

const Counter = z.object({
  cumulative: z.number().nullish(),
  units: z.string().nullish(),
  cumulativevol: z.number().nullish(),
  cumulativevolunits: z.string().nullish(),
});
const Meter = z.object({
  timestamp: z.string(),
  energy: z.object({ import: Counter.nullish(), export: Counter.nullish() }).nullish(),
  power: z.object({ value: z.number().nullish(), units: z.string().nullish() }).nullish(),
});
const State = z.object({ timestamp: z.string(), han: z.object({ status: z.string() }) });
const Message = z.union([
  z.object({ electricitymeter: Meter }),
  z.object({ gasmeter: Meter }),
  State,
]);

/** Facts of a meter, or whether the display is joined to the meters' network. */
export type GlowMessage =
  | { readonly kind: "electricity" | "gas"; readonly facts: MeterFacts }
  | { readonly kind: "state"; readonly at: number; readonly isJoined: boolean };

/** Throws `internal` for what is not one of its messages. */
export function readGlow(text: string): GlowMessage {
  const message = readShape(parseJson(text), Message);
  if ("electricitymeter" in message) return readElectricity(message.electricitymeter);
  if ("gasmeter" in message) return readGas(message.gasmeter);
  return {
    kind: "state",
    at: toMoment(message.timestamp),
    isJoined: message.han.status === "joined",
  };
}

function readElectricity({ timestamp, energy, power }: z.output<typeof Meter>): GlowMessage {
  return {
    kind: "electricity",
    facts: dropAbsent({
      at: toMoment(timestamp),
      powerW: toWatts(power),
      importKwh: toKwh(energy?.import),
      exportKwh: toKwh(energy?.export),
    }),
  };
}

function readGas({ timestamp, energy }: z.output<typeof Meter>): GlowMessage {
  const at = toMoment(timestamp);
  const counter = energy?.import;
  const isVolume = /^m(3|³)$/.test(counter?.cumulativevolunits ?? "");
  const gasM3 = isVolume ? (counter?.cumulativevol ?? undefined) : undefined;
  return { kind: "gas", facts: dropAbsent({ at, gasM3, gasKwh: toKwh(counter), gasAt: at }) };
}

const UNKNOWN_KW = 8_388.607; // the largest number of 24 bits: the display writes it for "not known"
const FACTORS: Readonly<Record<string, number>> = { kW: 1000, W: 1, kWh: 1, Wh: 0.001, MWh: 1000 };

function toWatts(power: z.output<typeof Meter>["power"]): number | undefined {
  const factor = FACTORS[power?.units ?? ""];
  if (factor === undefined || typeof power?.value !== "number") return undefined;
  const watts = Math.round(power.value * factor * 1e3) / 1e3;
  return Math.abs(watts) >= UNKNOWN_KW * 1000 ? undefined : watts;
}

function toKwh(counter: z.output<typeof Counter> | null | undefined): number | undefined {
  const factor = FACTORS[counter?.units ?? ""];
  if (factor === undefined || typeof counter?.cumulative !== "number") return undefined;
  return counter.cumulative * factor;
}

function toMoment(timestamp: string): number {
  const at = Date.parse(timestamp);
  if (!Number.isNaN(at)) return at;
  throw new AppError("internal", "http.unexpected_shape", "Its time is not one", {
    facts: { at: "timestamp" },
  });
}

interface Deps {
  /** Listens on the household's broker; the answer ends it. */
  readonly subscribe: (topic: string, onMessage: (text: string) => void) => () => void;
  readonly clock: Clock;
  readonly onFacts?: (facts: MeterFacts) => void;
}

const FRESH_MS = 60 * SECOND_MS; // it speaks every 10 s

/** A Glow display that publishes to the household's broker. What it said last of electricity and gas is one answer. */
export function createGlow({
  subscribe,
  clock,
  onFacts = () => {},
}: Deps): Provider<MeterFacts> & Disposable {
  let heardAt = Number.NEGATIVE_INFINITY;
  let facts: MeterFacts | undefined;
  let gas: Partial<MeterFacts> = {};
  let problem: AppError | undefined;

  function hear(text: string): void {
    try {
      const message = readGlow(text);
      problem = undefined;
      if (message.kind === "state") return;
      const { at: _, ...ofGas } = message.facts;
      if (message.kind === "gas") gas = ofGas;
      else {
        heardAt = clock.now();
        facts = message.facts;
        onFacts({ ...gas, ...message.facts });
      }
    } catch (error) {
      problem = toAppError(error); // said to who asks; the next message comes in ten seconds
    }
  }
  const ends = ["glow/+/SENSOR/+", "glow/+/STATE"].map((topic) => subscribe(topic, hear));

  return {
    name: "glow",
    topic: "meter",
    maxAgeMs: 10 * SECOND_MS,

    async fetch() {
      if (facts && clock.now() - heardAt <= FRESH_MS) return { ...gas, ...facts };
      throw problem ?? new AppError("unavailable", "glow.silent", "The display says nothing");
    },

    [Symbol.dispose]() {
      for (const end of ends) end();
    },
  };
}
