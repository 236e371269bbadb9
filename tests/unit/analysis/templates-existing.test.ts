import { expect, test } from "vitest";
import { toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import { type Match, matchTemplates } from "#src/analysis/templates/templates.ts";
import { templatesHome } from "./templates-home.ts";

const WHOLE = { most: 1000, mostOfOne: 100 };
const keysOf = (matches: readonly Match[]) => matches.map(({ key }) => key);

/** Matches in the made house beside one automation, as a person writes it. */
function beside(config: object): Match[] {
  const home = templatesHome();
  const automations = [{ entityId: "automation.own", config: { alias: "Own", ...config } }];
  return matchTemplates(home, toLintedHouse({ home, now: 0, automations }), WHOLE);
}

const on = (entityId: string, to = "on") => ({ trigger: "state", entity_id: entityId, to });
const call = (action: string, entityId: string, data = {}) => ({
  ...{ action, target: { entity_id: entityId }, data },
});
const notify = { action: "notify.mobile_app_ann", data: { message: "Look" } };

const TWINS: readonly (readonly [string, string, object])[] = [
  [
    "a motion light by a choice",
    "motion_light hall",
    {
      triggers: [on("binary_sensor.hall_motion")],
      actions: [{ choose: [{ conditions: [], sequence: [call("light.turn_on", "light.hall")] }] }],
    },
  ],
  [
    "a motion light by its area",
    "motion_light hall",
    {
      triggers: [on("binary_sensor.hall_motion")],
      actions: [{ action: "light.turn_on", target: { area_id: "hall" } }],
    },
  ],
  [
    "a motion light by a trigger of its purpose",
    "motion_light hall",
    {
      triggers: [{ trigger: "motion.detected", target: { area_id: "hall" } }],
      actions: [call("light.turn_on", "light.hall")],
    },
  ],
  [
    "a motion light made of a blueprint",
    "motion_light hall",
    {
      use_blueprint: {
        path: "homeassistant/motion_light.yaml",
        input: {
          motion_entity: "binary_sensor.hall_motion",
          light_target: { entity_id: "light.hall" },
        },
      },
    },
  ],
  [
    "lights off when a person's state says so",
    "lights_off_when_leaving home",
    {
      triggers: [on("person.ann", "not_home")],
      actions: [call("light.turn_off", "light.hall")],
    },
  ],
  [
    "lights off by a zone",
    "lights_off_when_leaving home",
    {
      triggers: [{ trigger: "zone", entity_id: "person.ann", zone: "zone.home", event: "leave" }],
      actions: [call("light.turn_off", "light.hall")],
    },
  ],
  [
    "the lock at another hour of the evening",
    "lock_at_night home",
    {
      triggers: [{ trigger: "time", at: "23:45:00" }],
      actions: [call("lock.lock", "lock.front_door")],
    },
  ],
  [
    "a message about the laundry by another sensor of the machine",
    "program_done steam",
    { triggers: [on("binary_sensor.steam_oven_door")], actions: [notify] },
  ],
  [
    "a template that looks at the leak sensor",
    "leak_alarm home",
    {
      triggers: [
        {
          trigger: "template",
          value_template: "{{ is_state('binary_sensor.bathroom_leak', 'on') }}",
        },
      ],
      actions: [notify],
    },
  ],
];

test.each(TWINS)("%s is found to do it already", (_, key, config) => {
  expect(keysOf(matchTemplates(templatesHome(), {}, WHOLE))).toContain(key);
  expect(keysOf(beside(config))).not.toContain(key);
});

const OTHERS: readonly (readonly [string, string, object])[] = [
  [
    "the same sensor for another light",
    "motion_light hall",
    {
      triggers: [on("binary_sensor.hall_motion")],
      actions: [call("light.turn_on", "light.cellar")],
    },
  ],
  [
    "the same light by another sensor",
    "motion_light hall",
    {
      triggers: [on("binary_sensor.landing_motion")],
      actions: [call("light.turn_on", "light.hall")],
    },
  ],
  [
    "lights that go on when somebody comes",
    "lights_off_when_leaving home",
    { triggers: [on("person.ann", "home")], actions: [call("light.turn_off", "light.hall")] },
  ],
  [
    "the lock in the morning",
    "lock_at_night home",
    {
      triggers: [{ trigger: "time", at: "08:00:00" }],
      actions: [call("lock.lock", "lock.front_door")],
    },
  ],
  [
    "smoke that only lights the lamps",
    "smoke_alarm home",
    {
      triggers: [on("binary_sensor.hall_smoke")],
      actions: [call("light.turn_on", "light.hall")],
    },
  ],
];

test.each(OTHERS)("%s is something else, and keeps nothing back", (_, key, config) => {
  expect(keysOf(beside(config))).toContain(key);
});

test("of several sensors only those are left of which nobody is told yet", () => {
  const config = {
    triggers: [on("binary_sensor.hall_smoke", "unavailable")],
    actions: [notify],
  };
  const match = beside(config).find(({ template }) => template.id === "watchman_is_silent");
  expect(match?.slots.watchmen?.value).toEqual([
    "binary_sensor.bathroom_leak",
    "binary_sensor.boiler_gas",
  ]);
});
