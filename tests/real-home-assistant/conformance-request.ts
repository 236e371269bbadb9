import type { RawClient, Wire } from "#support/fake-home-assistant/raw-client.ts";

/** One of the two houses, and what it calls the things that the requests name. */
export interface EitherHouse {
  readonly client: RawClient;
  rest(path: string, body?: unknown, method?: string): Promise<Response>;
  readonly url: string;
  readonly light: string;
  readonly sensor: string;
  readonly weather: string;
  /** The entity of an automation that has run. */
  readonly automation: string;
  readonly automationId: string;
  readonly deviceId: string;
  readonly areaId: string;
}

export interface Answer {
  /** What must be the same in both, to the letter: a status, a success, an error code. */
  readonly exactly: unknown;
  /** What must have the same shape. */
  readonly shape?: unknown;
}

export interface ConformanceRequest {
  readonly name: string;
  readonly ask: (house: EitherHouse) => Promise<Answer>;
  /** Inside of these paths is free data. */
  readonly open?: readonly string[];
}

/** A WebSocket command and its result. */
export function command(
  type: string,
  keys: (house: EitherHouse) => Readonly<Record<string, unknown>> = () => ({}),
  rest: { name?: string; open?: readonly string[]; pick?: (result: Wire) => unknown } = {},
): ConformanceRequest {
  const { name = type, open = [], pick = (result) => result } = rest;
  return {
    name,
    open,
    async ask(house) {
      const answer = await house.client.ask(type, keys(house));
      const { success, error, result } = answer;
      return {
        exactly: { success, code: error?.code },
        shape: success ? pick(result) : { code: error?.code, message: error?.message },
      };
    },
  };
}

/** A subscription and its first event. */
export function firstEvent(
  type: string,
  keys: (house: EitherHouse) => Readonly<Record<string, unknown>>,
  rest: {
    name: string;
    open?: readonly string[];
    pick?: (event: Wire) => unknown;
    /** What makes the event happen. */
    after?: (house: EitherHouse) => Promise<unknown>;
    fits?: (event: Wire) => boolean;
  },
): ConformanceRequest {
  const { name, open = [], pick = (event) => event, after, fits = () => true } = rest;
  return {
    name,
    open,
    async ask(house) {
      const { client } = house;
      const { success, error } = await client.ask(type, keys(house));
      if (!success) return { exactly: { success, code: error?.code } };
      const id = client.lastId();
      await after?.(house);
      const message = await client.until(
        (one) => one.id === id && one.type === "event" && fits(one.event),
      );
      await client.ask("unsubscribe_events", { subscription: id });
      return { exactly: { success }, shape: pick(message.event) };
    },
  };
}

export function restRequest(
  name: string,
  path: (house: EitherHouse) => string,
  options: {
    body?: (house: EitherHouse) => unknown;
    method?: string;
    open?: readonly string[];
    pick?: (body: Wire) => unknown;
  } = {},
): ConformanceRequest {
  const { body, method, open = [], pick = (one) => one } = options;
  return {
    name,
    open,
    async ask(house) {
      const answer = await house.rest(path(house), body?.(house), method);
      const type = answer.headers.get("content-type")?.split(";")[0];
      const text = await answer.text();
      const shape = type === "application/json" ? pick(JSON.parse(text)) : typeof text;
      return { exactly: { status: answer.status, type }, shape };
    },
  };
}

/** What a state carries beside itself: free data of its integration. */
export const ATTRIBUTES = ["[].attributes", ".attributes", ".a[].a", ".data.new_state.attributes"];
export const values = (record: Wire) => Object.values(record);
export const nothing = () => ({});
