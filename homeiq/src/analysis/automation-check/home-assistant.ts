import type { Path } from "#home/automation/automation.ts";
import { type Found, valueAt } from "./subject.ts";

/** What `validate_config` answers, by the part it was given. */
export type PartVerdicts = Readonly<
  Partial<Record<Part, { readonly valid: boolean; readonly error?: string | null | undefined }>>
>;
export type Part = "triggers" | "conditions" | "actions";

/** Asks Home Assistant itself. */
export type ValidateConfig = (
  config: Readonly<Partial<Record<Part, unknown>>>,
) => Promise<PartVerdicts>;

const PARTS: Readonly<Record<Part, readonly string[]>> = {
  triggers: ["triggers", "trigger"],
  conditions: ["conditions", "condition"],
  actions: ["actions", "action", "sequence"],
};

/** Home Assistant's own verdict, the last word. Throws what the question throws. */
export async function askHomeAssistant(
  raw: unknown,
  validateConfig: ValidateConfig,
): Promise<Found[]> {
  const parts = Object.entries(PARTS).flatMap(([part, keys]) => {
    const key = keys.find((one) => valueAt(raw, [one]) !== undefined);
    return key === undefined ? [] : [{ part: part as Part, key, value: valueAt(raw, [key]) }]; // the keys of PARTS
  });
  const verdicts = await validateConfig(
    Object.fromEntries(parts.map(({ part, value }) => [part, value])),
  );
  return parts.flatMap(({ part, key }): Found[] => {
    const verdict = verdicts[part];
    if (!verdict || verdict.valid) return [];
    const said = verdict.error ?? "it does not say why";
    const message = `Home Assistant refuses it: ${said}`;
    return [
      {
        code: "refused",
        severity: "error",
        path: [key, ...pathIn(said)],
        message,
        facts: { said },
      },
    ];
  });
}

/** `… @ data['sequence'][0]['delay']. Got …` */
function pathIn(said: string): Path {
  const where = /@ data((?:\[[^\]]+\])+)/.exec(said)?.[1] ?? "";
  return [...where.matchAll(/\[(?:'([^']*)'|(\d+))\]/g)].map(([, key, index]) =>
    index === undefined ? (key ?? "") : Number(index),
  );
}
