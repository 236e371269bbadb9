import { renameKeys, validateActions, validateAutomation } from "../automation/validate.ts";
import type { Simulation } from "../household/simulation.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { slugify } from "../model/registry.ts";
import type { RestAnswer, RestRequest } from "../protocol/server.ts";
import type { Troubles } from "../protocol/troubles.ts";

type Config = Readonly<Record<string, unknown>>;

const RELOAD_MS = 250; // a third party measured 0.2 to 0.3 s until the entity is there
const ORDER = ["id", "alias", "name", "description", "triggers", "conditions", "actions"];
const RESERVED = new Set(["reload", "turn_on", "turn_off", "toggle"]);

const answer = (status: number, message: string): RestAnswer => ({ status, body: { message } });
const ok: RestAnswer = { status: 200, body: { result: "ok" } };

/** `/api/config/{automation,script,scene}/config/{id}`: the file at once, the reload a bit later. */
export function configRoutes(
  request: RestRequest,
  simulation: Simulation,
  troubles: Pick<Troubles, "losesReloads" | "refusesWrites">,
): RestAnswer | undefined {
  const match = /^\/api\/config\/(automation|script|scene)\/config\/([^/]+)$/u.exec(request.path);
  if (match === null) return undefined;
  if (!request.user.is_admin) return { status: 401, body: "401: Unauthorized" };
  const kind = match[1] as "automation" | "script" | "scene";
  const id = decodeURIComponent(match[2] ?? "");
  const { file } = simulation.system[`${kind}s`];

  if (request.method === "GET") {
    const config = file.get(id);
    return config === undefined ? answer(404, "Resource not found") : { status: 200, body: config };
  }
  if (request.method === "DELETE") {
    if (!file.delete(id)) return answer(400, "Resource not found");
    // without `reload` event: the registry entry goes, and takes the entity along
    if (kind === "automation") simulation.system.automations.reload(id);
    else simulation.system[`${kind}s`].reload();
    return ok;
  }
  if (request.method !== "POST") return { status: 405, body: "405: Method Not Allowed" };

  const config = parse(request.body);
  if (config === undefined) return answer(400, "Invalid JSON specified");
  if (troubles.refusesWrites) return answer(400, `Message malformed: ${troubles.refusesWrites}`);
  try {
    validate(kind, id, config);
    if (kind === "automation") simulation.system.blueprints.bodyOf(config);
  } catch (error) {
    if (error instanceof HomeAssistantError && error.code === "key") {
      return answer(400, `Key malformed: ${error.message}`);
    }
    const text = error instanceof Error ? error.message : String(error);
    return answer(400, `Message malformed: ${text}`);
  }
  const own = kind === "script" ? {} : { id };
  file.set(id, sortKeys({ ...own, ...renameKeys(config) }));
  if (!troubles.losesReloads) setTimeout(() => reload(simulation, kind, id), RELOAD_MS).unref();
  return ok;
}

function reload({ core }: Simulation, kind: string, id: string) {
  if (core.running !== "RUNNING") return; // it was stopped meanwhile: the next start reads the file
  const data = kind === "automation" ? { id } : {};
  core.services.call(kind, "reload", data, { context: core.states.newContext() });
}

function parse(text: string): Config | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // told to the caller as "Invalid JSON specified"
  }
}

function validate(kind: string, id: string, config: Config) {
  if (kind === "automation") return validateAutomation(config);
  if (kind === "script") {
    if (slugify(id) !== id || RESERVED.has(id)) {
      throw new HomeAssistantError("key", `invalid slug ${id} (try ${slugify(id)})`);
    }
    if (config.sequence === undefined && config.use_blueprint === undefined) {
      throw new HomeAssistantError("invalid", "required key not provided @ data['sequence']");
    }
    return validateActions(config.sequence ?? [], "data['sequence']");
  }
  for (const key of ["name", "entities"]) {
    if (config[key] === undefined) {
      throw new HomeAssistantError("invalid", `required key not provided @ data['${key}']`);
    }
  }
}

function sortKeys(config: Config): Config {
  const rank = (key: string) => {
    const at = ORDER.indexOf(key);
    return at < 0 ? ORDER.length : at;
  };
  return Object.fromEntries(Object.entries(config).sort(([a], [b]) => rank(a) - rank(b)));
}
