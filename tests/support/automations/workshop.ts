import type { AuditEntry, Deployed, Draft } from "#src/ai/automations/automations.ts";
import type { Settings } from "#src/compose-settings.ts";
import { eventually } from "../eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "../fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "../home-iq.ts";

export const CEILING_LIGHT = "light.studio_ceiling_light";

/** A new automation that every house of the tests can have. */
export const NIGHT_LIGHT = {
  alias: "Night light",
  description: "",
  triggers: [{ trigger: "time", at: "22:00:00" }],
  conditions: [],
  actions: [{ action: "light.turn_on", target: { entity_id: CEILING_LIGHT } }],
  mode: "single",
};

const SHORT: Settings["patience"] = { awayMs: 10_000, loadMs: 1_500 };

/** A house and HomeIQ beside it, with what a person does in the workshop. */
export interface Workshop extends AsyncDisposable {
  readonly house: FakeHomeAssistant;
  readonly homeiq: () => HomeIq;
  /** HomeIQ ends and begins again, with the same database; `between` is done while it is away. */
  restartHomeIq(between?: () => void): Promise<void>;
  ask<T>(path: string, body?: object, method?: string): Promise<{ status: number; body: T }>;
  get<T>(path: string): Promise<T>;
  draft(config: object, more?: object): Promise<Draft>;
  approve(draft: Draft, user?: string): Promise<{ status: number; body: Deployed }>;
  audit(): Promise<readonly AuditEntry[]>;
  /** What stands in `automations.yaml` with this alias. */
  inFile(alias: string): readonly Readonly<Record<string, unknown>>[];
}

export async function openWorkshop(
  patience = SHORT,
  more: Partial<Pick<Settings, "log" | "options">> = {},
): Promise<Workshop> {
  const house = await startFakeHomeAssistant({ preset: "studio", seed: 3 });
  const first = await startHomeIq({ url: house.url, patience, ...more });
  let homeiq = first;
  const isConnected = () =>
    eventually("connected", async () => {
      const { status } = await homeiq.get<{ status: string }>("/api/v1/connection");
      return status === "connected" || undefined;
    });
  await isConnected();

  async function ask<T>(path: string, body: object = {}, method = "POST", user?: string) {
    const answer = await homeiq.ask(`/api/v1/automations${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(user ? { "x-remote-user-id": user, "x-remote-user-name": user } : {}),
      },
      ...(method === "GET" || method === "DELETE" ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  return {
    house,
    homeiq: () => homeiq,
    async restartHomeIq(between) {
      await homeiq.stop();
      between?.();
      homeiq = await startHomeIq({ url: house.url, patience, folder: first.folder, ...more });
      await isConnected();
    },
    ask,
    get: (path) => homeiq.get(`/api/v1/automations${path}`),
    async draft(config, more = {}) {
      const { status, body } = await ask<Draft>("/drafts", {
        source: JSON.stringify(config),
        ...more,
      });
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    },
    approve: (draft, user) =>
      ask(`/drafts/${draft.id}/approve`, { hash: draft.hash }, "POST", user),
    audit: async () =>
      (await homeiq.get<{ entries: AuditEntry[] }>("/api/v1/automations/audit")).entries,
    inFile: (alias) =>
      [...house.simulation.system.automations.file.values()].filter((one) => one.alias === alias),
    async [Symbol.asyncDispose]() {
      await homeiq.stop();
      await first[Symbol.asyncDispose]();
      await house.stop();
    },
  };
}
