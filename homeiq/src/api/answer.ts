import type { Context, Input, TypedResponse } from "hono";
import type { JsonMap } from "#home/automation/automation.ts";

/** What `describe` puts into the type of a route: the answer that the OpenAPI document promises. */
export interface Promised<A, N extends 200 | 201> extends Input {
  in: Nothing; // said: left optional, the typed client's answers come out as `any`
  out: { answer: A; status: N };
}

type Nothing = Record<never, never>;

/** Whether a schema takes any JSON object: then it names all fields, and types end here. */
type TakesAny<S> = unknown extends S
  ? true
  : S extends unknown
    ? string extends keyof S
      ? JsonMap extends S
        ? true
        : false
      : false
    : never;

/** As the schema says it, whoever may change it. */
type Said<S> =
  true extends TakesAny<S> ? S : S extends object ? { readonly [K in keyof S]: Said<S[K]> } : S;

type KeysOf<S> = S extends unknown ? keyof S : never;
type ValueOf<S, K> = S extends unknown ? (K extends keyof S ? S[K] : never) : never;
type ItemOf<S> = S extends readonly (infer I)[] ? I : never;

type Same<V, S> =
  (<T>() => T extends V ? 1 : 2) extends <T>() => T extends S ? 1 : 2 ? true : false;

/** The fields of a value, however deep, that the schema does not name. */
type Unsaid<V, S> =
  true extends TakesAny<S>
    ? never
    : Same<V, S> extends true
      ? never
      : V extends readonly (infer I)[]
        ? Unsaid<I, ItemOf<S>>
        : V extends object
          ? {
              [K in keyof V & string]-?: K extends KeysOf<S>
                ? Unsaid<Exclude<V[K], undefined>, Exclude<ValueOf<S, K>, undefined>>
                : K;
            }[keyof V & string]
          : never;

type NothingElse<V, S> = [Unsaid<V, S>] extends [never]
  ? unknown
  : { readonly "not in the schema": Unsaid<V, S> };

/** Answers what the route was described with: another value, or one with more in it, does not compile. */
export function answer<I extends AnyPromise, V extends Said<I["out"]["answer"]>>(
  // biome-ignore lint/suspicious/noExplicitAny: of any route; what it promised is in its input
  c: Context<any, any, I>,
  value: V & NothingElse<V, I["out"]["answer"]>,
  ...[status]: I["out"]["status"] extends 200 ? [] : [status: I["out"]["status"]]
) {
  return c.json<V, I["out"]["status"]>(value, status);
}

/** The same of JSON that was written on the reader's thread, whose bytes the types cannot look into. */
export function answerJson<I extends AnyPromise>(
  // biome-ignore lint/suspicious/noExplicitAny: as above
  c: Context<any, any, I>,
  json: Uint8Array,
) {
  // It came from another thread, so its memory is its own.
  const bytes = json as Uint8Array<ArrayBuffer>;
  const answered: unknown = c.body(bytes, 200, { "Content-Type": "application/json" });
  return answered as Response & TypedResponse<I["out"]["answer"], 200, "json">;
}

type AnyPromise = Promised<unknown, 200 | 201>;
