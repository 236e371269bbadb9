import { NIGHT_LIGHT } from "./automations/workshop.ts";

const DAY_MS = 86_400_000;
const JOBS = ["history.seal", "history.retain", "energy.measure-steps", "automations.look"];

/** Every thread of a HomeIQ has something to do, and more waits. Resolves when all is answered, or cut off. */
export function burden(url: string, entityIds: readonly string[]): Promise<unknown> {
  const post = (path: string, body: object = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const to = Date.now();
  const range = { from: to - 2 * DAY_MS, to };
  return Promise.allSettled([
    ...JOBS.map((job) => post(`/jobs/${job}/run`)),
    ...[1, 2, 3].map(() =>
      post("/automations/back-test", { source: JSON.stringify(NIGHT_LIGHT), ...range }),
    ),
    fetch(`${url}/api/v1/energy/devices?days=14`),
    fetch(`${url}/api/v1/energy/forecast`),
    fetch(`${url}/api/v1/history?entity=${entityIds.slice(0, 20).join(",")}&from=${range.from}`),
    ...[1, 2, 3].map(() => fetch(`${url}/api/v1/events?limit=500&text=a`)),
  ]);
}
