import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { eventually } from "#support/eventually.ts";
import { connectRaw, type RawClient } from "#support/fake-home-assistant/raw-client.ts";
import { writeConfiguration } from "./configuration.ts";
import { inside, ROOT, SUDO } from "./installation.ts";
import { addPerson, bearer, onboard, type Person } from "./people.ts";

export type { Person } from "./people.ts";

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

const UP_WITHIN_MS = 300_000; // the first start installs what the demo needs
const FURNISHED_WITHIN_MS = 30_000; // once it runs it is a matter of moments, or of another start
const RESTART_EXIT_CODE = 100; // homeassistant.const.RESTART_EXIT_CODE

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
    const config = folder.slice(ROOT.length);
    const [command, ...args] = inside("hass", "--config", config, "--log-no-color");
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
