import type { Clock } from "#foundation/clock.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Context } from "#home/states/states.ts";
import { domainOf } from "./category.ts";
import { AutomationTriggered, CallService, ScriptStarted } from "./cause.schema.ts";
import { settleMs, statesAfter } from "./commands.ts";
import { createContextMemory, type Origin } from "./context-memory.ts";
import { isOperable } from "./operable.ts";
import type { Cause, CauseKind } from "./state-change.ts";

const INCOMPLETE_AFTER_CONNECT_MS = 10 * SECOND_MS;
const VOICE_WITHIN_MS = 10 * SECOND_MS;
const BUTTON_WITHIN_MS = 2 * SECOND_MS;

const NO_USE = new Set(["idle", "unavailable", "unknown"]);
const VOICE_DOMAINS = new Set(["conversation", "assist_satellite", "stt", "wake_word"]);

/** A change as far as the rules need it. */
export interface Change {
  readonly entityId: string;
  readonly oldState?: string;
  readonly newState?: string;
  readonly context: Context;
  /** Seen in a snapshot: it did not happen now. */
  readonly snapshot?: boolean;
}

export interface Causes {
  automationTriggered(event: unknown): void;
  scriptStarted(event: unknown): void;
  callService(event: unknown): void;
  connected(): void;
  /** Must see every change in the order it arrived. */
  classify(change: Change): Cause;
}

interface Deps {
  readonly clock: Clock;
  /** Entities that a target names by device, area, floor or label. */
  expandTarget(serviceData: Readonly<Record<string, unknown>>): readonly string[];
  readonly findUser: (userId: string) => { name?: string; isSystem: boolean } | undefined;
  readonly nameOf: (entityId: string) => string;
  onMalformed(): void;
}

/**
 * Names the cause of each change from contexts, calls and runs.
 *
 * Contexts alone are not enough: a wall switch, a timed automation and a late report of a device all
 * come with an empty one. See docs/causes.md for the rules and what each confidence stands for.
 */
