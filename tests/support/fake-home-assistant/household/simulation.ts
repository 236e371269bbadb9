import { type AutomationSystem, createAutomationSystem } from "../automation/automation-system.ts";
import { type Life, startLife } from "../behavior/life.ts";
import { type Core, createCore } from "../model/core.ts";
import { ulid } from "../model/random.ts";
import { createRecorder, type Recorder } from "../model/recorder.ts";
import type { UserEntry } from "../model/registry-entries.ts";
import type { Notifications } from "../services/notifying.ts";
import { registerServices } from "../services/register-services.ts";
import { buildHousehold } from "./build-household.ts";
import type { House } from "./house.ts";
import { planAutomations } from "./household-automations.ts";
import { PRESETS, type Preset } from "./presets.ts";

const PLACE = { latitude: 52.52, longitude: 13.405, elevation: 35, timeZone: "Europe/Berlin" };
const DAY_MS = 86_400_000;
const PAST_PACE = 5; // sensors report less often in the past, which has to be made in seconds

/** A household with a past. */
export interface Simulation {
  readonly core: Core;
  readonly house: House;
  readonly life: Life;
  readonly system: AutomationSystem;
  readonly recorder: Recorder;
  readonly notifications: Notifications;
  readonly supervisor: UserEntry;
  readonly entityCount: number;
}

/** Builds a household and lets it live for `days` until `startAt`. */
export function createSimulation(options: {
  preset: Preset;
  seed: number;
  startAt: number;
  days: number;
  version: string;
}): Simulation {
  const { preset, seed, startAt, days, version } = options;
  const plan = PRESETS[preset];
  const begin = startAt - days * DAY_MS;
  const place = { ...PLACE, name: plan.name };
  const core = createCore({ startAt: begin, seed, place, version });
  const system = createAutomationSystem(core);
  const { house, fill } = buildHousehold(core, plan);
  const planned = planAutomations(house, core);
  const { automations, scripts, scenes } = system;
  fill(planned.automations.size + planned.scripts.size + planned.scenes.size);
  const notifications = registerServices(core, system);

  for (const [id, config] of planned.automations) automations.file.set(id, config);
  for (const [key, config] of planned.scripts) scripts.file.set(key, config);
  for (const [id, config] of planned.scenes) scenes.file.set(id, config);
  scripts.reload();
  scenes.reload();
  automations.reload();

  sortAutomations(core);

  const supervisor: UserEntry = {
    id: core.random.hex(32),
    username: null,
    name: "Supervisor",
    is_owner: false,
    is_admin: true,
    system_generated: true,
  };
  core.registry.users.set(supervisor.id, supervisor);

  const recorder = createRecorder(core, plan.entityCount);
  const life = startLife(core, house, planned.automatedRooms);
  life.readings.setPace(PAST_PACE);
  core.clock.advanceTo(startAt);
  life.readings.setPace(1);
  const { entityCount } = plan;
  return { core, house, life, system, recorder, notifications, supervisor, entityCount };
}

/** Puts automations into the categories that the household made for them. */
function sortAutomations({ registry, random, clock }: Core): void {
  const at = clock.now() / 1000;
  const categories = ["Lighting", "Heating"].map((name) => ({
    category_id: ulid(clock.now(), random),
    name,
    icon: name === "Lighting" ? "mdi:lightbulb" : "mdi:radiator",
    created_at: at,
    modified_at: at,
  }));
  registry.categories.set(
    "automation",
    new Map(categories.map((category) => [category.category_id, category])),
  );
  for (const entry of registry.entities.values()) {
    if (entry.platform !== "automation") continue;
    const index = /light|movie/iu.test(entry.original_name ?? "") ? 0 : 1;
    const category = categories[index];
    const fits = index === 0 || /heating/iu.test(entry.original_name ?? "");
    if (category !== undefined && fits) entry.categories = { automation: category.category_id };
  }
}
