import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { eventually } from "#support/eventually.ts";
import { connectRaw, type RawClient } from "#support/fake-home-assistant/raw-client.ts";

/** A Home Assistant of this machine, with its demo house, one owner and one more person. */
export interface RealHomeAssistant extends AsyncDisposable {
  readonly url: string;
  readonly version: string;
  /** Its configuration folder, with the recorder's database. */
  readonly folder: string;
  readonly owner: Person;
  readonly guest: Person;
  /** A connection of the owner that outlives no restart. */
  client(): Promise<RawClient>;
  /** The owner asks the REST API; a body makes it a POST. */
  rest(path: string, body?: unknown, method?: string): Promise<Response>;
  /** Ends with the exit code that asks for a restart, and comes again on the same port. */
  restart(): Promise<void>;
  log(): string;
}

export interface Person {
  readonly name: string;
  readonly userId: string;
  readonly token: string;
}

const CACHE = process.env.HOMEIQ_HA_CACHE ?? join(homedir(), ".cache/homeiq-home-assistant");
const ROOT = join(CACHE, "root");
const UP_WITHIN_MS = 300_000; // the first start installs what the demo needs
const FURNISHED_WITHIN_MS = 30_000; // once it runs it is a matter of moments, or of another start
const RESTART_EXIT_CODE = 100; // homeassistant.const.RESTART_EXIT_CODE
const SUDO = process.getuid?.() === 0 ? [] : ["sudo"];

/** Why the suite cannot run here; `undefined` when it can. */
export function whyNotInstalled(): string | undefined {
  if (existsSync(join(ROOT, "opt/ha/.installed"))) return undefined;
  return "no Home Assistant is installed: run tests/real-home-assistant/install.sh";
}

