import { createLog } from "#src/foundation/log.ts";
import type { EntityState } from "#src/home/states/states.ts";
import {
  createCauses,
  createNormalizer,
  type StateChange,
} from "#src/ingest/normalize/normalize.ts";
import { createSimulation } from "#support/fake-home-assistant/household/simulation.ts";
import type { State } from "#support/fake-home-assistant/model/state-machine.ts";
import { keepRate } from "#support/fake-home-assistant/real-time.ts";

export interface VillaChange {
  readonly change: StateChange;
  /** All attributes of the new state, as JSON. */
  readonly attributesJson: string;
}

/**
 * What the simulated villa does, hour by hour, as our own rules see it: normalized, with cause and context.
 *
 * Without a connection in between, a day takes a minute.
 */
export function* villaHours(options: {
  startAt: number;
  hours: number;
  changesPerSecond: number;
}): Generator<VillaChange[]> {
  const { startAt, hours, changesPerSecond } = options;
  const simulation = createSimulation({
    ...{ preset: "villa", seed: 1, startAt, days: 0, version: "2026.9.1" },
  } as const);
  const { core } = simulation;
  const clock = { now: () => core.clock.now(), after: () => () => {} };
  const causes = createCauses({
    clock,
    expandTarget: () => [],
    findUser: (id) => {
      const user = core.registry.users.get(id);
      return user && { isSystem: user.system_generated, name: user.name };
    },
    nameOf: (entityId) => entityId,
    onMalformed: () => createLog("silent").warn("malformed"),
  });
  const normalize = createNormalizer({
    clock,
    causes,
    isRestartEcho: () => false,
    onNote: () => {},
  });
  let found: VillaChange[] = [];
  core.bus.onEvent(({ eventType, data, context, firedAt }) => {
    const event = { event_type: eventType, data, context, time_fired: firedAt };
    if (eventType === "automation_triggered") causes.automationTriggered(event);
    if (eventType === "script_started") causes.scriptStarted(event);
    if (eventType === "call_service") causes.callService(event);
  });
  core.states.onChange(({ entityId, before, after }) => {
    const change = normalize({
      entityId,
      snapshot: false,
      ...(before ? { before: toEntityState(before) } : {}),
      ...(after ? { after: toEntityState(after) } : {}),
    });
    if (change) found.push({ change, attributesJson: JSON.stringify(after?.attributes ?? {}) });
  });
  if (changesPerSecond > 0) keepRate(simulation, changesPerSecond);
  for (let hour = 1; hour <= hours; hour += 1) {
    found = [];
    core.clock.advanceTo(startAt + hour * 3_600_000);
    yield found;
  }
}

const toEntityState = (state: State): EntityState => ({
  entityId: state.entityId,
  state: state.state,
  attributes: state.attributes,
  lastChangedAt: state.changedAt,
  lastUpdatedAt: state.updatedAt,
  context: {
    id: state.context.id,
    ...(state.context.parent_id ? { parentId: state.context.parent_id } : {}),
    ...(state.context.user_id ? { userId: state.context.user_id } : {}),
  },
});
