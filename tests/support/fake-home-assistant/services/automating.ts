import type { Automations } from "../automation/automations.ts";
import type { Scenes } from "../automation/scenes.ts";
import type { Scripts } from "../automation/scripts.ts";
import type { Core } from "../model/core.ts";

/** Services of automations, and the reloads. */
export function registerAutomating(
  { services, bus }: Core,
  { automations, scripts, scenes }: { automations: Automations; scripts: Scripts; scenes: Scenes },
): void {
  const target = ["automation"];
  services.register("automation", "trigger", {
    fields: { variables: "object", skip_condition: "boolean" },
    target,
    run: ({ entities, context, data }) => ({
      later(done: () => void) {
        let left = entities.length;
        if (left === 0) done();
        for (const { entityId } of entities) {
          automations.trigger(entityId, {
            parent: context,
            skipCondition: data.skip_condition !== false,
            variables: Object(data.variables),
            onDone() {
              left -= 1;
              if (left === 0) done();
            },
          });
        }
      },
    }),
  });
  const turn = (on: (state: string) => boolean) => ({
    fields: { stop_actions: "boolean" } as const,
    target,
    run({ entities }: { entities: readonly { entityId: string; state: string }[] }) {
      for (const { entityId, state } of entities) automations.turn(entityId, on(state));
    },
  });
  services.register(
    "automation",
    "turn_on",
    turn(() => true),
  );
  services.register(
    "automation",
    "turn_off",
    turn(() => false),
  );
  services.register(
    "automation",
    "toggle",
    turn((state) => state !== "on"),
  );
  services.register("automation", "reload", {
    fields: { id: "string" },
    run({ data, context }) {
      automations.reload(typeof data.id === "string" ? data.id : undefined);
      bus.fire("automation_reloaded", {}, { context });
    },
  });
  services.register("script", "reload", { fields: {}, run: () => scripts.reload() });
  services.register("scene", "reload", {
    fields: {},
    run({ context }) {
      scenes.reload();
      bus.fire("scene_reloaded", {}, { context });
    },
  });
}
