import { parts, type Recipient } from "#analysis/templates/templates.ts";
import type { Action, Automation, Condition, Trigger } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { beforeRain } from "./forecast-draft.ts";
import { callFor } from "./home-look.ts";
import type {
  ComfortFacts,
  Deed,
  EnergyFacts,
  Hours,
  PresenceFacts,
  SecurityFacts,
  SynergyFacts,
  WeatherFacts,
  WeatherWhen,
} from "./synergy.ts";

const {
  above,
  at,
  becomes,
  below,
  between,
  call,
  delay,
  everybodyLeaves,
  is,
  isBelow,
  rainBegins,
  SOMEBODY_HOME,
  someIs,
  somebodyComes,
  tell,
  temperatureOf,
  turns,
} = parts;

/** What the automation is called and says. */
export interface DraftWords {
  readonly alias: string;
  readonly description?: string;
  /** What people are told where it cannot act itself. */
  readonly message?: string;
  readonly recipients?: readonly Recipient[];
}

type Body = Pick<Automation, "triggers" | "actions"> &
  Partial<Pick<Automation, "conditions" | "maxExceeded">>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAY_BEGINS = 4 * HOUR; // where patterns begin to count
const LEAST_DELAY_S = 20; // people do not do two things at once, an automation may
const GONE_MS = 10 * MINUTE;
const OPEN_MS = 5 * MINUTE;
const OUT_OF_BAND_MS = 10 * MINUTE;
const IN_BOX: readonly Recipient[] = [{ action: "persistent_notification.create" }];

/** The automation that joins them; `undefined`: something of it is not there any more, or cannot do it now. */
export function draftOf(
  facts: SynergyFacts,
  home: HomeSnapshot,
  words: DraftWords,
): Automation | undefined {
  const body = bodyOf(facts, { home, words });
  if (!body || body.actions.length === 0) return undefined;
  const { alias, description } = words;
  return {
    kind: "automation",
    alias,
    ...(description !== undefined && { description }),
    triggers: body.triggers,
    conditions: body.conditions ?? [],
    actions: body.actions,
    mode: "single",
    ...(body.maxExceeded !== undefined && { maxExceeded: body.maxExceeded }),
  };
}

interface Around {
  readonly home: HomeSnapshot;
  readonly words: DraftWords;
}

function bodyOf(facts: SynergyFacts, around: Around): Body | undefined {
  switch (facts.type) {
    case "device_pair":
      return {
        triggers: [turns(facts.trigger.entityId, facts.trigger.to)],
        conditions: within(facts.hours),
        actions: after(facts.delaySeconds, MINUTE / 1000, done([facts.action], around)),
      };
    case "device_chain":
      return chain(facts.steps, facts.hours, around);
    case "scene": {
      const [first, ...others] = facts.members;
      return (
        first && {
          triggers: [turns(first.entityId, first.to)],
          conditions: within(facts.hours),
          actions: done(others, around),
        }
      );
    }
    case "weather":
      return weather(facts, around);
    case "energy":
      return energy(facts, around);
    case "event":
      return { triggers: [becomes(facts.teamId, "IN")], actions: done([facts.action], around) };
    case "calendar":
      return {
        triggers: [at(clockOf(facts.minute))],
        conditions: [is(facts.calendarId, facts.holds)],
        actions: done([facts.action], around),
      };
    case "comfort":
      return comfort(facts, around);
    case "security":
      return security(facts, around);
    case "presence":
      return presence(facts, around);
  }
}

/** What is done; where one of them cannot be, nothing is. */
function done(deeds: readonly Deed[], { home }: Pick<Around, "home">): Action[] {
  const calls = deeds.map((deed) => {
    const found = callFor(deed, home);
    return found && call(found.action, deed.entityId, found.data);
  });
  return calls.every((one) => one !== undefined) ? calls : [];
}

/** With the wait that people leave, where it is more than some seconds. */
const after = (seconds: number, least: number, actions: readonly Action[]): Action[] =>
  actions.length > 0 && seconds > least ? [delay(seconds * 1000), ...actions] : [...actions];

function doneOrTold(action: Deed | undefined, around: Around): Action[] {
  if (action) return done([action], around);
  const { recipients = IN_BOX, message = "" } = around.words;
  return tell(recipients, message);
}

