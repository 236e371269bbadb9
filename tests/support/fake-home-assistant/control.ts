import type { FakeHomeAssistant } from "./fake-home-assistant.ts";
import { GARBAGE, type Garbage } from "./faults/garbage.ts";
import type { RestAnswer } from "./protocol/server.ts";

type Body = Readonly<Record<string, unknown>>;

/** Runs an order that came over HTTP: `POST /__fake/<name>` with a JSON body. */
export async function runOrder(
  fake: FakeHomeAssistant,
  name: string,
  text: unknown,
): Promise<RestAnswer> {
  const body: Body = typeof text === "string" ? Object(JSON.parse(text)) : {};
  const order = ORDERS[name];
  if (order === undefined) {
    return { status: 404, body: { message: `orders: ${Object.keys(ORDERS).join(", ")}` } };
  }
  try {
    return { status: 200, body: (await order(fake, body)) ?? { done: true } };
  } catch (error) {
    return { status: 400, body: { message: String(error) } };
  }
}

const text = (body: Body, key: string): string => {
  const value = body[key];
  if (typeof value !== "string") throw new Error(`${key} is a text`);
  return value;
};
const number = (body: Body, key: string, otherwise: number) => Number(body[key] ?? otherwise);
const flag = (body: Body) => body.on !== false;

const ORDERS: Readonly<Record<string, (fake: FakeHomeAssistant, body: Body) => unknown>> = {
  status: (fake) => fake.status(),
  "drop-connections": (fake) => fake.dropConnections(),
  stall: (fake, body) => fake.stall(number(body, "ms", 5000)),
  "refuse-token": (fake, body) => fake.refuseToken(flag(body)),
  restart: (fake, body) =>
    fake.restart({
      downMs: number(body, "downMs", 2000),
      settleMs: number(body, "settleMs", 1500),
    }),
  "slow-accept": (fake, body) => fake.slowAccept(number(body, "ms", 2000)),
  garbage(fake, body) {
    const kind = GARBAGE.find((one) => one === body.kind);
    if (kind !== undefined) return fake.sendGarbage(kind);
    throw new Error(`kind is one of ${GARBAGE.join(", ")}`);
  },
  "unknown-command": (fake, body) =>
    fake.unknownCommand(text(body, "command"), { unknown: flag(body) }),
  "bad-gateway": (fake, body) =>
    fake.badGateway(number(body, "count", 1), { late: body.late === true }),
  reloads(fake, body) {
    const how = (["normal", "lost", "never"] as const).find((one) => one === body.how);
    if (how === undefined) throw new Error("how is one of normal, lost, never");
    fake.reloads(how);
  },
  blast: (fake, body) =>
    fake.blast({
      changesPerSecond: number(body, "changesPerSecond", 1000),
      seconds: number(body, "seconds", 5),
      patient: body.patient !== false,
    }),
  advance: (fake, body) => fake.advance(number(body, "ms", 60_000)),
  "set-state": (fake, body) =>
    fake.setState(
      text(body, "entityId"),
      text(body, "state"),
      body.attributes === undefined ? undefined : Object(body.attributes),
      body.context === undefined ? undefined : Object(body.context),
    ),
  "press-dashboard": (fake, body) =>
    fake.pressDashboard(
      text(body, "user"),
      text(body, "domain"),
      text(body, "service"),
      Object(body.data ?? {}),
    ),
  "press-physical": (fake, body) => fake.pressPhysical(text(body, "entityId"), text(body, "state")),
  speak: (fake, body) =>
    fake.speak(text(body, "domain"), text(body, "service"), Object(body.data ?? {})),
  "run-automation": (fake, body) => fake.runAutomation(text(body, "entityId")),
  /** Written into a package, by any name, and loaded. */
  "add-packaged"(fake, body) {
    const { automations } = fake.simulation.system;
    automations.packages.set(text(body, "name"), Object(body.config));
    automations.reload();
  },
  "rename-entity": (fake, body) =>
    fake.renameEntity(text(body, "entityId"), text(body, "newEntityId")),
  "add-entity": (fake, body) =>
    fake.addEntity({
      entityId: text(body, "entityId"),
      state: text(body, "state"),
      attributes: Object(body.attributes ?? {}),
    }),
  "remove-entity": (fake, body) => ({ removed: fake.removeEntity(text(body, "entityId")) }),
  "set-available": (fake, body) =>
    fake.setAvailable(Array.isArray(body.entityIds) ? body.entityIds.map(String) : [], flag(body)),
  states: (fake) => fake.states(),
  users: (fake) => fake.users,
};

export type { Garbage };
