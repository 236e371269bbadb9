import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { BlueprintInput, Json, JsonMap } from "#home/automation/automation.ts";
import { isUnknownCommand } from "./ask.ts";
import type { Blueprints, InstalledBlueprint } from "./blueprints.ts";
import type { Domain } from "./rest.ts";

/** What a blueprint asks for, and what it was given. */
export interface UsedInput extends Omit<BlueprintInput, "section" | "visible"> {
  readonly key: string;
  /** Absent: the default holds. */
  readonly value?: Json;
}

/** The blueprint that something is made of, and what comes of it. */
export interface UsedBlueprint {
  readonly path: string;
  /** Its path when it is not installed. */
  readonly name: string;
  readonly description?: string;
  /** In the order of the blueprint. */
  readonly inputs: readonly UsedInput[];
  /** What runs: the inputs filled in, with what stands beside them. Absent when that does not work. */
  readonly body?: JsonMap;
  /** Why there is no body, in Home Assistant's words. */
  readonly problem?: string;
  /** As a blueprint in which only what is missing is left to fill in. Absent when not even that is known. */
  readonly text?: JsonMap;
}

/** `undefined` for what is made of no blueprint, and for scenes. Throws `unavailable`. */
export type BlueprintOf = (config: JsonMap, domain: Domain) => Promise<UsedBlueprint | undefined>;

const LIST_FRESH_MS = 5 * SECOND_MS; // Home Assistant reads every file for it; a look at all asks for each

interface Deps {
  readonly clock: Clock;
  readonly blueprints: Pick<Blueprints, "list" | "substitute">;
}

/** Home Assistant fills in the inputs itself: it has the blueprints, and does not hand out their texts. */
export function createBlueprintOf({ clock, blueprints }: Deps): BlueprintOf {
  const lists = new Map<Domain, { at: number; list: readonly InstalledBlueprint[] }>();

  async function findInstalled(domain: "automation" | "script", path: string) {
    const known = lists.get(domain);
    const isFresh = known && clock.now() - known.at < LIST_FRESH_MS;
    const list = isFresh ? known.list : await blueprints.list(domain);
    if (!isFresh) lists.set(domain, { at: clock.now(), list });
    return list.find((one) => one.path === path);
  }

  return async (config, domain) => {
    const { use_blueprint: use, ...beside } = config;
    if (!isMap(use) || typeof use.path !== "string" || domain === "scene") return undefined;
    const { path } = use;
    const given = isMap(use.input) ? use.input : {};
    const installed = await findInstalled(domain, path);
    const metadata = installed && "metadata" in installed ? installed.metadata : {};
    const inputs = inputsIn(metadata.input, given);
    const filled = await fill(() => blueprints.substitute({ domain, path, input: given }));
    const body = filled.body && { ...filled.body, ...beside };
    const isMissing = inputs.some((one) => one.value === undefined && one.default === undefined);
    const name = typeof metadata.name === "string" ? metadata.name : path;
    return {
      ...{ path, name, inputs, ...filled },
      ...(typeof metadata.description === "string" ? { description: metadata.description } : {}),
      ...(body ? { body } : {}),
      ...(body || isMissing
        ? { text: { blueprint: headOf({ name, domain, inputs }), ...body } }
        : {}),
    };
  };
}

async function fill(
  substitute: () => Promise<JsonMap>,
): Promise<{ readonly body?: JsonMap; readonly problem?: string }> {
  try {
    return { body: await substitute() };
  } catch (error) {
    if (isUnknownCommand(error)) return { problem: "Home Assistant has no blueprints" };
    if (error instanceof AppError && error.kind === "invalid") return { problem: error.message };
    throw error;
  }
}

function inputsIn(asked: Json | undefined, given: JsonMap): UsedInput[] {
  if (!isMap(asked)) return [];
  return Object.entries(asked).flatMap(([key, one]) => {
    if (!isMap(one)) return [{ key, ...present("value", given[key]) }];
    if (isMap(one.input)) return inputsIn(one.input, given); // a section
    const { name, description, selector } = one;
    return [
      {
        key,
        ...(typeof name === "string" ? { name } : {}),
        ...(typeof description === "string" ? { description } : {}),
        ...(isMap(selector) ? { selector } : {}),
        ...(one.default === undefined ? {} : { default: one.default }),
        ...present("value", given[key]),
      },
    ];
  });
}

/** Only what says what is missing: selectors are for forms. */
const headOf = ({
  name,
  domain,
  inputs,
}: Pick<UsedBlueprint, "name" | "inputs"> & { readonly domain: Domain }): JsonMap => ({
  ...{ name, domain },
  input: Object.fromEntries(
    inputs.map(({ key, default: fallback }): [string, JsonMap] => [
      key,
      fallback === undefined ? {} : { default: fallback },
    ]),
  ),
});

const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);
