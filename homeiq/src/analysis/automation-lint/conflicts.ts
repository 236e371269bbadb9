import { type Effect, effectsOf } from "./effects.ts";
import { clock, type Meeting, meetingsOf } from "./listening.ts";
import { pairsOf } from "./pairs.ts";
import {
  automationOf,
  DAY_MS,
  eachAutomation,
  type Found,
  type Linted,
  type Rule,
} from "./rule.ts";

const MINUTE_MS = 60_000;
const AT_ONCE_MS = 10_000; // within ten seconds people see one flicker, not two actions

export const oppositeActions: Rule = {
  code: "lint.opposite_actions",
  severity: "error",
  about:
    "Two automations do the opposite to one entity at the same time, set off by the same or after a delay; which one wins is chance.",
  find: (house) =>
    pairsOf(house).flatMap(([one, other]): Found[] => {
      const [left, right] = [automationOf(one), automationOf(other)];
      if (!left || !right) return [];
      const theirs = effectsOf(other, house);
      for (const meeting of meetingsOf([left, right], house.home)) {
        for (const effect of effectsOf(one, house)) {
          const against = theirs.find((candidate) => areOpposite(effect, candidate, meeting));
          if (against) return [conflict({ one, other, effect, against, meeting })];
        }
      }
      return [];
    }),
};

const TOGETHER: Meeting = { leftMs: 0, rightMs: 0 };

const areOpposite = (one: Effect, other: Effect, { leftMs, rightMs }: Meeting = TOGETHER) =>
  one.entityId === other.entityId &&
  one.to !== undefined &&
  other.to !== undefined &&
  one.to !== other.to &&
  Math.abs(leftMs + one.afterMs - rightMs - other.afterMs) <= AT_ONCE_MS;

interface Conflict {
  readonly one: Linted;
  readonly other: Linted;
  readonly effect: Effect;
  readonly against: Effect;
  readonly meeting: Meeting;
}

interface Step {
  readonly name: string;
  readonly to: string | undefined;
  /** When it is set off, and when it acts; counted as in the meeting. */
  readonly startMs: number;
  readonly actsMs: number;
}

function conflict({ one, other, effect, against, meeting }: Conflict): Found {
  const { leftMs, rightMs } = meeting;
  const left = { name: one.name, to: effect.to, startMs: leftMs, actsMs: leftMs + effect.afterMs };
  const right = {
    ...{ name: other.name, to: against.to },
    ...{ startMs: rightMs, actsMs: rightMs + against.afterMs },
  };
  const steps = [left, right].sort((a, b) => a.actsMs - b.actsMs);
  const shown = steps.map((step) => shownIn(step, meeting)).join(", ");
  const end = left.actsMs === right.actsMs ? "; both at once, the order is chance" : "";
  const when = meeting.when ?? `it is ${clock((steps[0]?.actsMs ?? 0) % DAY_MS)}`;
  return {
    about: [one.entityId, other.entityId],
    path: one.pathOf(effect.node) ?? [],
    message: `When ${when}, ${one.name} and ${other.name} disagree about \`${effect.entityId}\`: ${shown}${end}.`,
    facts: { entity: effect.entityId, one: effect.to ?? "", other: against.to ?? "" },
  };
}

/** Set off by the same: counted from there. By the clock: when it began, and how long it waited. */
function shownIn({ name, to, startMs, actsMs }: Step, { when }: Meeting): string {
  const sets = `sets it to "${to}"`;
  if (when !== undefined) {
    return `${actsMs > 0 ? `after ${lasting(actsMs)}` : "at once"} ${name} ${sets}`;
  }
  const waited = actsMs > startMs ? `${lasting(actsMs - startMs)} after it began at` : "at";
  return `${name} ${sets} ${waited} ${clock(startMs)}`;
}

const lasting = (ms: number) =>
  ms > 0 && ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS} min` : `${ms / 1000} s`;

export const sceneAgainstAutomation: Rule = {
  code: "lint.scene_against_automation",
  severity: "warning",
  about:
    "It activates a scene and sets one of the scene's entities itself, right after it, to something else.",
  find: eachAutomation((one, house) => {
    const effects = effectsOf(one, house).filter((effect) => effect.to !== undefined);
    const scenes = effects.filter((effect) => effect.by?.startsWith("scene."));
    for (const scene of scenes) {
      const own = effects.find((effect) => effect.by === undefined && areOpposite(effect, scene));
      if (!own) continue;
      const message = `${one.name} activates \`${scene.by}\`, which sets \`${scene.entityId}\` to "${scene.to}", and sets it to "${own.to}" itself.`;
      return [{ about: [one.entityId, scene.by ?? ""], path: one.pathOf(own.node) ?? [], message }];
    }
    return [];
  }),
};

const OPENINGS = new Set(["window", "door", "opening"]);
const HEATS = new Set(["heat", "auto", "heat_cool", "cool"]);

export const heatingWithOpenWindow: Rule = {
  code: "lint.heating_with_open_window",
  severity: "hint",
  about:
    "It turns the heating up in a room with a window contact and does not ask whether the window is open.",
  find: eachAutomation((one, house) => {
    const { home } = house;
    const automation = automationOf(one);
    if (!automation) return [];
    const asked = JSON.stringify([automation.conditions, automation.triggers, automation.actions]);
    for (const effect of effectsOf(one, house)) {
      const heats =
        effect.action === "climate.set_temperature" ||
        (effect.to !== undefined && HEATS.has(effect.to));
      const room = home.entities.get(effect.entityId)?.areaId;
      if (!heats || !effect.entityId.startsWith("climate.") || room === undefined) continue;
      const windows = [...home.entities.values()].filter(
        (entity) =>
          entity.areaId === room &&
          entity.domain === "binary_sensor" &&
          OPENINGS.has(String(entity.attributes.device_class)),
      );
      // Whoever handles the windows in another automation of this heater has thought of it.
      const handled = house.automations.some((other) => {
        const listens = JSON.stringify(automationOf(other)?.triggers ?? []);
        return (
          windows.some((window) => listens.includes(window.entityId)) &&
          effectsOf(other, house).some((theirs) => theirs.entityId === effect.entityId)
        );
      });
      const [window] = windows;
      if (!window || handled || windows.some((entity) => asked.includes(entity.entityId))) continue;
      const message = `${one.name} heats or cools with \`${effect.entityId}\` although ${window.name} in the same room may be open.`;
      return [
        { about: [one.entityId, window.entityId], path: one.pathOf(effect.node) ?? [], message },
      ];
    }
    return [];
  }),
};
