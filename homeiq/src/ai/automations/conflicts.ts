import { AppError } from "#foundation/errors.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import { keyOf } from "./item-id.ts";
import type { Change } from "./journal.ts";
import { aliasOf, diffOf, hashOf } from "./text.ts";
import type { Versions } from "./versions.ts";

export interface Conflicts {
  readonly house: Pick<AutomationConfig, "list" | "configOf" | "findById">;
  readonly versions: Pick<Versions, "idWithAlias">;
  readonly toText: (config: JsonMap) => string;
}

/** Throws `conflict` with what differs, when there stands something else than was expected. */
export async function checkStanding(
  { toText }: Conflicts,
  { automationId, expected, wanted }: Change,
  standing: JsonMap | undefined,
): Promise<void> {
  if ((standing && hashOf(standing)) === expected) return;
  const facts = { automationId, diff: diffOf(textOf(standing), textOf(wanted)) };
  if (expected === undefined) {
    throw new AppError("conflict", "automations.id_taken", "Its id is in use", { facts });
  }
  throw new AppError(
    "conflict",
    "automations.changed_meanwhile",
    standing
      ? "It was changed in Home Assistant since this was written"
      : "It was removed in Home Assistant since this was written",
    { facts },
  );

  function textOf(config: JsonMap | undefined): string {
    return config ? toText(config) : "";
  }
}

const plain = (alias: string) => alias.trim().toLowerCase();

/** Throws `conflict` when another one of its kind has the alias that this one is going to have. */
export async function checkAlias(
  { house, toText, versions }: Conflicts,
  { automationId, wanted }: Change,
  standing: JsonMap | undefined,
): Promise<void> {
  const alias = wanted && aliasOf(wanted);
  if (!alias || (standing && aliasOf(standing) === alias)) return;
  // Its entity may have been given another name than the alias in its file.
  const { domain, id: ownId } = keyOf(automationId);
  const known = versions.idWithAlias(alias, automationId);
  const other =
    house.list(domain).find(({ id, name }) => id !== ownId && plain(name) === plain(alias)) ??
    (known === undefined ? undefined : house.findById(keyOf(known)));
  if (!other) return;
  const theirs = await house.configOf(other.entityId);
  throw new AppError(
    "conflict",
    "automations.alias_taken",
    `"${alias}" is the name of another one already. Give this one another name, or edit that one.`,
    {
      facts: {
        alias,
        entityId: other.entityId,
        ...(theirs ? { diff: diffOf(toText(theirs.config), toText(wanted)) } : {}),
      },
    },
  );
}
