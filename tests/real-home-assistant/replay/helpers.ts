import { go, note, one, type Raw, READY, type Scenario, set } from "./scenario.ts";

const GO: Raw = { trigger: "state", entity_id: "sensor.§go", to: null };
const follows = (name: string): Raw => ({
  triggers: [{ trigger: "state", entity_id: `input_boolean.§${name}`, to: null }],
  actions: [note(name)],
  mode: "queued",
});

/** What a scene does is seen by automations that follow its entities. */
const scene = (name: string, actions: readonly Raw[]): Scenario => ({
  name: `a scene, ${name}`,
  automations: [{ triggers: [GO], actions }, follows("x"), follows("y")],
  initial: { ...READY, "input_boolean.§x": "off", "input_boolean.§y": "on" },
  steps: go(1),
  onlyRuns: true,
});

const BOTH = { "input_boolean.§x": "on", "input_boolean.§y": { state: "off" } };
const create: Raw = {
  action: "scene.create",
  data: { scene_id: "§before", snapshot_entities: ["input_boolean.§x", "input_boolean.§y"] },
};
const bringBack: Raw = { action: "scene.turn_on", target: { entity_id: "scene.§before" } };

const SCENES: readonly Scenario[] = [
  scene("applied", [{ action: "scene.apply", data: { entities: BOTH } }]),
  scene("applied twice", [
    { action: "scene.apply", data: { entities: BOTH } },
    { delay: 1 },
    { action: "scene.apply", data: { entities: BOTH } },
  ]),
  scene("a snapshot brought back", [create, set("x"), { delay: 1 }, bringBack]),
  scene("a snapshot as an action", [
    create,
    set("y", "toggle"),
    { delay: 1 },
    { scene: "scene.§before" },
  ]),
  scene("made of states", [
    { action: "scene.create", data: { scene_id: "§before", entities: BOTH } },
    { delay: 1 },
    bringBack,
  ]),
];

const call = (action: string, data: Raw = {}): Raw => ({
  ...{ action: `timer.${action}`, data, target: { entity_id: "timer.§t" } },
});

/** A timer of three seconds, and everything that can be heard of it. */
const timer = (name: string, actions: readonly Raw[], rest: readonly Raw[] = []): Scenario => ({
  name: `a timer, ${name}`,
  automations: [
    { triggers: [GO], actions },
    ...["started", "restarted", "paused", "finished", "cancelled"].flatMap((event) => [
      ...one(
        { trigger: "event", event_type: `timer.${event}`, event_data: { entity_id: "timer.§t" } },
        { actions: [note(`event_${event}`)] },
      ),
      ...one(
        { trigger: `timer.${event}`, target: { entity_id: "timer.§t" } },
        { actions: [note(`purpose_${event}`)] },
      ),
    ]),
    ...rest,
  ],
  initial: { ...READY, "timer.§t": ["idle", { duration: "0:00:03", last_transition: null }] },
  steps: go(1),
});

const TIMERS: readonly Scenario[] = [
  timer("to its end", [call("start")]),
  timer("with another length", [call("start", { duration: "00:00:05" })]),
  timer("paused and resumed", [
    call("start"),
    { delay: 1 },
    call("pause"),
    { delay: 2 },
    call("start"),
  ]),
  timer("started anew", [call("start"), { delay: 1 }, call("start")]),
  timer("cancelled", [call("start"), { delay: 1 }, call("cancel")]),
  timer("finished before its time", [call("start"), { delay: 1 }, call("finish")]),
  timer("that does not run", [call("pause"), call("cancel"), call("finish")]),
  timer(
    "with a second left",
    [call("start")],
    one({
      ...{ trigger: "timer.remaining_time_reached", target: { entity_id: "timer.§t" } },
      options: { remaining: { seconds: 1 } },
    }),
  ),
];

const EVENTS: readonly Scenario[] = [
  {
    name: "an event that is the change of a state",
    automations: one({
      ...{ trigger: "event", event_type: "state_changed" },
      event_data: { entity_id: "sensor.§a" },
    }),
    initial: { "sensor.§a": "off" },
    steps: [
      [1, "sensor.§a", "on"],
      [2, "sensor.§a", "on", { x: 1 }],
    ],
  },
];

/** What scenes, timers and changes of states do, and what is heard of it. */
export const HELPERS: readonly Scenario[] = [...SCENES, ...TIMERS, ...EVENTS];
