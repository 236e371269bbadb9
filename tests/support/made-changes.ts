import type { StateChange } from "#src/ingest/normalize/normalize.ts";

/** A small generator of chance that is the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A context id as Home Assistant makes them, of a moment. */
export function contextIdAt(at: number, random: () => number): string {
  let time = "";
  for (let rest = at, n = 0; n < 10; n += 1, rest = Math.floor(rest / 32)) {
    time = LETTERS.charAt(rest % 32) + time;
  }
  const chance = Array.from({ length: 16 }, () => LETTERS.charAt(Math.floor(random() * 32)));
  return time + chance.join("");
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly random: () => number;
}

/** A thermometer that reports about every `everyMs`, and is away now and then. */
export function temperatures(entityId: string, span: Span & { everyMs: number }): StateChange[] {
  const changes: StateChange[] = [];
  let state = "20.0";
  let tenths = 200;
  let movedAt: number | undefined;
  let at = span.from;
  for (;;) {
    at += Math.ceil(span.everyMs * (0.5 + span.random()));
    if (at >= span.to) return changes;
    tenths += Math.round(span.random() * 6 - 3);
    const isAway = span.random() < 0.01;
    const next = isAway ? "unavailable" : (tenths / 10).toFixed(1);
    if (next === state) continue;
    const isEdge = isAway || state === "unavailable";
    changes.push({
      entityId,
      at,
      kind: isEdge ? "availability" : "state",
      oldState: state,
      newState: next,
      ...(isAway ? {} : { value: Number(next) }),
      unit: "°C",
      ...(movedAt === undefined ? {} : { heldMs: at - movedAt }),
      context: { id: contextIdAt(at - Math.floor(span.random() * 3), span.random) },
      cause: { kind: "integration", confidence: isEdge ? 0.9 : 0.95 },
    });
    state = next;
    movedAt = at;
  }
}

/** Lights that Anna or an automation switches, several in one context, with the automation's trigger. */
export function switchings(
  entityIds: readonly string[],
  span: Span & { times: number },
): StateChange[] {
  const states = new Map(entityIds.map((id) => [id, "off"]));
  const movedAts = new Map<string, number>();
  return Array.from({ length: span.times }, (_, n) =>
    Math.floor(span.from + ((n + span.random() * 0.5) / span.times) * (span.to - span.from)),
  ).flatMap((at, n) => {
    const byAnna = n % 2 === 0;
    const context = byAnna
      ? { id: contextIdAt(at, span.random), userId: "a".repeat(32) }
      : { id: contextIdAt(at, span.random), parentId: contextIdAt(at - 5, span.random) };
    return entityIds.map((entityId, which): StateChange => {
      const oldState = states.get(entityId) ?? "off";
      const newState = oldState === "on" ? "off" : "on";
      const movedAt = movedAts.get(entityId);
      states.set(entityId, newState);
      movedAts.set(entityId, at + which);
      return {
        entityId,
        at: at + which,
        kind: "state",
        oldState,
        newState,
        ...(movedAt === undefined ? {} : { heldMs: at + which - movedAt }),
        context,
        ...(newState === "on" ? { changedAttributes: { brightness: 10 + n } } : {}),
        cause: byAnna
          ? { kind: "person_dashboard", confidence: 0.95, by: "a".repeat(32), byName: "Anna" }
          : { kind: "automation", confidence: 0.95, by: "automation.evening" },
      };
    });
  });
}

export const LIGHTS = ["light.hall", "light.kitchen"];
export const THERMOMETER = "sensor.hall_temperature";

/** Three days of two thermometers and two lights, oldest first. */
export function threeDays(start: number): StateChange[] {
  const random = seeded(7);
  const span = { from: start + 60_000, to: start + 3 * 86_400_000, random };
  return [
    ...temperatures(THERMOMETER, { ...span, everyMs: 300_000 }),
    ...temperatures("sensor.outside", { ...span, everyMs: 1_800_000 }),
    ...switchings(LIGHTS, { ...span, times: 30 }),
  ].sort((one, other) => one.at - other.at);
}
