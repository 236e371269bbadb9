import { plainText } from "#foundation/plain-text.ts";
import type { EntityState } from "#home/states/states.ts";

/** Somebody who can be told something. */
export interface Recipient {
  /** A person, or the action of a phone that is nobody's. */
  readonly id: string;
  readonly name: string;
  /** Actions such as `notify.mobile_app_pixel_9`. */
  readonly phones: readonly string[];
  readonly isHome: boolean;
}

interface House {
  readonly states: ReadonlyMap<string, EntityState>;
  /** Those that Home Assistant has, by domain. */
  readonly services: Readonly<Record<string, unknown>>;
  /** The integration and the name that a phone gave its device when it was set up. */
  readonly phoneOf: (entityId: string) => { readonly deviceName: string } | undefined;
}

const PREFIX = "mobile_app_";

/** Persons with their phones, then phones that belong to nobody. Source: Home Assistant's mobile_app/notify.py. */
export function findRecipients({ states, services, phoneOf }: House): readonly Recipient[] {
  const announced = Object.keys((services.notify ?? {}) as object).filter((name) =>
    name.startsWith(PREFIX),
  );
  const owned = new Set<string>();
  const persons = [...states.values()].filter(({ entityId }) => entityId.startsWith("person."));
  const found = persons.map(({ entityId, state, attributes }): Recipient => {
    const trackers = Array.isArray(attributes.device_trackers) ? attributes.device_trackers : [];
    const phones = trackers.flatMap((tracker) => {
      const { deviceName } = phoneOf(String(tracker)) ?? {};
      // Home Assistant makes the name of the action of the phone's, and how it treats other letters changed over time.
      const wanted = deviceName && plainText(PREFIX + deviceName);
      return announced.filter((name) => plainText(name) === wanted);
    });
    for (const phone of phones) owned.add(phone);
    return {
      id: entityId,
      name: String(attributes.friendly_name ?? entityId),
      phones: [...new Set(phones)].map((name) => `notify.${name}`),
      isHome: state === "home",
    };
  });
  const strays = announced.filter((name) => !owned.has(name));
  return [
    ...found,
    ...strays.map((name) => ({
      ...{ id: `notify.${name}`, phones: [`notify.${name}`], isHome: true },
      name: name.slice(PREFIX.length).replaceAll("_", " "),
    })),
  ];
}