/** Starts one with an empty configuration folder, does its onboarding and waits until it runs. */
export async function startRealHomeAssistant({
  more = "",
}: {
  /** YAML beside the configuration that every one has. */
  readonly more?: string;
} = {}): Promise<RealHomeAssistant> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(ROOT, "homes/home-"));
  writeConfiguration(folder, port, more);
  let output = "";
  let stopping = false;
  let child = run();

  function run(): ChildProcess {
    const inside = folder.slice(ROOT.length);
    const [command = "", ...args] = [
      ...SUDO,
      ...["chroot", ROOT, "/usr/bin/env", "-i", "HOME=/root", "VIRTUAL_ENV=/opt/ha"],
      ...["PATH=/opt/ha/bin:/usr/bin:/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
      ...["hass", "--config", inside, "--log-no-color"],
    ];
    const started = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    started.on("exit", (code) => {
      if (code === RESTART_EXIT_CODE && !stopping) child = run();
    });
    return started;
  }

  const isUp = (token?: string) =>
    eventually(
      "Home Assistant runs",
      async () => {
        if (child.exitCode !== null && child.exitCode !== RESTART_EXIT_CODE) {
          throw new Error(`Home Assistant ended: ${output.slice(-4000)}`);
        }
        try {
          const path = token === undefined ? "/api/onboarding" : "/api/config";
          const answer = await fetch(`${url}${path}`, { headers: bearer(token) });
          if (!answer.ok) return undefined;
          const body = (await answer.json()) as { state?: string };
          return token === undefined || body.state === "RUNNING" || undefined;
        } catch {
          return undefined; // not listening yet
        }
      },
      UP_WITHIN_MS,
    );

  async function stop(): Promise<void> {
    stopping = true;
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }
    if (SUDO.length > 0) spawnSync("sudo", ["rm", "-rf", folder]);
    else rmSync(folder, { recursive: true, force: true });
  }

  try {
    await isUp();
    const owner = await onboard(url);
    await isUp(owner.token);
    using client = await connectRaw(url, { token: owner.token });
    await eventually(
      "the demo house is furnished",
      async () => {
        const { result } = await client.ask("config/entity_registry/list");
        const entries = result as { entity_id: string }[];
        return entries.some(({ entity_id }) => entity_id === "light.bed_light") || undefined;
      },
      FURNISHED_WITHIN_MS,
    );
    const guest = await addPerson(url, client);
    const { version } = (await client.ask("get_config")).result;
    return {
      url,
      version,
      folder,
      owner,
      guest,
      client: () => connectRaw(url, { token: owner.token }),
      rest: (path, body, method = body === undefined ? "GET" : "POST") =>
        fetch(`${url}${path}`, {
          method,
          headers: { ...bearer(owner.token), "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      async restart() {
        const before = child;
        const ended = new Promise((resolve) => before.once("exit", resolve));
        // the answer may be cut off by the restart itself
        await fetch(`${url}/api/services/homeassistant/restart`, {
          method: "POST",
          headers: bearer(owner.token),
        }).catch(() => undefined);
        await ended;
        await isUp(owner.token);
      },
      log: () => output,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

function writeConfiguration(folder: string, port: number, more: string): void {
  const text = CONFIGURATION.replace("PORT", String(port)) + more;
  writeFileSync(join(folder, "configuration.yaml"), text);
  writeFileSync(join(folder, "automations.yaml"), AUTOMATIONS);
  writeFileSync(join(folder, "scripts.yaml"), SCRIPTS);
  writeFileSync(join(folder, "scenes.yaml"), SCENES);
}

const CONFIGURATION = `
homeassistant:
  name: Demo house
  country: DE
  language: en
  currency: EUR
  time_zone: Europe/Berlin
  unit_system: metric
  latitude: 52.52
  longitude: 13.4
  elevation: 34
http:
  server_port: PORT
  server_host: 127.0.0.1
api:
websocket_api:
config:
onboarding:
history:
logbook:
trace:
person:
sun:
system_log:
repairs:
energy:
search:
demo:
recorder:
  commit_interval: 1
logger:
  default: warning
input_boolean:
  guests:
    name: Guests
automation: !include automations.yaml
script: !include scripts.yaml
scene: !include scenes.yaml
`;

const AUTOMATIONS = `
- id: "guests_come"
  alias: Guests come
  triggers:
    - trigger: state
      entity_id: input_boolean.guests
      to: "on"
  conditions: []
  actions:
    - action: light.turn_on
      target:
        entity_id: light.bed_light
      data:
        brightness_pct: 40
  mode: single
`;

const SCRIPTS = `
good_night:
  alias: Good night
  sequence:
    - action: light.turn_off
      target:
        entity_id: light.kitchen_lights
`;

const SCENES = `
- id: "dinner"
  name: Dinner
  entities:
    light.office_rgbw_lights:
      state: "off"
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...bearer(token), ...(form ? {} : { "content-type": "application/json" }) },
    body: form ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function exchange(url: string, code: string): Promise<string> {
  const form = { grant_type: "authorization_code", code, client_id: `${url}/` };
  const answer = await post<{ access_token: string }>(
    `${url}/auth/token`,
    new URLSearchParams(form),
  );
  return answer.access_token;
}

/** What a person does in the browser after the first start. Answers a long-lived token. */
async function onboard(url: string): Promise<Person> {
  const user = { name: "Anna", username: "anna", password: "a-password-of-anna", language: "en" };
  const { auth_code } = await post<{ auth_code: string }>(`${url}/api/onboarding/users`, {
    client_id: `${url}/`,
    ...user,
  });
  const token = await exchange(url, auth_code);
  for (const step of ["core_config", "analytics"]) {
    await post(`${url}/api/onboarding/${step}`, {}, token);
  }
  const redirect = { client_id: `${url}/`, redirect_uri: `${url}/` };
  await post(`${url}/api/onboarding/integration`, redirect, token);
  using client = await connectRaw(url, { token });
  const { result: me } = await client.ask("auth/current_user");
  const { result: longLived } = await client.ask("auth/long_lived_access_token", {
    client_name: "HomeIQ",
    lifespan: 30,
  });
  return { name: user.name, userId: me.id, token: longLived };
}

/** A second person, who is no administrator. */
async function addPerson(url: string, owner: RawClient): Promise<Person> {
  const { result: created } = await owner.ask("config/auth/create", {
    name: "Ben",
    group_ids: ["system-users"],
  });
  const login = { username: "ben", password: "a-password-of-ben" };
  const userId = created.user.id;
  await owner.ask("config/auth_provider/homeassistant/create", { user_id: userId, ...login });
  const { flow_id } = await post<{ flow_id: string }>(`${url}/auth/login_flow`, {
    client_id: `${url}/`,
    handler: ["homeassistant", null],
    redirect_uri: `${url}/`,
  });
  const { result: code } = await post<{ result: string }>(`${url}/auth/login_flow/${flow_id}`, {
    client_id: `${url}/`,
    ...login,
  });
  return { name: "Ben", userId, token: await exchange(url, code) };
}