export function createCauses(deps: Deps): Causes {
  const { clock, findUser, nameOf } = deps;
  const contexts = createContextMemory(clock);
  let connectedAt = clock.now();
  let voiceAt = Number.NEGATIVE_INFINITY;
  let buttonAt = Number.NEGATIVE_INFINITY;

  const named = (kind: CauseKind, confidence: number, by: string | undefined): Cause => ({
    kind,
    confidence,
    ...(by === undefined ? {} : { by, byName: nameOf(by) }),
  });

  function person(userId: string): Cause {
    const user = findUser(userId);
    if (user?.isSystem) {
      return {
        kind: "integration",
        confidence: 0.7,
        by: userId,
        ...(user.name ? { byName: user.name } : {}),
      };
    }
    return {
      kind: heardVoice() ? "person_voice" : "person_dashboard",
      confidence: user ? 0.95 : 0.8,
      by: userId,
      ...(user?.name ? { byName: user.name } : {}),
    };
  }

  /** A user's context without a call: somebody's program wrote the state, or the call came before us. */
  function writtenBy(userId: string, entityId: string): Cause {
    const { kind, ...rest } = person(userId);
    const known = isOperable(domainOf(entityId)) ? kind : "integration";
    return { ...rest, kind: known, confidence: Math.min(rest.confidence, 0.6) };
  }

  const heardVoice = () => clock.now() - voiceAt <= VOICE_WITHIN_MS;

  /** What a remembered context stands for, with what started the chain. */
  function causeOf(origin: Origin): Cause {
    const root = origin.userId ? person(origin.userId) : rootOf(origin.parentId);
    const withRoot = (cause: Cause): Cause =>
      root && root.kind !== cause.kind ? { ...cause, rootKind: root.rootKind ?? root.kind } : cause;
    if (origin.automation) return withRoot(named("automation", 0.98, origin.automation));
    if (origin.script) return withRoot(named("script", 0.95, origin.script));
    if (origin.scene) return withRoot(named("scene", 0.95, origin.scene));
    if (origin.userId) return person(origin.userId);
    if (heardVoice()) return { kind: "person_voice", confidence: 0.75 };
    return root ?? { kind: "integration", confidence: 0.6 };
  }

  function rootOf(parentId: string | undefined): Cause | undefined {
    const parent = parentId ? contexts.find(parentId) : undefined;
    return parent ? causeOf(parent) : undefined;
  }

  function deviceCause(change: Change): Cause {
    if (!isOperable(domainOf(change.entityId))) return { kind: "integration", confidence: 0.95 };
    const command = contexts.commandFor(change.entityId);
    if (command && agrees(change, command.expected)) {
      const origin = contexts.find(command.contextId);
      if (origin) {
        const cause = causeOf(origin);
        return { ...cause, confidence: Math.min(cause.confidence, 0.85) };
      }
    }
    if (clock.now() - connectedAt < INCOMPLETE_AFTER_CONNECT_MS)
      return { kind: "unknown", confidence: 0.3 };
    const pressed = clock.now() - buttonAt <= BUTTON_WITHIN_MS;
    return { kind: "physical", confidence: pressed ? 0.95 : 0.7 };
  }

  /** Within five seconds of a call Home Assistant stamps its context on what a hand does as well. */
  function isOverride(change: Change): boolean {
    const command = contexts.commandFor(change.entityId);
    if (command?.contextId !== change.context.id || !command.expected) return false;
    const wasReached = change.oldState !== undefined && command.expected.includes(change.oldState);
    return wasReached && !agrees(change, command.expected);
  }

  const malformed = () => deps.onMalformed();

  return {
    connected() {
      connectedAt = clock.now();
    },

    automationTriggered(event) {
      const parsed = AutomationTriggered.safeParse(event);
      if (!parsed.success) return malformed();
      contexts.remember(parsed.data.context, { automation: parsed.data.data.entity_id });
    },

    scriptStarted(event) {
      const parsed = ScriptStarted.safeParse(event);
      if (!parsed.success) return malformed();
      contexts.remember(parsed.data.context, { script: parsed.data.data.entity_id });
    },

    callService(event) {
      const parsed = CallService.safeParse(event);
      if (!parsed.success) return malformed();
      const { domain, service, service_data } = parsed.data.data;
      const targets = deps.expandTarget(service_data);
      const scene = domain === "scene" && service === "turn_on" ? targets[0] : undefined;
      if (domain === "conversation") voiceAt = clock.now();
      contexts.remember(parsed.data.context, scene ? { scene } : {});
      for (const entityId of targets) {
        contexts.command(entityId, {
          contextId: parsed.data.context.id,
          expected: statesAfter(entityId, service),
          until: clock.now() + settleMs(entityId, service_data.transition),
        });
      }
    },

    classify(change) {
      const domain = domainOf(change.entityId);
      if (VOICE_DOMAINS.has(domain) && isUse(change)) voiceAt = clock.now();
      if (domain === "automation" || domain === "script" || domain === "scene") {
        return classifyByContext(change) ?? { kind: "integration", confidence: 0.6 };
      }
      if (isOverride(change)) return { kind: "physical", confidence: 0.85, override: true };
      const cause = classifyByContext(change) ?? deviceCause(change);
      if ((domain === "event" || domain === "button") && isUse(change)) buttonAt = clock.now();
      return cause;
    },
  };

  function classifyByContext({ entityId, context }: Change): Cause | undefined {
    const origin = contexts.find(context.id);
    if (origin && (origin.automation || origin.script || origin.scene || origin.called)) {
      return causeOf(origin);
    }
    if (context.userId) return writtenBy(context.userId, entityId);
    if (!context.parentId) return undefined;
    const parent = contexts.find(context.parentId);
    // Only automations make child contexts; without its run we know the kind, not which one.
    return parent?.automation ? causeOf(parent) : { kind: "automation", confidence: 0.6 };
  }
}

/** Something was pressed or spoken to now; what appears, vanishes or comes in a snapshot was not. */
const isUse = ({ oldState, newState, snapshot = false }: Change) =>
  !snapshot && oldState !== undefined && newState !== undefined && !NO_USE.has(newState);

const agrees = (change: Change, expected: readonly string[] | undefined) =>
  expected === undefined || (change.newState !== undefined && expected.includes(change.newState));
