import { buildHousehold } from "./household/build-household.ts";
import { PRESETS, type Preset } from "./household/presets.ts";
import { createCore } from "./model/core.ts";
import type { UserEntry } from "./model/registry-entries.ts";
import { basicCommands } from "./protocol/commands-basic.ts";
import { registryCommands } from "./protocol/commands-registry.ts";
import { startServer } from "./protocol/server.ts";
import { noTroubles } from "./protocol/troubles.ts";
import { answerRest } from "./rest/rest.ts";
import { registerServices } from "./services/register-services.ts";

export const FAKE_TOKEN = "fake-token";

const PLACE = {
  name: "Home",
  latitude: 52.52,
  longitude: 13.405,
  elevation: 35,
  timeZone: "Europe/Berlin",
};

export interface FakeOptions {
  readonly preset?: Preset;
  readonly seed?: number;
  readonly speed?: number;
  readonly port?: number;
  readonly token?: string;
  readonly haVersion?: string;
  readonly days?: number;
  readonly startAt?: number;
  readonly live?: boolean;
}

/** Starts a Home Assistant with a simulated household. */
export async function startFakeHomeAssistant({
  preset = "flat",
  seed = 1,
  speed = 1,
  port = 0,
  token = FAKE_TOKEN,
  haVersion = "2026.9.1",
  startAt = Date.now(),
  live = true,
}: FakeOptions = {}) {
  const core = createCore({ startAt, seed, place: PLACE, version: haVersion });
  const troubles = noTroubles();
  registerServices(core);
  buildHousehold(core, PRESETS[preset], 0);
  const supervisor: UserEntry = {
    id: core.random.hex(32),
    username: null,
    name: "Supervisor",
    is_owner: false,
    is_admin: true,
    system_generated: true,
  };
  core.registry.users.set(supervisor.id, supervisor);
  let lastRealAt = Date.now();
  const catchUp = () => {
    const now = Date.now();
    if (live) core.clock.advanceTo(core.clock.now() + (now - lastRealAt) * speed);
    lastRealAt = now;
  };
  const timer = setInterval(catchUp, 50);
  const server = await startServer({
    core,
    commands: { ...basicCommands, ...registryCommands },
    troubles,
    port,
    findUser(given, proxied) {
      if (given !== token) return undefined;
      return proxied ? supervisor : [...core.registry.users.values()][0];
    },
    rest: (request) => answerRest(request, core),
    control: async () => ({ status: 404, body: "" }),
    catchUp,
  });
  return {
    url: server.url,
    token,
    async stop() {
      clearInterval(timer);
      await server.close();
    },
  };
}
