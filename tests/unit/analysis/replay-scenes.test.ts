import { expect, test } from "vitest";
import { play, whyNot } from "#support/replayed.ts";

const initial = { "light.a": ["on", { brightness: 80 }], "light.b": "off" } as const;
const scenes = new Map([
  ["scene.movie", new Map([["light.a", { state: "on", attributes: { brightness: 20 } }]])],
]);
const turnOn = (id: string) => ({ action: "scene.turn_on", target: { entity_id: id } });
const effectsOf = (actions: readonly unknown[]) =>
  play([{ actions }], { initial }, { scenes }).runs[0]?.calls.flatMap(({ effects }) =>
    effects.filter(({ entityId }) => !entityId.startsWith("scene.")),
  );

test("a scene brings its entities to its states", () => {
  expect(effectsOf([turnOn("scene.movie")])).toEqual([
    { entityId: "light.a", from: "on", to: "on" },
  ]);
  const entities = { "light.a": "off", "light.b": { state: true, brightness: 40 } };
  expect(effectsOf([{ action: "scene.apply", data: { entities } }])).toEqual([
    { entityId: "light.a", from: "on", to: "off" },
    { entityId: "light.b", from: "off", to: "on" },
  ]);
});

test("a snapshot that an automation makes brings back what was then", () => {
  const lightOff = { action: "light.turn_off", target: { entity_id: "light.a" } };
  const read = {
    action: "notify.notify",
    data: { message: "{{ states('light.a') }} {{ state_attr('light.a', 'brightness') }}" },
  };
  const create = {
    action: "scene.create",
    data: { scene_id: "before", snapshot_entities: ["light.a"] },
  };
  const actions = [create, lightOff, read, turnOn("scene.before"), read];
  const { runs } = play([{ actions }], { initial }, { effects: "simulated" });
  const said = runs[0]?.calls.flatMap(({ data }) => (data.message ? [data.message] : []));
  expect(said).toEqual(["off None", "on 80"]);
});

test("a scene of which nobody knows what is in it is said", () => {
  const made = { action: "scene.create", data: { scene_id: "before", snapshot_entities: [] } };
  expect(whyNot({ actions: [turnOn("scene.hue_relax")] })).toEqual([
    { automation: 0, path: "actions/0", why: "what is in scene.hue_relax is not known" },
  ]);
  expect(whyNot({ actions: [made, turnOn("scene.before")] })).toEqual([]);
});
