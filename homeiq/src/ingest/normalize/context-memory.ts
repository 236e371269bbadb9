import type { Clock } from "#foundation/clock.ts";
import { MINUTE_MS } from "#foundation/time.ts";

const REMEMBER_MS = 10 * MINUTE_MS; // the longest that a script with delays usually acts
const MOST_CONTEXTS = 20_000;
const MOST_COMMANDS = 10_000;

/** What is known of one context id. */
export interface Origin {
  readonly parentId?: string;
  readonly userId?: string;
  readonly automation?: string;
  readonly script?: string;
  readonly scene?: string;
  /** A call with this context was seen, so that the context is not a device's own. */
  readonly called: boolean;
}

/** The last call that named an entity. */
export interface EntityCommand {
  readonly contextId: string;
  readonly expected: readonly string[] | undefined;
  readonly until: number;
}

interface WireContext {
  readonly id: string;
  readonly parent_id?: string | null | undefined;
  readonly user_id?: string | null | undefined;
}

type Doer = Pick<Origin, "automation" | "script" | "scene">;

/** Remembers contexts and calls for ten minutes, oldest forgotten first. */
export function createContextMemory(clock: Clock) {
  const origins = new Map<string, { origin: Origin; at: number }>();
  const commands = new Map<string, EntityCommand>();

  return {
    remember(context: WireContext, doer: Doer): void {
      const known = origins.get(context.id)?.origin;
      const origin: Origin = {
        ...(context.parent_id ? { parentId: context.parent_id } : {}),
        ...(context.user_id ? { userId: context.user_id } : {}),
        ...doer,
        ...known,
        called: true,
      };
      origins.delete(context.id); // so that the map stays in order of use
      origins.set(context.id, { origin, at: clock.now() });
      forget(origins, MOST_CONTEXTS, ({ at }) => clock.now() - at > REMEMBER_MS);
    },

    find(contextId: string): Origin | undefined {
      const known = origins.get(contextId);
      return known && clock.now() - known.at <= REMEMBER_MS ? known.origin : undefined;
    },

    command(entityId: string, command: EntityCommand): void {
      commands.delete(entityId);
      commands.set(entityId, command);
      forget(commands, MOST_COMMANDS, ({ until }) => clock.now() > until);
    },

    commandFor(entityId: string): EntityCommand | undefined {
      const command = commands.get(entityId);
      return command && clock.now() <= command.until ? command : undefined;
    },
  };
}

function forget<T>(map: Map<string, T>, most: number, isOld: (value: T) => boolean): void {
  for (const [key, value] of map) {
    if (map.size <= most && !isOld(value)) return;
    map.delete(key);
  }
}
