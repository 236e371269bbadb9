import { describe, expect, test } from "vitest";
import {
  type Circumstances,
  decide,
  mayBringBack,
  mayTell,
  type Question,
  quietUntil,
} from "#src/ai/agent/policy/policy.ts";
import { type AgentSettings, USUAL_SETTINGS } from "#src/ai/agent/settings/settings.ts";

const ENTITIES: Readonly<Record<string, { name: string; deviceClass?: string; areaId?: string }>> =
  {
    "light.hall": { name: "Hall", areaId: "hall" },
    "light.bed": { name: "Bed", areaId: "bedroom" },
    "switch.lamp": { name: "Lamp plug" },
    "switch.oven": { name: "Oven" },
    "switch.backofen": { name: "Herd in der Küche" },
    "switch.plug_3": { name: "Freezer" },
    "lock.front": { name: "Front door" },
    "cover.garage": { name: "Garage", deviceClass: "garage" },
    "cover.skylight": { name: "Skylight", deviceClass: "window" },
    "cover.blind": { name: "Blind", deviceClass: "blind" },
    "alarm_control_panel.home": { name: "Alarm" },
    "valve.water": { name: "Water", deviceClass: "water" },
    "valve.gas": { name: "Gas", deviceClass: "gas" },
    "climate.living": { name: "Living room" },
    "script.party": { name: "Party" },
  };
const SERVICES = new Set([
  ...["light.turn_on", "light.turn_off", "switch.turn_on", "switch.turn_off"],
  ...["lock.lock", "lock.unlock", "lock.open", "cover.open_cover", "cover.close_cover"],
  ...["cover.set_cover_position", "alarm_control_panel.alarm_disarm", "valve.open_valve"],
  ...["valve.close_valve", "climate.set_temperature", "script.turn_on", "homeassistant.turn_off"],
  ...["shell_command.wipe", "homeassistant.restart"],
]);

/** Everything may be done by itself, as far as settings go. */
const bold = (change: Partial<AgentSettings> = {}): AgentSettings => ({
  ...USUAL_SETTINGS,
  levels: {
    domains: [...new Set(Object.keys(ENTITIES).map((id) => id.split(".")[0] ?? ""))].map(
      (domain) => ({ domain, level: "notify_after" as const }),
    ),
    areas: [],
  },
  ...change,
});
const NOON = Date.UTC(2026, 8, 1, 10); // 12:00 in Berlin

const here = (change: Partial<Circumstances> = {}): Circumstances => ({
  ...{ now: NOON, timeZone: "Europe/Berlin", settings: bold(), isAnybodyHome: true },
  ...{ actionsLastHour: 0, demoted: new Set<string>() },
  find: (entityId) => {
    const found = ENTITIES[entityId];
    return found && { entityId, ...found };
  },
  isService: (service) => SERVICES.has(service),
  ...change,
});
const ask = (
  service: string,
  entityIds: readonly string[],
  more: Partial<Question> & { domain?: string } = {},
): Question => {
  const { domain, ...rest } = more;
  return {
    ...{ kind: "left_on_nobody_home", source: "rule", isSafety: false, isSilenced: false },
    actions: [{ service, entityIds, ...(domain ? { domain } : {}) }],
    entityIds,
    ...rest,
  };
};

