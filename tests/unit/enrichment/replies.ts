import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Slot } from "#src/enrichment/provider.ts";
import { AppError } from "#src/foundation/errors.ts";
import type { Reply } from "#src/foundation/http.ts";
import { dataFolder } from "#support/data-folder.ts";
import { reply as replyOf } from "#support/provider-bodies.ts";

const PROVIDERS = join(dataFolder, "providers");

export { replyOf };

/** Real bodies lie beside the project on some machines only. */
export const hasRealBodies = existsSync(PROVIDERS);
export const realBody = (path: string, status = 200): Reply =>
  replyOf(readFileSync(join(PROVIDERS, path), "utf8"), status);
export const testReal = test.skipIf(!hasRealBodies);

/** What was thrown: `unavailable http.server`; fails the test when it is none of ours, or nothing. */
export function problemOf(read: () => unknown): string {
  try {
    read();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    const { kind, code } = thrown as AppError;
    return `${kind} ${code}`;
  }
  return "nothing was thrown";
}

export async function problemOfAsync(read: () => Promise<unknown>): Promise<AppError> {
  const thrown = await read().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

/** What every reader owes for answers that are none. */
export function expectRefusals(
  read: (reply: Reply) => unknown,
  good: unknown,
  codes: { readonly cutOff?: string; readonly page?: string } = {},
): void {
  const text = typeof good === "string" ? good : JSON.stringify(good);
  const said = (body: unknown, status = 200) => problemOf(() => read(replyOf(body, status)));
  const page = "<html><body>Sign in</body></html>";
  expect({
    page: said(page),
    cutOff: said(text.slice(0, Math.floor(text.length / 2))),
    empty: said(""),
    401: said("no", 401),
    403: said(page, 403),
    429: said("slow down", 429),
    500: said(page, 500),
    503: said("", 503),
    302: said("", 302),
  }).toEqual({
    page: codes.page ?? "internal http.not_json",
    cutOff: codes.cutOff ?? "internal http.not_json",
    empty: codes.cutOff ?? "internal http.not_json",
    401: "unconfigured http.refused",
    403: "unconfigured http.refused",
    429: "unavailable http.too_many",
    500: "unavailable http.server",
    503: "unavailable http.server",
    302: "internal http.unexpected_status",
  });
  const shapes = codes.page
    ? []
    : ["null", "[null]", "{}", "3", '"text"', '{"data":null}', '[{"a":1}]'];
  for (const body of shapes) {
    expect([body, said(body)]).toEqual([body, "internal http.unexpected_shape"]);
  }
}

/** How long the slots are, in minutes, without repetitions. */
export const minutesOf = (slots: readonly Slot[]) => [
  ...new Set(slots.map(({ start, end }) => (end - start) / 60_000)),
];
