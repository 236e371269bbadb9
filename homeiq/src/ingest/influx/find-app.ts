import { z } from "zod";
import { toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";

/** The InfluxDB app of this Home Assistant. */
export interface InfluxApp {
  readonly slug: string;
  readonly name: string;
  readonly started: boolean;
  readonly url: string;
}

const SupervisorInfo = z.object({
  data: z.object({
    addons: z
      .array(z.object({ slug: z.string(), name: z.string(), state: z.string() }))
      .default([]),
  }),
});

const ANSWER_WITHIN_MS = 10 * SECOND_MS;
const PORT = 8086;

/**
 * Looks among the installed apps for InfluxDB; `undefined` when there is none, or the Supervisor does not say.
 *
 * An app's host is its slug with dashes. Source: hassio-addons/app-influxdb, slug `a0d7b954_influxdb`; others
 * have the same ending behind another repository.
 */
export async function findInfluxApp(
  { url, token, log }: { readonly url: string; readonly token: string; readonly log: Log },
  signal: AbortSignal,
): Promise<InfluxApp | undefined> {
  try {
    const answer = await fetch(`${url}/supervisor/info`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    if (!answer.ok) return undefined;
    const { data } = SupervisorInfo.parse(await answer.json());
    const apps = data.addons.filter(({ slug }) => /_influxdb\d?$/.test(slug));
    const app = apps.find(({ state }) => state === "started") ?? apps[0];
    if (!app) return undefined;
    return {
      slug: app.slug,
      name: app.name,
      started: app.state === "started",
      url: `http://${app.slug.replaceAll("_", "-")}:${PORT}`,
    };
  } catch (error) {
    // Without the Supervisor's word the user can still give the address: nothing else depends on it.
    log.debug({ code: toAppError(error).code }, "The Supervisor did not say which apps there are");
    return undefined;
  }
}
