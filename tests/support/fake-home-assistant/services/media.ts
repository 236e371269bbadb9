import type { Core } from "../model/core.ts";
import type { Entity } from "../model/entities.ts";
import type { ServiceCall } from "../model/services.ts";

/** Media players. */
export function registerMedia({ services, entities, clock }: Core): void {
  const each =
    (act: (entity: Entity, data: ServiceCall["data"]) => void) => (call: ServiceCall) => {
      for (const entity of call.entities) act(entity, call.data);
    };
  const to = (state: string) =>
    each((entity) => {
      const playing = state === "playing";
      const attributes = {
        media_position_updated_at: playing ? new Date(clock.now()).toISOString() : undefined,
        media_position: playing ? 0 : undefined,
        media_title: playing ? (entity.moving.media_title ?? "Radio") : undefined,
      };
      entities.write(entity.entityId, { state, attributes });
    });
  const plain = { target: ["media_player"], fields: {} };
  services.register("media_player", "turn_on", { ...plain, run: to("on") });
  services.register("media_player", "turn_off", { ...plain, run: to("off") });
  services.register("media_player", "media_play", { ...plain, run: to("playing") });
  services.register("media_player", "media_pause", { ...plain, run: to("paused") });
  services.register("media_player", "media_stop", { ...plain, run: to("idle") });
  services.register("media_player", "toggle", {
    ...plain,
    run: (call) => to(call.entities[0]?.state === "off" ? "on" : "off")(call),
  });
  services.register("media_player", "volume_set", {
    target: ["media_player"],
    fields: { volume_level: "float!" },
    run: each((entity, data) =>
      entities.write(entity.entityId, {
        attributes: { volume_level: Number(data.volume_level) },
      }),
    ),
  });
  services.register("media_player", "play_media", {
    target: ["media_player"],
    fields: { media_content_id: "any", media_content_type: "any", media: "any", enqueue: "string" },
    run: to("playing"),
  });
  services.register("media_player", "select_source", {
    target: ["media_player"],
    fields: { source: "string!" },
    run: each((entity, data) =>
      entities.write(entity.entityId, { attributes: { source: data.source } }),
    ),
  });
}
