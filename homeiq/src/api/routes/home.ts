import { Hono } from "hono";
import type { House } from "#home/house/house.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  AreasAnswer,
  DevicesAnswer,
  HouseAnswer,
  IntegrationsAnswer,
  LabelsAnswer,
} from "../home-answers.ts";
import type { Inventory } from "../inventory.ts";

interface Deps {
  readonly inventory: Inventory;
  readonly house: () => House;
}

/** `/api/v1/devices`, `/areas`, `/labels`, `/integrations` and `/house` */
export const homeRoutes = ({ inventory, house }: Deps) =>
  new Hono()
    .get("/devices", describe("Devices", DevicesAnswer), (c) =>
      answer(c, { devices: inventory.devices() }),
    )
    .get("/areas", describe("Floors and areas", AreasAnswer), (c) => answer(c, inventory.areas()))
    .get("/labels", describe("Labels", LabelsAnswer), (c) =>
      answer(c, { labels: inventory.labels() }),
    )
    .get("/integrations", describe("Integrations", IntegrationsAnswer), (c) =>
      answer(c, { integrations: inventory.integrations() }),
    )
    .get("/house", describe("What is on, open or wrong now", HouseAnswer), (c) =>
      answer(c, house()),
    );
