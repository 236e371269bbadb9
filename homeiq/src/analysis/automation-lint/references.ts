import {
  entitiesOf,
  findDeadReferences,
  nodesOf,
  placesOf,
  targetOf,
} from "#analysis/automation-check/automation-check.ts";
import { each, type Rule, readable } from "./rule.ts";

export const deadReference: Rule = {
  code: "lint.dead_reference",
  severity: "error",
  about: "It names something that the house does not have.",
  find: each(({ raw, entityId, name }, { home }) =>
    findDeadReferences(raw, { home, level: "moderate" })
      .filter((one) => one.code.startsWith("unknown_"))
      .map(({ path, message, fix, severity }) => ({
        about: [entityId],
        path,
        severity,
        message: `${name}: ${message}`,
        ...(fix && { fix }),
      })),
  ),
};

export const unavailableTargets: Rule = {
  code: "lint.unavailable_targets",
  severity: "warning",
  about: "Most of what it acts on is unavailable: it does next to nothing.",
  find: each((one, { home }) => {
    const configuration = readable(one);
    if (!configuration) return [];
    const targets = nodesOf(configuration).actions.flatMap((node) =>
      node.kind === "call" && typeof node.action === "string"
        ? entitiesOf(targetOf(node), home, node.action.split(".")[0])
        : [],
    );
    const all = new Set(targets);
    const gone = [...all].filter((entity) => entity.state === "unavailable");
    if (gone.length === 0 || gone.length * 2 < all.size) return [];
    const names = gone.map((entity) => entity.name).join(", ");
    const message = `${one.name} acts on ${all.size} entities; unavailable of them: ${names}.`;
    return [
      {
        about: [one.entityId, ...gone.map((entity) => entity.entityId)],
        path: ["actions"],
        message,
      },
    ];
  }),
};

export const disabledTarget: Rule = {
  code: "lint.disabled_entity",
  severity: "warning",
  about: "It names an entity, or a device, that is switched off in Home Assistant.",
  find: each(({ raw, entityId, name }, { home }) =>
    placesOf(raw).flatMap((place) => {
      const entity =
        place.kind === "entity" ? home.entities.get(place.id.toLowerCase()) : undefined;
      const deviceId = place.kind === "device" ? place.id : entity?.deviceId;
      const device = deviceId === undefined ? undefined : home.devices.get(deviceId);
      if (!entity?.disabledBy && !device?.disabled) return [];
      const what = device?.disabled ? `the device ${device.name}` : `\`${place.id}\``;
      const message = `${name} uses ${what}, which is switched off in Home Assistant.`;
      return [{ about: [entityId], path: place.path, message }];
    }),
  ),
};

export const hardCodedDevice: Rule = {
  code: "lint.hard_coded_device",
  severity: "hint",
  about:
    "A device's id changes when it is added anew, and says nothing to who reads it; an entity's does not.",
  find: each(({ raw, entityId, name }, { home }) => {
    // A template may also look a device up by its name: that survives.
    const places = placesOf(raw).filter(
      ({ kind, form, id }) => kind === "device" && (form === "value" || home.devices.has(id)),
    );
    const [first] = places;
    if (!first) return [];
    const names = new Set(places.map((place) => home.devices.get(place.id)?.name ?? place.id));
    const message = `${name} names ${[...names].join(", ")} by device id. Entities, areas or labels survive a replacement.`;
    return [{ about: [entityId], path: first.path, message, facts: { devices: names.size } }];
  }),
};
