import { z } from "zod";
import type { Purpose, PurposeField } from "#home/automation/automation.ts";
import type { Session } from "#home/connection/connection.ts";
import { isUnknownCommand } from "./ask.ts";

/** What is announced of one key; what is not understood of it is as good as not said. */
const Described = z.object({
  fields: z
    .record(
      z.string(),
      z.object({
        required: z.boolean().optional().catch(undefined),
        default: z.unknown().optional(),
        selector: z.record(z.string(), z.unknown()).catch({}),
      }),
    )
    .catch({}),
  target: z.unknown().optional(),
});
const Announced = z.record(z.string(), Described.nullable().catch(null));

/** Keys such as `light.turned_on` that this Home Assistant announces, with their options; empty when it has none. */
export interface Platforms {
  readonly triggers: ReadonlyMap<string, Purpose>;
  readonly conditions: ReadonlyMap<string, Purpose>;
}

/** Purpose-specific triggers and conditions, since Home Assistant 2026.7. */
export function createPlatforms() {
  const announced = {
    triggers: new Map<string, Purpose>(),
    conditions: new Map<string, Purpose>(),
  };

  async function listen(session: Session, type: string, into: Map<string, Purpose>): Promise<void> {
    into.clear(); // what an integration announced before a restart may be gone
    try {
      await session.subscribe({ type }, (event) => {
        for (const [key, described] of Object.entries(Announced.safeParse(event).data ?? {})) {
          into.set(key, toPurpose(described));
        }
      });
    } catch (error) {
      if (!isUnknownCommand(error)) throw error;
    }
  }

  return {
    announced: announced as Platforms,
    follow: (session: Session) =>
      Promise.all([
        listen(session, "trigger_platforms/subscribe", announced.triggers),
        listen(session, "condition_platforms/subscribe", announced.conditions),
      ]),
  };
}

function toPurpose(described: z.infer<typeof Described> | null): Purpose {
  const fields = Object.entries(described?.fields ?? {}).map(
    ([name, { required = false, default: usual, selector }]): [string, PurposeField] => [
      name,
      { needed: required && usual === undefined, selector },
    ],
  );
  const needsTarget = described?.target !== undefined && described.target !== null;
  return { fields: Object.fromEntries(fields), needsTarget };
}