describe("what no setting lifts", () => {
  test.each([
    ["unlocking", "lock.unlock", "lock.front", "never_allowed"],
    ["opening a lock", "lock.open", "lock.front", "never_allowed"],
    ["opening the garage", "cover.open_cover", "cover.garage", "never_allowed"],
    [
      "moving the garage by a position",
      "cover.set_cover_position",
      "cover.garage",
      "never_allowed",
    ],
    ["opening a window", "cover.open_cover", "cover.skylight", "never_allowed"],
    ["disarming", "alarm_control_panel.alarm_disarm", "alarm_control_panel.home", "never_allowed"],
    ["opening the gas", "valve.open_valve", "valve.gas", "never_allowed"],
    ["the oven", "switch.turn_on", "switch.oven", "never_allowed"],
    ["the oven by another language", "switch.turn_on", "switch.backofen", "never_allowed"],
    ["a script, which may do anything", "script.turn_on", "script.party", "never_allowed"],
    ["an action for any domain", "homeassistant.turn_off", "lock.front", "domain_differs"],
    ["a restart", "homeassistant.restart", "light.hall", "domain_differs"],
    ["a shell command", "shell_command.wipe", "light.hall", "domain_differs"],
    ["what Home Assistant does not have", "light.explode", "light.hall", "service_unknown"],
    ["what is not there", "light.turn_off", "light.attic", "entity_unknown"],
    ["a lock as a light", "light.turn_on", "lock.front", "domain_differs"],
  ])("%s is refused", (_, service, entityId, rule) => {
    for (const source of ["rule", "person", "model"] as const) {
      const question = ask(service, [entityId], { source });
      expect(decide(question, here())).toEqual({ outcome: "refuse", rule });
    }
  });

  test("who says that a lock is a light is refused, whichever way the lie goes", () => {
    const lie = ask("lock.lock", ["lock.front"], { domain: "light" });
    expect(decide(lie, here())).toEqual({ outcome: "refuse", rule: "domain_differs" });
    const other = ask("light.turn_off", ["light.hall", "lock.front"], { domain: "light" });
    expect(decide(other, here())).toEqual({ outcome: "refuse", rule: "domain_differs" });
  });

  test("one bad call among good ones refuses all of it", () => {
    const question = {
      ...ask("light.turn_off", ["light.hall"]),
      actions: [
        { service: "light.turn_off", entityIds: ["light.hall"] },
        { service: "lock.unlock", entityIds: ["lock.front"] },
      ],
    };
    expect(decide(question, here())).toEqual({ outcome: "refuse", rule: "never_allowed" });
  });

  test("nothing, and too much at once, are refused", () => {
    expect(decide(ask("light.turn_off", []), here()).rule).toBe("no_entity");
    const many = Array.from({ length: 21 }, () => "light.hall");
    expect(decide(ask("light.turn_off", many), here()).rule).toBe("too_many_entities");
  });

  test("it is refused also when the agent is off, the kind silenced or the level the lowest", () => {
    const question = ask("lock.unlock", ["lock.front"], { isSilenced: true });
    const off = here({ settings: bold({ enabled: false }) });
    expect(decide(question, off).outcome).toBe("refuse");
  });

  test("an undo opens no garage and lights no oven, but opens what a tap closed", () => {
    const of = (entityId: string) => ({ entityId, name: "", ...ENTITIES[entityId] });
    expect(mayBringBack("cover.open_cover", of("cover.garage"))).toBe(false);
    expect(mayBringBack("cover.set_cover_position", of("cover.garage"))).toBe(false);
    expect(mayBringBack("switch.turn_on", of("switch.oven"))).toBe(false);
    expect(mayBringBack("cover.set_cover_position", of("cover.skylight"))).toBe(true);
    expect(mayBringBack("light.turn_on", of("light.hall"))).toBe(true);
  });
});

describe("what is only ever done with somebody's consent", () => {
  test.each([
    ["lock.lock", "lock.front"],
    ["cover.close_cover", "cover.garage"],
    ["valve.close_valve", "valve.water"],
    ["climate.set_temperature", "climate.living"],
    ["switch.turn_on", "switch.lamp"],
    ["switch.turn_off", "switch.plug_3"],
  ])("%s", (service, entityId) => {
    expect(decide(ask(service, [entityId]), here())).toEqual({
      ...{ outcome: "ask", rule: "never_by_itself" },
    });
  });
});

describe("levels", () => {
  const off = ask("light.turn_off", ["light.hall"]);

  test("by themselves they ask; a household that says so lets lights be turned off", () => {
    expect(decide(off, here({ settings: USUAL_SETTINGS }))).toEqual({
      outcome: "ask",
      rule: "level",
    });
    expect(decide(off, here())).toEqual({ outcome: "do_with_undo", rule: "level" });
  });

  test.each([
    ["observe", "observe"],
    ["suggest", "suggest"],
    ["ask", "ask"],
  ] as const)("the area's %s counts where the domain allows more", (level, outcome) => {
    const settings = bold();
    const withArea = {
      ...settings,
      levels: { ...settings.levels, areas: [{ areaId: "bedroom", level }] },
    };
    const both = ask("light.turn_off", ["light.hall", "light.bed"]);
    expect(decide(both, here({ settings: withArea })).outcome).toBe(outcome);
    expect(decide(off, here({ settings: withArea })).outcome).toBe("do_with_undo");
  });

  test("undone twice, it asks again", () => {
    expect(decide(off, here({ demoted: new Set(["light"]) }))).toEqual({
      ...{ outcome: "ask", rule: "demoted" },
    });
    expect(decide(off, here({ demoted: new Set(["cover"]) })).outcome).toBe("do_with_undo");
  });

  test("so many actions an hour, and no more", () => {
    expect(decide(off, here({ actionsLastHour: 3 })).outcome).toBe("do_with_undo");
    expect(decide(off, here({ actionsLastHour: 4 }))).toEqual({
      ...{ outcome: "ask", rule: "action_limit" },
    });
  });

  test("in quiet hours it acts only where nobody is", () => {
    const night = { now: Date.UTC(2026, 8, 1, 21) }; // 23:00 in Berlin
    expect(decide(off, here(night))).toEqual({ outcome: "ask", rule: "quiet_hours_at_home" });
    expect(decide(off, here({ ...night, isAnybodyHome: false })).outcome).toBe("do_with_undo");
  });

  test("silenced, turned off, or the agent off: it is only noted", () => {
    const silent = ask("light.turn_off", ["light.hall"], { isSilenced: true });
    expect(decide(silent, here())).toEqual({ outcome: "observe", rule: "silenced" });
    const kindOff = here({ settings: bold({ rulesOff: ["left_on_nobody_home"] }) });
    expect(decide(off, kindOff)).toEqual({ outcome: "observe", rule: "kind_off" });
    expect(decide(off, here({ settings: bold({ enabled: false }) })).rule).toBe("agent_off");
  });

  test("water, smoke and gas are told whatever the level; the valve waits for a tap", () => {
    const settings = { ...USUAL_SETTINGS, defaultLevel: "observe" as const };
    const leak = ask("valve.close_valve", ["valve.water"], {
      ...{ kind: "safety_alarm", isSafety: true },
    });
    expect(decide(leak, here({ settings }))).toEqual({ outcome: "ask", rule: "safety_is_told" });
    expect(decide({ ...leak, actions: [] }, here({ settings })).outcome).toBe("notify");
  });
});

