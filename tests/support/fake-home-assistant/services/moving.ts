import type { Core } from "../model/core.ts";
import type { Entity } from "../model/entities.ts";
import type { ServiceCall } from "../model/services.ts";

const COVER_TRAVEL_MS = 14_000; // longer than the five seconds a command's context stays
const LOCK_TRAVEL_MS = 1800;
const VACUUM_RETURN_MS = 90_000;

/** Covers, locks, vacuums, climate: what takes its time. */
export function registerMoving({ services, entities, clock }: Core): void {
  const each =
    (act: (entity: Entity, data: ServiceCall["data"]) => void) => (call: ServiceCall) => {
      for (const entity of call.entities) act(entity, call.data);
    };
  const moveCover = (entity: Entity, position: number) => {
    const from = Number(entity.moving.current_position ?? 0);
    if (from === position) return;
    const state = position > from ? "opening" : "closing";
    entities.write(entity.entityId, { state });
    clock.after((COVER_TRAVEL_MS * Math.abs(position - from)) / 100, () => {
      if (entity.state !== state) return;
      const end = position > 0 ? "open" : "closed";
      entities.write(entity.entityId, { state: end, attributes: { current_position: position } });
    });
  };
  const cover = { target: ["cover"], fields: {} };
  services.register("cover", "open_cover", { ...cover, run: each((it) => moveCover(it, 100)) });
  services.register("cover", "close_cover", { ...cover, run: each((it) => moveCover(it, 0)) });
  services.register("cover", "set_cover_position", {
    target: ["cover"],
    fields: { position: "int!" },
    run: each((it, data) => moveCover(it, Number(data.position))),
  });
  services.register("cover", "stop_cover", {
    ...cover,
    run: each((it) => entities.write(it.entityId, { state: "open" })),
  });
  services.register("cover", "toggle", {
    ...cover,
    run: each((it) => moveCover(it, it.state === "closed" ? 100 : 0)),
  });

  const turnLock = (between: string, end: string) =>
    each((entity) => {
      if (entity.state === end) return;
      entities.write(entity.entityId, { state: between });
      clock.after(LOCK_TRAVEL_MS, () => entities.write(entity.entityId, { state: end }));
    });
  const lock = { target: ["lock"], fields: { code: "string" } } as const;
  services.register("lock", "lock", { ...lock, run: turnLock("locking", "locked") });
  services.register("lock", "unlock", { ...lock, run: turnLock("unlocking", "unlocked") });

  const vacuum = { target: ["vacuum"], fields: {} };
  services.register("vacuum", "start", {
    ...vacuum,
    run: each((it) => entities.write(it.entityId, { state: "cleaning" })),
  });
  services.register("vacuum", "pause", {
    ...vacuum,
    run: each((it) => entities.write(it.entityId, { state: "paused" })),
  });
  services.register("vacuum", "return_to_base", {
    ...vacuum,
    run: each((it) => {
      if (it.state === "docked") return;
      entities.write(it.entityId, { state: "returning" });
      clock.after(VACUUM_RETURN_MS, () => entities.write(it.entityId, { state: "docked" }));
    }),
  });

  registerClimate({ services, entities }, each);
}

function registerClimate(
  { services, entities }: Pick<Core, "services" | "entities">,
  each: (act: (entity: Entity, data: ServiceCall["data"]) => void) => (call: ServiceCall) => void,
) {
  const climate = { target: ["climate"] };
  const setMode = (entity: Entity, mode: string) => {
    const action = mode === "off" ? "off" : "idle";
    entities.write(entity.entityId, { state: mode, attributes: { hvac_action: action } });
  };
  services.register("climate", "set_temperature", {
    ...climate,
    fields: {
      temperature: "float",
      target_temp_high: "float",
      target_temp_low: "float",
      hvac_mode: "string",
    },
    run: each((entity, data) => {
      if (typeof data.hvac_mode === "string") setMode(entity, data.hvac_mode);
      const temperature = Number(data.temperature);
      if (Number.isFinite(temperature)) {
        entities.write(entity.entityId, { attributes: { temperature } });
      }
    }),
  });
  services.register("climate", "set_hvac_mode", {
    ...climate,
    fields: { hvac_mode: "string!" },
    run: each((entity, data) => setMode(entity, String(data.hvac_mode))),
  });
  services.register("climate", "set_preset_mode", {
    ...climate,
    fields: { preset_mode: "string!" },
    run: each((entity, data) =>
      entities.write(entity.entityId, { attributes: { preset_mode: data.preset_mode } }),
    ),
  });
  services.register("climate", "turn_off", {
    ...climate,
    fields: {},
    run: each((it) => setMode(it, "off")),
  });
  services.register("climate", "turn_on", {
    ...climate,
    fields: {},
    run: each((it) => setMode(it, "heat")),
  });
}
