import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileTemplate, type TemplateWorld } from "#src/home/template/template.ts";
import type { RawClient } from "#support/fake-home-assistant/raw-client.ts";
import { templateCases, templateStates, worldOf } from "#support/template-cases.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";

const AGREEING = 0.98;
/** They look at all states: the real house has more than ours. */
const OF_ALL_STATES = /\{[{%].*\bstates(\.(light|sensor|switch)\b(?!\.)| *\||\) *\|| %)/;

interface Outcome {
  readonly result?: unknown;
  readonly error?: string;
}

describe.skipIf(missing !== undefined)("templates, beside a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let client: RawClient;
  let world: TemplateWorld;

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    client = await house.client();
    for (const [entityId, state, attributes] of templateStates) {
      await house.rest(`/api/states/${entityId}`, { state, attributes });
    }
    const { result } = await client.ask("get_states");
    const known = result as { entity_id: string; state: string; attributes: object }[];
    const states = known.map(
      ({ entity_id, state, attributes }) =>
        [entity_id, state, attributes as Readonly<Record<string, unknown>>] as const,
    );
    world = worldOf(states, { now: Date.now() });
  });

  afterAll(async () => {
    client?.[Symbol.dispose]();
    await house?.[Symbol.asyncDispose]();
  });

  async function theirs(template: string): Promise<Outcome> {
    const { id, success, error } = await client.ask("render_template", {
      ...{ template, report_errors: true },
    });
    if (success !== true) return { error: error.message };
    await client.ask("unsubscribe_events", { subscription: id }); // answered after the first result
    const events = client.messages.filter((one) => one.id === id && one.type === "event");
    const answer = events.find(({ event }) => "result" in event || event.level === "ERROR");
    if (answer === undefined) return { result: null }; // no result is no change of result: none is sent
    const { event } = answer;
    return "result" in event ? { result: event.result } : { error: event.error };
  }

  function ours(template: string): Outcome {
    try {
      return { result: compileTemplate(template).render(world) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  test("give the same values of the same types, and fail where it fails", async () => {
    const differences: unknown[] = [];
    const templates = templateCases.map(({ template }) => template);
    const compared = templates.filter((one) => !OF_ALL_STATES.test(one));
    for (const template of compared) {
      const [one, other] = [ours(template), await theirs(template)];
      const bothFail = one.error !== undefined && other.error !== undefined;
      const isSame = JSON.stringify(one.result) === JSON.stringify(other.result);
      if (!bothFail && !isSame) differences.push({ template, ours: one, theirs: other });
    }
    const share = 1 - differences.length / compared.length;
    console.log(`Home Assistant ${house.version}: ${compared.length} templates, ${share} the same`);
    for (const difference of differences) console.log(JSON.stringify(difference));
    expect(compared.length).toBeGreaterThan(120);
    expect(share).toBeGreaterThanOrEqual(AGREEING);
  });
});
