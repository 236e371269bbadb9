import type { Connection, House } from "#lib/api.ts";
import { t, tOf } from "#lib/i18n/translate.ts";

export interface Attention {
  readonly text: string;
  readonly entityId?: string;
  readonly bad: boolean;
}

/** Most battery sensors are called so; the text says it already. */
const withoutBattery = (name: string) =>
  name.replace(/[\s:–-]+batter(?:y|ie|ij|i)(?: level)?$/i, "");

/** What needs a look, worst first. An open window matters only when nobody is there to close it. */
export function attentionOf(house: House, connection: Connection | undefined): Attention[] {
  const away = house.people.length > 0 && house.people.every(({ home }) => !home);
  const unavailable = house.unavailable.count;
  const first = house.unavailable.entities[0];
  return [
    ...house.alarms.map(({ entityId, name, what }) => ({
      entityId,
      text: t("attention.alarm", { name, what: tOf("alarm", what) }),
      bad: true,
    })),
    ...(connection && connection.status !== "connected" && connection.status !== "connecting"
      ? [{ text: t("attention.connection"), bad: true }]
      : []),
    ...(away
      ? house.openings.map(({ entityId, name }) => ({
          entityId,
          text: t("attention.open", { name }),
          bad: true,
        }))
      : []),
    ...(unavailable > 0
      ? [
          {
            text: t("attention.unavailable", { n: unavailable }),
            bad: false,
            ...(first ? { entityId: first.entityId } : {}),
          },
        ]
      : []),
    ...house.lowBatteries.map(({ entityId, name, percent }) => ({
      entityId,
      text:
        percent === undefined
          ? t("attention.battery.low", { name: withoutBattery(name) })
          : t("attention.battery", { name: withoutBattery(name), percent }),
      bad: false,
    })),
  ];
}
