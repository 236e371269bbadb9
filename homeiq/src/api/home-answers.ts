import { z } from "zod";
import type { House } from "#home/house/house.ts";
import { CATEGORIES } from "#ingest/normalize/normalize.ts";

// What the OpenAPI document says of the home and its lists. The routes are held to it by `answer`.

const count = z.number().int();
const at = z.number();
const named = { entityId: z.string(), name: z.string() };
const placed = { ...named, areaName: z.string().exactOptional() };
const Placed = z.object(placed);

const ALARMS = [
  ...(["smoke", "gas", "carbon_monoxide", "moisture", "safety", "tamper"] as const),
  "triggered",
] as const;

const EntityAnswer = z
  .object({
    ...named,
    domain: z.string(),
    category: z.enum(CATEGORIES),
    labels: z.array(z.string()).describe("Their ids"),
    disabled: z.boolean(),
    hidden: z.boolean(),
    available: z.boolean(),
    recorded: z.boolean().describe("Whether the filter lets it through"),
    registryId: z.string().exactOptional(),
    state: z.string().exactOptional(),
    unit: z.string().exactOptional(),
    deviceClass: z.string().exactOptional(),
    icon: z.string().exactOptional(),
    areaId: z.string().exactOptional(),
    areaName: z.string().exactOptional(),
    floorId: z.string().exactOptional(),
    deviceId: z.string().exactOptional(),
    deviceName: z.string().exactOptional(),
    platform: z.string().exactOptional().describe("The integration that made it"),
    entityCategory: z.string().exactOptional(),
    lastChangedAt: at.exactOptional(),
    lastUpdatedAt: at.exactOptional(),
  })
  .meta({ id: "Entity" });

export const EntitiesAnswer = z.object({
  entities: z.array(EntityAnswer),
  total: count.describe("That match, on all pages"),
  domains: z.array(z.object({ key: z.string(), count })).describe("Of those that match"),
});

export const EntityDetailAnswer = EntityAnswer.extend({
  attributes: z.record(z.string(), z.unknown()).describe("Without those that hold secrets"),
  renames: z.array(z.object({ from: z.string(), to: z.string(), at })),
  siblings: z.array(z.string()).describe("Other entities of its device"),
});

export const DevicesAnswer = z.object({
  devices: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      labels: z.array(z.string()),
      disabled: z.boolean(),
      entityIds: z.array(z.string()),
      availableEntities: count,
      unavailableEntities: count,
      manufacturer: z.string().exactOptional(),
      model: z.string().exactOptional(),
      swVersion: z.string().exactOptional(),
      areaId: z.string().exactOptional(),
      areaName: z.string().exactOptional(),
      viaDeviceId: z.string().exactOptional(),
      parentDeviceId: z.string().exactOptional(),
      integration: z.string().exactOptional(),
    }),
  ),
});

export const AreasAnswer = z.object({
  floors: z
    .array(z.object({ floorId: z.string(), name: z.string(), level: z.number().exactOptional() }))
    .describe("From the lowest to the highest"),
  areas: z.array(
    z.object({
      areaId: z.string(),
      name: z.string(),
      entityCount: count,
      deviceCount: count,
      lightsOn: count,
      openings: count.describe("Doors, windows and the like that are open"),
      floorId: z.string().exactOptional(),
      icon: z.string().exactOptional(),
      temperature: z.number().exactOptional(),
      temperatureUnit: z.string().exactOptional(),
      occupied: z.boolean().exactOptional().describe("Absent without a sensor"),
    }),
  ),
});

export const LabelsAnswer = z.object({
  labels: z.array(
    z.object({
      labelId: z.string(),
      name: z.string(),
      entityCount: count,
      color: z.string().exactOptional(),
    }),
  ),
});

export const IntegrationsAnswer = z.object({
  integrations: z.array(
    z.object({
      entryId: z.string(),
      domain: z.string(),
      title: z.string(),
      state: z.string(),
      entityCount: count,
      deviceCount: count,
      reason: z.string().exactOptional().describe("Why it is not loaded"),
    }),
  ),
});

export const HouseAnswer = z.object({
  at,
  ready: z.boolean().describe("False until all states are known: nothing else is, before"),
  people: z.array(z.object({ ...named, state: z.string(), home: z.boolean() })),
  lights: z.object({
    on: count,
    total: count,
    byArea: z.array(
      z.object({
        areaId: z.string().exactOptional(),
        name: z.string().exactOptional(),
        on: z.array(z.object(named)),
      }),
    ),
  }),
  climate: z.array(
    Placed.extend({
      mode: z.string(),
      action: z.string().exactOptional(),
      current: z.number().exactOptional().describe("In `unit`"),
      target: z.number().exactOptional().describe("In `unit`"),
      unit: z.string().exactOptional(),
    }),
  ),
  openings: z.array(
    Placed.extend({
      kind: z.enum(["door", "window", "garage", "lock", "opening"]),
      since: at,
    }),
  ),
  motion: z.array(Placed),
  switchesOn: z.array(Placed),
  mediaPlaying: z.array(z.object({ ...named, title: z.string().exactOptional() })),
  running: z.array(z.object({ ...named, kind: z.enum(["automation", "script"]), since: at })),
  unavailable: z.object({ count, entities: z.array(z.object(named)).describe("The first 20") }),
  lowBatteries: z.array(
    z.object({
      ...named,
      percent: z.number().exactOptional().describe("Absent when the device only says low"),
    }),
  ),
  alarms: z.array(
    z.object({
      ...named,
      what: z.enum(ALARMS),
    }),
  ),
  weather: z
    .object({
      entityId: z.string(),
      condition: z.string(),
      temperature: z.number().exactOptional().describe("In `unit`"),
      unit: z.string().exactOptional(),
    })
    .exactOptional(),
  sun: z.enum(["above_horizon", "below_horizon"]).exactOptional(),
}) satisfies z.ZodType<House>;
