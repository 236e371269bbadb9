import { capital, type Texts } from "#ai/texts/texts.ts";
import type { Recipient } from "#analysis/templates/templates.ts";
import { plainText } from "#foundation/plain-text.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";

const PHONE = /^notify\.mobile_app_/;
const BELL = "persistent_notification.create";

/** What people call the one who is told: an entity, the phone whose action it is, or the bell of Home Assistant. */
export function notifierName(
  { action, entityId }: Recipient,
  { home, texts }: { readonly home: HomeSnapshot; readonly texts: Texts },
): string {
  if (action === BELL) return texts.say("template.notify.bell");
  const named = entityId === undefined ? undefined : home.entities.get(entityId)?.name;
  if (named !== undefined) return named;
  const phone = action.replace(PHONE, "");
  const device = PHONE.test(action) && deviceOf(phone, home);
  return device || capital(phone.replace(/^notify\./, "").replaceAll("_", " "));
}

/** Home Assistant makes the name of the action of the phone's. */
function deviceOf(phone: string, { devices }: HomeSnapshot): string | undefined {
  const wanted = plainText(phone);
  return [...devices.values()].find(({ name }) => plainText(name) === wanted)?.name;
}
