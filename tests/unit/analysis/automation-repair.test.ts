import { expect, test } from "vitest";
import { repair, repairAll } from "#src/analysis/automation-check/automation-check.ts";
import { type FormerEntity, toSnapshot } from "#src/home/snapshot/snapshot.ts";

const home = (former: readonly FormerEntity[] = []) =>
  toSnapshot({
    areas: [
      { id: "kuche", name: "Küche" },
      { id: "flur", name: "Flur" },
    ],
    entities: [
      { entityId: "light.kuche_deckenlampe", name: "Küche Deckenlampe", areaId: "kuche" },
      { entityId: "light.flur_lampe_1", name: "Flur Lampe 1", areaId: "flur" },
      { entityId: "light.flur_lampe_2", name: "Flur Lampe 2", areaId: "flur" },
      { entityId: "light.spots", name: "Spots", areaId: "flur", aliases: ["Strahler"] },
      {
        entityId: "switch.kaffee",
        name: "Kaffeemaschine",
        areaId: "kuche",
        uniqueId: "k1",
        platform: "hue",
      },
      { entityId: "sensor.kuche_temperatur", name: "Küche Temperatur", areaId: "kuche" },
    ],
    former: (id) => former.find((one) => one.entityId === id),
  });

const turnOn = (entityId: string) => ({
  triggers: [{ trigger: "time", at: "07:00:00" }],
  actions: [{ action: "light.turn_on", target: { entity_id: entityId } }],
});
const repairOf = (entityId: string, former?: readonly FormerEntity[]) =>
  repair(turnOn(entityId), home(former))[0];

test("an entity that the registry renamed is repaired to its new id, whatever that is", () => {
  const found = repairOf("light.old", [{ entityId: "light.old", renamedTo: "light.spots" }]);
  expect(found).toMatchObject({ verdict: "proposed", to: "light.spots", score: 1 });
  expect(found?.edits).toEqual([
    { path: ["actions", 0, "target", "entity_id"], value: "light.spots" },
  ]);
});

test("a device that was added anew is known by its unique id", () => {
  const former = { entityId: "switch.old", uniqueId: "k1", platform: "hue" };
  expect(repairOf("switch.old", [former])).toMatchObject({
    verdict: "proposed",
    to: "switch.kaffee",
  });
});

test.each([
  ["light.kuche_deckenlmape", "light.kuche_deckenlampe"],
  ["light.kueche_deckenlampe", "light.kuche_deckenlampe"],
  ["light.kuchedeckenlampe", "light.kuche_deckenlampe"],
  ["lights.kuche_deckenlampe", "light.kuche_deckenlampe"],
  ["Küche Deckenlampe", "light.kuche_deckenlampe"],
  ["Strahler", "light.spots"],
  ["light.flur_lampe2", "light.flur_lampe_2"],
])("%s is meant to be %s", (written, meant) => {
  expect(repairOf(written)).toMatchObject({ verdict: "proposed", to: meant });
});

test.each([
  ["light.flur_lampe_3", "another number is another lamp"],
  ["light.flur_deckenlampe", "a lamp of another room"],
  ["light.kaffee", "a switch where a light stood"],
  ["light.flur_lampe", "two lamps of one name"],
])("%s is asked about, not guessed: %s", (written) => {
  const found = repairOf(written);
  expect(found?.verdict).not.toBe("proposed");
  expect(found?.edits).toEqual([]);
});

test("what nothing comes near is said to have no candidate", () => {
  expect(repairOf("light.zzz_qqq_xxx")).toMatchObject({ verdict: "none", candidates: [] });
});

test("a question has three candidates at most, each with a reason in words", () => {
  const found = repairOf("light.flur_lampe_3");
  expect(found?.candidates.length).toBeLessThanOrEqual(3);
  expect(found?.candidates[0]?.reason).toMatch(/\.$/);
});

test("the sun, the home zone and a scene that the automation makes itself are not dead", () => {
  const raw = {
    triggers: [{ trigger: "state", entity_id: "sun.sun" }],
    conditions: [{ condition: "zone", entity_id: "switch.kaffee", zone: "zone.home" }],
    actions: [
      { action: "scene.create", data: { scene_id: "before", snapshot_entities: ["light.spots"] } },
      { action: "scene.turn_on", target: { entity_id: "scene.before" } },
    ],
  };
  expect(repair(raw, home())).toEqual([]);
});

const template = (text: string) => ({
  triggers: [{ trigger: "template", value_template: text }],
  actions: [],
});
const OLD = [{ entityId: "light.old", renamedTo: "light.spots" }];

test.each([
  [
    "only the id is another, wherever it is spelled out in what is computed",
    "light.old {# light.old #}{{ states('light.old') ~ states.light.old.name ~ \"light.old\" }}",
    "light.old {# light.old #}{{ states('light.spots') ~ states.light.spots.name ~ \"light.spots\" }}",
  ],
  [
    "a name that the template gives, and brackets",
    "{% set lamps = ['light.old', 'light.older'] %}{{ lamps | map('states') | list + [states['light']['old']] }}",
    "{% set lamps = ['light.spots', 'light.older'] %}{{ lamps | map('states') | list + [states.light.spots] }}",
  ],
  [
    "what is looked up in a list of the template's own",
    "{{ states({'a': 'light.old'}[trigger.id]) }}",
    "{{ states({'a': 'light.spots'}[trigger.id]) }}",
  ],
])("a renamed entity in a template: %s", (_, written, mended) => {
  const found = repair(template(written), home(OLD)).find((one) => one.from === "light.old");
  expect(found).toMatchObject({ verdict: "proposed", to: "light.spots", score: 1 });
  expect(found?.reason).toContain("renamed");
  expect(found?.edits.at(-1)).toEqual({ path: ["triggers", 0, "value_template"], value: mended });
});