const clockOf = (minute: number) => (DAY_BEGINS + Math.round(minute) * MINUTE) % DAY;

const within = (hours: Hours | undefined): Condition[] =>
  hours ? [between(clockOf(hours.start), clockOf(hours.end))] : [];

function chain(
  [first, ...others]: readonly (Deed & { readonly delaySeconds: number })[],
  hours: Hours | undefined,
  { home }: Around,
): Body | undefined {
  if (!first) return undefined;
  const calls = others.map((step) => ({ step, actions: done([step], { home }) }));
  if (calls.some(({ actions }) => actions.length === 0)) return undefined;
  return {
    triggers: [turns(first.entityId, first.to)],
    conditions: within(hours),
    actions: calls.flatMap(({ step, actions }) => after(step.delaySeconds, LEAST_DELAY_S, actions)),
  };
}

function weather(facts: WeatherFacts, around: Around): Body | undefined {
  const { what, weatherId, when, action, watched } = facts;
  const [first] = watched;
  switch (what) {
    case "habit":
      return weatherId === undefined || !when
        ? undefined
        : { triggers: [comes(weatherId, when)], actions: doneOrTold(action, around) };
    case "open_in_rain":
      return weatherId === undefined
        ? undefined
        : {
            ...inRain({ ...facts, weatherId }, around),
            conditions: [someIs(watched, first?.startsWith("cover.") ? "open" : "on")],
          };
    case "heating_out":
      return {
        triggers: [turns(watched, ["on"], { for: OPEN_MS })],
        actions: doneOrTold(action, around),
      };
    default:
      if (first === undefined || !when || !("above" in when)) return undefined;
      return {
        triggers: [above(first, when.above, { for: OUT_OF_BAND_MS })],
        conditions:
          what === "shade" || weatherId === undefined
            ? [parts.LIGHT]
            : [isBelow(weatherId, { entityId: first }, temperatureOf(weatherId).attribute)],
        actions: doneOrTold(action, around),
      };
  }
}

function inRain(
  { weatherId, forecastId, action }: WeatherFacts & { readonly weatherId: string },
  around: Around,
): Body {
  const actions = doneOrTold(action, around);
  // What cannot tell its forecast any more is not asked for it.
  const canAsk = forecastId !== undefined && around.home.entities.has(forecastId);
  if (!canAsk || actions.length === 0) return { triggers: [rainBegins(weatherId)], actions };
  return beforeRain({ weatherId, forecastId, actions, tells: action === undefined });
}

function comes(weatherId: string, when: WeatherWhen): Trigger {
  if ("is" in when) return becomes(weatherId, when.is);
  const attribute = temperatureOf(weatherId);
  return "above" in when
    ? above(weatherId, when.above, attribute)
    : below(weatherId, when.below, attribute);
}

const energy = ({ action, bestStart }: EnergyFacts, around: Around): Body => ({
  triggers: [at(Math.round(bestStart / MINUTE) * MINUTE)],
  actions: doneOrTold(action, around),
});

const comfort = ({ beyond, limit, sensorId, action }: ComfortFacts, around: Around): Body => ({
  triggers: [(beyond === "above" ? above : below)(sensorId, limit, { for: OUT_OF_BAND_MS })],
  conditions: around.home.entities.has("zone.home") ? [SOMEBODY_HOME] : [],
  actions: done([action], around),
});

function security(facts: SecurityFacts, around: Around): Body {
  const { entityId, state, night, action } = facts;
  return {
    triggers: [night ? at(night.fromHour * HOUR) : everybodyLeaves({ for: OPEN_MS })],
    conditions: [is(entityId, state)],
    actions: doneOrTold(action, around),
  };
}

function presence({ what, event, personId, action }: PresenceFacts, around: Around): Body {
  const actions = done([action], around);
  if (what === "left_on") return { triggers: [everybodyLeaves({ for: GONE_MS })], actions };
  const isComing = event === "arriving" || event === "first_home";
  if (personId === undefined) {
    return { triggers: [isComing ? somebodyComes() : everybodyLeaves()], actions };
  }
  const leaves: Trigger = { kind: "state", entityIds: [personId], from: ["home"] };
  return { triggers: [isComing ? turns(personId, "home") : leaves], actions };
}
