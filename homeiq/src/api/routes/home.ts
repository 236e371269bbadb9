import { Hono } from "hono";
import type { House } from "#home/house/house.ts";
import { describe } from "../describe.ts";
import type { Inventory } from "../inventory.ts";

interface Deps {
  readonly inventory: Inventory;
  readonly house: () => House;
}

/** `/api/v1/devices`, `/areas`, `/labels`, `/integrations` and `/house` */
export const homeRoutes = ({ inventory, house }: Deps) =>
  new Hono()
    .get("/devices", describe("Devices"), (c) => c.json({ devices: inventory.devices() }))
    .get("/areas", describe("Floors and areas"), (c) => c.json(inventory.areas()))
    .get("/labels", describe("Labels"), (c) => c.json({ labels: inventory.labels() }))
    .get("/integrations", describe("Integrations"), (c) =>
      c.json({ integrations: inventory.integrations() }),
    )
    .get("/house", describe("What is on, open or wrong now"), (c) => c.json(house()));
