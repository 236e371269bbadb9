import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "#src/foundation/clock.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { openHistory } from "#support/history.ts";
import { buildHomeIq, runHomeIq } from "#support/home-iq-process.ts";
import { startIdleProcess } from "#support/idle-process.ts";
import { type BusyHouse, fillBusyHouse } from "./busy-house.ts";

const OWN_ENTITIES = 1_500; // of the villa; as many of the busy house stand beside them
const SETTLES_MS = 20_000; // after the past was fetched, automations are looked at
const ROUNDS = 2; // in the first one no habits are known yet

const CONFLICT = 409;

interface Late {
  /** Milliseconds. */
  readonly p99: number;
  readonly longest: number;
}
type Wish = Pick<Parameters<typeof fillBusyHouse>[1], "days" | "changes">;

/** How late the program is for everybody else while it looks for habits, synergies and suggestions at once. */
export async function measureAtOnce(wish: Wish): Promise<Late & { readonly idleMs: number }> {
  buildHomeIq();
  const folder = mkdtempSync(join(tmpdir(), "homeiq-bench-at-once-"));
  await using house = await startFakeHomeAssistant({ preset: "villa", seed: 1, live: false });
  addAll(house, await filled(folder, wish));
  const homeiq = await runHomeIq(
    { HA_URL: house.url, HA_TOKEN: "fake-token", HOMEIQ_DATA: folder },
    { preload: new URL("../../support/late-loop.ts", import.meta.url) },
  );
  /** Where it looks by itself just now, once that is done. */
  const ask = (path: string) =>
    eventually(
      `${path} is answered`,
      async () => {
        const { ok, status } = await fetch(`${homeiq.url}/api/v1/${path}`, { method: "POST" });
        if (!ok && status !== CONFLICT) throw new Error(`${path}: ${status}`);
        return ok;
      },
      120_000,
    );
  try {
    await eventually(
      "the past is fetched",
      async () =>
        (await homeiq.get<{ state: string }>("/api/v1/backfill")).state === "done" || undefined,
      120_000,
    );
    await pause(SETTLES_MS);
    const idle = startIdleProcess();
    await lateOf(homeiq);
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(["patterns/detect", "synergies/find", "suggestions/refresh"].map(ask));
    }
    return { ...(await lateOf(homeiq)), idleMs: await idle.lateMs() };
  } finally {
    await homeiq.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Since it was asked last. */
async function lateOf({ pid, output }: Awaited<ReturnType<typeof runHomeIq>>): Promise<Late> {
  const before = said(output()).length;
  process.kill(pid, "SIGUSR2");
  return eventually("it says how late it was", () => said(output())[before]);
}

const said = (output: string): Late[] =>
  [...output.matchAll(/^\{"eventLoopLate":(.+)\}$/gm)].map(([, late = ""]) => JSON.parse(late));

async function filled(folder: string, wish: Wish): Promise<BusyHouse> {
  const { history, store } = await openHistory({ clock: systemClock, folder });
  const made = fillBusyHouse(store.files, { ...wish, until: Date.now() });
  await history[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  return made;
}

function addAll(house: FakeHomeAssistant, { entities }: BusyHouse): void {
  const areas = [...house.simulation.core.registry.areas.keys()];
  for (const [n, { id, deviceClass }] of entities.slice(0, OWN_ENTITIES).entries()) {
    if (id.startsWith("person.") || id.startsWith("homeiq.")) continue;
    house.addEntity({
      ...{ entityId: id, state: id.startsWith("sensor.") ? "20" : "off" },
      attributes: attributesOf(id, deviceClass),
      areaId: areas[n % areas.length] as string,
    });
  }
}

/** As many as such things say. */
function attributesOf(entityId: string, deviceClass: string | undefined) {
  const name = entityId.replaceAll(/[._]/g, " ");
  if (entityId.startsWith("light.")) {
    return {
      ...{ friendly_name: name, supported_color_modes: ["color_temp", "hs"], color_mode: null },
      ...{ min_color_temp_kelvin: 2_000, max_color_temp_kelvin: 6_500, supported_features: 44 },
      effect_list: Array.from({ length: 20 }, (_, n) => `effect ${n}`),
    };
  }
  if (deviceClass !== undefined) return { friendly_name: name, device_class: deviceClass };
  return { friendly_name: name };
}