describe("quiet hours by the clocks of the house", () => {
  const night = { from: "22:00", to: "07:00" };
  const quiet = (at: string, hours = night, timeZone = "Europe/Berlin") => {
    const until = quietUntil(hours, { at: Date.parse(at), timeZone });
    return until === undefined ? undefined : new Date(until).toISOString();
  };

  test.each([
    ["2026-09-01T19:59:00Z", undefined], // 21:59
    ["2026-09-01T20:00:00Z", "2026-09-02T05:00:00.000Z"],
    ["2026-09-02T04:59:00Z", "2026-09-02T05:00:00.000Z"],
    ["2026-09-02T05:00:00Z", undefined],
    // Summer time ends at 03:00 on 25 October: the night is an hour longer.
    ["2026-10-24T20:00:00Z", "2026-10-25T06:00:00.000Z"],
    ["2026-10-25T05:30:00Z", "2026-10-25T06:00:00.000Z"],
    ["2026-10-25T06:00:00Z", undefined],
    // It begins at 02:00 on 29 March: the night is an hour shorter.
    ["2026-03-28T21:00:00Z", "2026-03-29T05:00:00.000Z"],
    ["2026-03-29T05:00:00Z", undefined],
  ])("22:00 to 07:00 at %s: until %s", (at, until) => {
    expect(quiet(at)).toBe(until);
  });

  test("they are the house's, not Greenwich's", () => {
    expect(quiet("2026-09-01T20:30:00Z", night, "America/Los_Angeles")).toBeUndefined();
    expect(quiet("2026-09-01T05:30:00Z", night, "America/Los_Angeles")).toBe(
      "2026-09-01T14:00:00.000Z",
    );
  });

  test("in the repeated hour they end once the clock has shown their end twice", () => {
    const hours = { from: "01:00", to: "02:30" };
    expect(quiet("2026-10-25T00:15:00Z", hours)).toBe("2026-10-25T00:30:00.000Z"); // 02:15, first
    expect(quiet("2026-10-25T01:15:00Z", hours)).toBe("2026-10-25T01:16:00.000Z"); // 02:15, again
    expect(quiet("2026-10-25T01:30:00Z", hours)).toBeUndefined();
  });

  test("within a day, and none", () => {
    expect(quiet("2026-09-01T11:30:00Z", { from: "13:00", to: "15:00" })).toBe(
      "2026-09-01T13:00:00.000Z",
    );
    expect(quiet("2026-09-01T11:30:00Z", { from: "00:00", to: "00:00" })).toBeUndefined();
  });
});

describe("messages", () => {
  const settings = { ...USUAL_SETTINGS, messages: true };
  const to = (change: object = {}, isSafety = false) =>
    mayTell(
      { isSafety },
      {
        ...{ settings, now: NOON, timeZone: "Europe/Berlin", sentLastHour: 0, sentLastDay: 0 },
        ...change,
      },
    );

  test("are off until the household wants them, also the urgent ones", () => {
    expect(to({ settings: USUAL_SETTINGS })).toEqual({ outcome: "app_only", rule: "messages_off" });
    expect(to({ settings: USUAL_SETTINGS }, true).outcome).toBe("app_only");
  });

  test("are held at night and when there were enough; what is dangerous passes", () => {
    const night = Date.UTC(2026, 8, 1, 22);
    expect(to()).toEqual({ outcome: "send", rule: "free" });
    expect(to({ now: night })).toEqual({ outcome: "hold", rule: "quiet_hours" });
    expect(to({ sentLastHour: 3 })).toEqual({ outcome: "hold", rule: "messages_per_hour" });
    expect(to({ sentLastHour: 2, sentLastDay: 10 }).rule).toBe("messages_per_day");
    expect(to({ now: night, sentLastHour: 9, sentLastDay: 99 }, true)).toEqual({
      ...{ outcome: "send", rule: "safety_passes" },
    });
  });
});
