import { hc, type InferResponseType } from "hono/client";
import { resolve } from "$app/paths";
import type { Api, LiveMessage } from "../../../src/api/api.ts";

export type {
  Action,
  Automation,
  BlueprintUse,
  Bound,
  ClockTime,
  Condition,
  Json,
  JsonMap,
  Period,
  Problem,
  Scene,
  Script,
  Target,
  Template,
  Trigger,
  UsedInput,
  Weekday,
} from "../../../src/api/api.ts";
export type { LiveMessage };

const root = () => new URL(resolve("/"), location.href);

/** The only way to the server, under whatever prefix this page was opened. */
export const api = hc<Api>(root().href).api.v1;

/** Where the live connection is. */
export function liveUrl(): string {
  const url = new URL("api/v1/live", root());
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** The address of what is fetched as it is, for instance by a link that downloads. */
export function apiUrl(path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(`api/v1/${path}`, root());
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** What the server says when it cannot do what was asked. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, unknown>>;
  constructor(
    status: number,
    { code, message, facts = {} }: Pick<ApiError, "code" | "message"> & Partial<ApiError>,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}

export interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<T>;
}

/** The body of an answer; throws an `ApiError` for any that is not a success. */
export async function read<T>(pending: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await pending;
  } catch {
    throw new ApiError(0, { code: "network", message: "No answer" });
  }
  if (answer.ok) return answer.json();
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: Partial<ApiError> }
    | undefined;
  const { status } = answer;
  const unknown = { code: "http", message: `The server answered ${status}`, facts: { status } };
  throw new ApiError(answer.status, { ...unknown, ...body?.error });
}

export type House = InferResponseType<typeof api.house.$get>;
export type EventPage = InferResponseType<typeof api.events.$get>;
export type HomeEvent = EventPage["events"][number];
export type EventStats = InferResponseType<typeof api.events.stats.$get>;
export type Cause = HomeEvent["cause"];
export type CauseKind = Cause["kind"];
export type Connection = InferResponseType<typeof api.connection.$get>;
export type Metrics = InferResponseType<(typeof api)["real-time-metrics"]["$get"]>;
export type Session = InferResponseType<typeof api.session.$get>;
export type EntityPage = InferResponseType<typeof api.entities.$get>;
export type Entity = EntityPage["entities"][number];
export type EntityDetail = InferResponseType<(typeof api.entities)[":entityId"]["$get"]>;
export type Device = InferResponseType<typeof api.devices.$get>["devices"][number];
export type Areas = InferResponseType<typeof api.areas.$get>;
export type Gap = InferResponseType<typeof api.gaps.$get>["gaps"][number];
export type JobStatus = InferResponseType<typeof api.jobs.$get>["jobs"][number];
export type Filter = InferResponseType<typeof api.filter.$get>;
