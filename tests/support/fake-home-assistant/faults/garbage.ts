import type { FakeServer } from "../protocol/server.ts";

/** What a broken integration, proxy or network has sent somebody somewhere. */
export const GARBAGE = [
  "malformed_json",
  "binary",
  "event_without_fields",
  "nan_states",
  "huge_attributes",
  "absurd_timestamps",
  "odd_entity_ids",
  "unknown_subscription",
  "diff_of_unknown_entity",
  "wrong_types",
] as const;

export type Garbage = (typeof GARBAGE)[number];

const HUGE = "x".repeat(100 * 1024);
const ODD_IDS = [
  "sensor.o'brien",
  'sensor."quoted"',
  "sensor.x'; DROP TABLE state_changes; --",
  "sensor.<img src=x onerror=alert(1)>",
  "sensor.{{7*7}}",
  "light.küche",
  "__proto__",
  "constructor",
  "nodomain",
  "",
  `sensor.${"a".repeat(300)}`,
];

/** Sends one kind of garbage to everybody who listens. `entityId` is one that exists. */
export function sendGarbage({ clients }: FakeServer, kind: Garbage, entityId: string): void {
  for (const { outbox, subscriptions } of clients) {
    if (kind === "malformed_json") {
      outbox.sendRaw('{"id":7,"type":"event","event":{"c":{');
      continue;
    }
    if (kind === "binary") {
      outbox.sendRaw(Buffer.from([1, 2, 3, 255, 0, 128]));
      continue;
    }
    if (kind === "unknown_subscription") {
      outbox.send('{"id":987654,"type":"event","event":{"a":{}}}');
      continue;
    }
    for (const [id, { kind: listens, eventType }] of subscriptions) {
      if (listens === "entities") {
        for (const event of entitiesGarbage(kind, entityId)) {
          outbox.send(`{"id":${id},"type":"event","event":${event}}`);
        }
      } else if (eventType === "state_changed" || eventType === "*") {
        for (const event of eventsGarbage(kind, entityId)) {
          outbox.send(`{"type":"event","event":${event},"id":${id}}`);
        }
      }
    }
  }
}

function entitiesGarbage(kind: Garbage, entityId: string): readonly string[] {
  const now = Date.now() / 1000;
  const diff = (plus: unknown, id = entityId) => JSON.stringify({ c: { [id]: { "+": plus } } });
  switch (kind) {
    case "event_without_fields":
      return ["{}", "null", '{"c":{}}', `{"c":{${JSON.stringify(entityId)}:{}}}`, '{"a":null}'];
    case "nan_states":
      return ["nan", "NaN", "inf", "-inf", "1e309", "-0.0", "1e-05", "12,5"].map((s, index) =>
        diff({ s, lc: now + index / 1000, c: fakeUlid(index) }),
      );
    case "huge_attributes":
      return [diff({ a: { blob: HUGE }, lu: now, c: fakeUlid(1) })];
    case "absurd_timestamps":
      return [-1, 0, 1e18, 4e12, null, "yesterday", {}].map((lc, index) =>
        diff({ s: String(900 + index), lc, c: fakeUlid(index) }),
      );
    case "odd_entity_ids":
      // built as text, because `__proto__` as a key of an object is not what it seems
      return ODD_IDS.map((id, index) => {
        const entry = { s: String(index), a: { friendly_name: id }, c: fakeUlid(index), lc: now };
        return `{"a":{${JSON.stringify(id)}:${JSON.stringify(entry)}}}`;
      });
    case "diff_of_unknown_entity":
      return [diff({ s: "on", lc: now }, "light.nobody_has_seen"), '{"r":["light.never_was"]}'];
    case "wrong_types":
      return ['{"a":[]}', '{"c":"text"}', '{"r":{}}', diff({ s: 17, lc: now }), diff("text"), "[]"];
    default:
      return [];
  }
}

function eventsGarbage(kind: Garbage, entityId: string): readonly string[] {
  const iso = new Date().toISOString();
  const event = (id: string, state: unknown, times: unknown = iso) => {
    const context = { id: fakeUlid(3), parent_id: null, user_id: null };
    const new_state = {
      entity_id: id,
      state,
      attributes: kind === "huge_attributes" ? { blob: HUGE } : {},
      last_changed: times,
      last_updated: times,
      context,
    };
    const data = { entity_id: id, old_state: null, new_state };
    return JSON.stringify({
      ...{ event_type: "state_changed", data, origin: "LOCAL", time_fired: times, context },
    });
  };
  switch (kind) {
    case "event_without_fields":
      return [
        "{}",
        "null",
        '{"event_type":"state_changed"}',
        '{"event_type":"state_changed","data":{}}',
      ];
    case "nan_states":
      return ["nan", "inf", "1e309"].map((state) => event(entityId, state));
    case "huge_attributes":
      return [event(entityId, "1")];
    case "absurd_timestamps":
      return ["", "not a time", "9999999-01-01T00:00:00", null, 5].map((at) =>
        event(entityId, "1", at),
      );
    case "odd_entity_ids":
      return ODD_IDS.map((id) => event(id, "1"));
    case "wrong_types":
      return [event(entityId, 17), event(entityId, null), event(entityId, { a: 1 })];
    default:
      return [];
  }
}

function fakeUlid(index: number): string {
  return `01K4GARBAGE000000000000${String(index).padStart(3, "0")}`;
}