test("an id that no name can be is written in brackets", () => {
  const digits = toSnapshot({
    entities: [{ entityId: "light.2nd", name: "Second" }],
    former: (entityId) => ({ entityId, renamedTo: "light.2nd" }),
  });
  const [found] = repair(template("{{ states.light.old.state }}"), digits);
  expect(found?.edits).toEqual([
    { path: ["triggers", 0, "value_template"], value: "{{ states['light.2nd'].state }}" },
  ]);
});

test("what a template prints where an entity or a room is wanted is repaired", () => {
  const raw = {
    triggers: [],
    actions: [
      {
        action: "light.turn_on",
        target: {
          entity_id: "{{ 'light.old' if now().hour < 12 else 'light.spots' }}",
          area_id: "{% if now().hour < 12 %} kuhce {% else %} flur {% endif %}",
        },
      },
    ],
  };
  expect(repair(raw, home(OLD)).flatMap(({ edits }) => edits)).toEqual([
    {
      path: ["actions", 0, "target", "entity_id"],
      value: "{{ 'light.spots' if now().hour < 12 else 'light.spots' }}",
    },
    {
      path: ["actions", 0, "target", "area_id"],
      value: "{% if now().hour < 12 %} kuche {% else %} flur {% endif %}",
    },
  ]);
});

test("a text that only looks like an id is left alone", () => {
  expect(repair(template("{{ trigger.id in ['light.turn_on', 'clip.mp3'] }}"), home())).toEqual([]);
});

test("every place is repaired: lists in one text, keys of scenes, templates", () => {
  const raw = {
    triggers: [
      {
        trigger: "template",
        value_template:
          "{{ is_state('light.kuche_deckenlmpe', 'on') and states.light.kuche_deckenlmpe }}",
      },
    ],
    actions: [
      { service: "light.turn_on", data: { entity_id: "light.spots, light.kuche_deckenlmpe" } },
      { action: "scene.apply", data: { entities: { "light.kuche_deckenlmpe": "on" } } },
    ],
  };
  const [found] = repair(raw, home());
  expect(found?.edits).toEqual(
    expect.arrayContaining([
      { path: ["actions", 0, "data", "entity_id"], value: "light.spots, light.kuche_deckenlampe" },
      {
        path: ["actions", 1, "data", "entities", "light.kuche_deckenlmpe"],
        renameTo: "light.kuche_deckenlampe",
      },
      {
        path: ["triggers", 0, "value_template"],
        value: "{{ is_state('light.kuche_deckenlampe', 'on') and states.light.kuche_deckenlampe }}",
      },
    ]),
  );
});

test("after a rename all automations that it broke are one batch, the others are not in it", () => {
  const former = [
    { entityId: "light.a", renamedTo: "light.spots" },
    { entityId: "light.b", renamedTo: "light.flur_lampe_1" },
  ];
  const both = "{{ is_state('light.a', 'on') or is_state('light.b', 'on') }}";
  const batch = repairAll(
    [
      { id: "1", name: "Evening", config: turnOn("light.a") },
      { id: "2", name: "Morning", config: turnOn("light.spots") },
      {
        id: "3",
        name: "Both",
        config: { triggers: [{ trigger: "template", value_template: both }] },
      },
    ],
    home(former),
  );
  expect(batch.map((one) => one.name)).toEqual(["Evening", "Both"]);
  expect(batch[1]?.edits).toEqual([
    {
      path: ["triggers", 0, "value_template"],
      value: "{{ is_state('light.spots', 'on') or is_state('light.flur_lampe_1', 'on') }}",
    },
  ]);
});

test("a room by its name, a notifier under its new name: what is called alike is found", () => {
  const house = toSnapshot({
    entities: [{ entityId: "light.spots", name: "Spots" }],
    areas: [{ id: "kuche", name: "Küche" }],
    services: {
      notify: { mobile_app_pixel_9: { fields: {} } },
      light: { turn_on: { fields: {} } },
    },
  });
  const raw = {
    actions: [
      { action: "light.turn_on", target: { area_id: "Kueche" } },
      { action: "notify.mobile_app_pixel_8", data: { message: "Hi" } },
    ],
  };
  expect(repair(raw, house)).toEqual([
    expect.objectContaining({ kind: "area", verdict: "proposed", to: "kuche" }),
    expect.objectContaining({
      kind: "action",
      verdict: "asked",
      candidates: [expect.objectContaining({ id: "notify.mobile_app_pixel_9" })],
    }),
  ]);
});

test("nearness in meaning is a question at most", () => {
  const meaning = (_: string, { entityId }: { entityId: string }) =>
    entityId === "light.spots" ? 0.99 : 0;
  const [found] = repair(turnOn("light.qqqq"), home(), { meaning });
  expect(found).toMatchObject({ verdict: "asked", candidates: [{ id: "light.spots" }] });
});
