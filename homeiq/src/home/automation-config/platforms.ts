import { z } from "zod";
import type { Session } from "#home/connection/connection.ts";
import { isUnknownCommand } from "./ask.ts";

const Announced = z.record(z.string(), z.unknown());

/** Keys such as `light.turned_on` that this Home Assistant announces; empty when it has none. */
export interface Platforms {
  readonly triggers: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
}

/** Purpose-specific triggers and conditions, since Home Assistant 2026.7. */
export function createPlatforms() {
  const announced = { triggers: new Set<string>(), conditions: new Set<string>() };

  async function listen(session: Session, type: string, into: Set<string>): Promise<void> {
    into.clear(); // what an integration announced before a restart may be gone
    try {
      await session.subscribe({ type }, (event) => {
        for (const key of Object.keys(Announced.safeParse(event).data ?? {})) into.add(key);
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
