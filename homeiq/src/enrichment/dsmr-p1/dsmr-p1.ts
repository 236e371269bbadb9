import { followTcp } from "#enrichment/meter/meter.ts";
import type { MeterFacts, Place, Provider } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import { toFacts } from "./facts.ts";
import { createSplitter } from "./splitter.ts";
import { readTelegram } from "./telegram.ts";

export { createSplitter, type Splitter } from "./splitter.ts";

interface Reading {
  /** The house's: a meter's clock does not say its zone. */
  readonly timeZone: string;
  readonly receivedAt: number;
}

/**
 * What one telegram says. Bytes as received, or one character a byte.
 *
 * Throws `internal` `dsmr_p1.not_a_telegram`, `dsmr_p1.cut_off` or `dsmr_p1.checksum`.
 */
export function readDsmrP1(telegram: Uint8Array | string, reading: Reading): MeterFacts {
  const text = typeof telegram === "string" ? telegram : Buffer.from(telegram).toString("latin1");
  return toFacts(readTelegram(text), reading);
}

interface Deps {
  readonly host: string;
  readonly port: number;
  readonly place: Pick<Place, "timeZone">;
  readonly clock: Clock;
  readonly random?: () => number;
  /** Each telegram as it comes, every 1 to 10 s. */
  readonly onFacts?: (facts: MeterFacts) => void;
}

const FRESH_MS = 30 * SECOND_MS;

/** A P1 port behind a converter from serial to TCP. Connected from the start; what the meter says comes by itself. */
export function createDsmrP1(deps: Deps): Provider<MeterFacts> & Disposable {
  const { host, port, place, clock, random = Math.random, onFacts = () => {} } = deps;
  let last: { readonly facts: MeterFacts; readonly at: number } | undefined;
  let refusal: AppError | undefined;
  const waiting = new Set<(facts: MeterFacts) => void>();

  const splitter = createSplitter((text) => {
    const receivedAt = clock.now();
    let facts: MeterFacts;
    try {
      facts = readDsmrP1(text, { timeZone: place.timeZone, receivedAt });
    } catch (error) {
      refusal = toAppError(error); // said to who asks; the next telegram comes in a few seconds
      return;
    }
    last = { facts, at: receivedAt };
    refusal = undefined;
    for (const tell of waiting) tell(facts);
    onFacts(facts);
  });
  const stream = followTcp({ host, port, clock, random, onBytes: (bytes) => splitter.push(bytes) });

  return {
    name: "dsmr-p1",
    topic: "meter",
    maxAgeMs: 10 * SECOND_MS,

    async fetch(signal) {
      if (last && clock.now() - last.at <= FRESH_MS) return last.facts;
      const result = await nextOrEnd(waiting, signal);
      if (result) return result;
      throw stream.problem() ?? refusal ?? nothingYet();
    },

    [Symbol.dispose]: () => stream[Symbol.dispose](),
  };
}

/** The next telegram, or nothing when the time is over first. */
async function nextOrEnd(
  waiting: Set<(facts: MeterFacts) => void>,
  signal: AbortSignal,
): Promise<MeterFacts | undefined> {
  const { promise, resolve } = Promise.withResolvers<MeterFacts | undefined>();
  const end = () => resolve(undefined);
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  waiting.add(resolve);
  try {
    return await promise;
  } finally {
    waiting.delete(resolve);
    signal.removeEventListener("abort", end);
  }
}

const nothingYet = () =>
  new AppError("unavailable", "dsmr_p1.silent", "Connected, but no telegram has come yet");
