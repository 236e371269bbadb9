import type { Automations, Person } from "#ai/automations/automations.ts";
import type { Texts } from "#ai/texts/texts.ts";
import type { LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Filled } from "#analysis/templates/templates.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Topic } from "#foundation/topic.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { shown } from "./shown.ts";
import { become, type Row, type SuggestionStore } from "./suggestions.store.ts";
import type { Suggestion, SuggestionStatus, Suggestions } from "./suggestions.ts";
import { toYaml } from "./to-yaml.ts";

interface Deps {
  readonly clock: Clock;
  readonly store: SuggestionStore;
  readonly automations: Automations;
  readonly home: () => Promise<HomeSnapshot>;
  readonly house: (home: HomeSnapshot) => Promise<LintedHouse>;
  readonly texts: () => Texts;
  readonly changed: Topic<void>;
  /** A place is free, or something was learned: others may be open by that. */
  readonly rearrange: () => void;
}

type Accepted = Parameters<Suggestions["accept"]>[1];

const ANSWERABLE: ReadonlySet<SuggestionStatus> = new Set(["open", "waiting", "snoozed"]);
const STANDS: ReadonlySet<SuggestionStatus> = new Set(["deployed", "probation", "kept"]);
const BACK: ReadonlySet<SuggestionStatus> = new Set([
  ...["dismissed", "snoozed", "undone", "expired", "accepted"],
] as SuggestionStatus[]);

/** What a person can say to a suggestion, and what is done then. */
export function createAnswers(
  deps: Deps,
): Pick<Suggestions, "accept" | "snooze" | "dismiss" | "reopen" | "undo"> {
  const { clock, store, automations, changed } = deps;

  function keep(row: Row) {
    store.keep(row);
    deps.rearrange();
    changed.publish();
    return shown(store.get(row.id));
  }

  /** Throws `invalid` while something must be chosen. */
  async function yamlOf({ found }: Row, chosen: Filled | undefined) {
    const { make, matchKey } = found;
    if (matchKey === undefined || (make && chosen === undefined)) {
      return make && { yaml: toYaml(make), kind: make.kind };
    }
    requireChosen(found.choices, chosen ?? {});
    const { fillAgain } = await import("./from-templates.ts"); // it brings all templates along
    const home = await deps.home();
    const around = { home, house: await deps.house(home), texts: deps.texts() };
    const filled = fillAgain(matchKey, { ...around, chosen: chosen ?? {} });
    if (filled) return { yaml: toYaml(filled), kind: "automation" as const };
    const why = "What was chosen does not fit, or the house has changed";
    throw new AppError("invalid", "suggestions.does_not_fit", why);
  }

  async function toDraft(row: Row, chosen: Filled | undefined, by: Person) {
    const { found } = row;
    if (found.source === "override") {
      return automations.draftProposal(found.automationIds[0] ?? "", by);
    }
    const written = await yamlOf(row, chosen);
    if (!written) {
      const why = "There is nothing to be written for it";
      throw new AppError("invalid", "suggestions.nothing_to_write", why);
    }
    const { factors: _factors, confidence, times } = { ...found, ...found.strength };
    return automations.drafts.create({
      ...{ source: written.yaml, kind: written.kind, by, reason: found.text },
      evidence: {
        suggestion: row.id,
        ...{ source: found.source, kind: found.kind, score: row.total, confidence, times },
        patterns: found.patternIds,
        explanation: found.explanation,
      },
    });
  }

  async function takeAway(row: Row, by: Person): Promise<Row> {
    const { found } = row;
    for (const entityId of found.automationIds) {
      await automations.remove(entityId, by, found.text);
    }
    const at = clock.now();
    const [automationId = null] = found.automationIds;
    return become(row, "deployed", { at, by: by.name, automationId, deployedAt: at });
  }

  const accepting = new Map<string, Promise<Suggestion>>();

  async function accept(id: string, { chosen, by }: Accepted): Promise<Suggestion> {
    const row = store.get(id);
    if (row.status === "accepted" && row.draftId !== null) return shown(row);
    if (!ANSWERABLE.has(row.status)) throw refuse(row);
    const { action } = row.found;
    if (action === "delete" || action === "merge") return keep(await takeAway(row, by));
    if (action === "feature") {
      return keep(become(row, "kept", { at: clock.now(), by: by.name }));
    }
    const draft = await toDraft(row, chosen, by);
    const said = { at: clock.now(), by: by.name, draftId: draft.id };
    return keep(become(row, "accepted", said));
  }

  function refuse({ status, id }: Row): AppError {
    const why = `The suggestion ${id} is ${status}`;
    return new AppError("conflict", "suggestions.not_open", why, { facts: { status } });
  }

  return {
    accept(id, answer) {
      // Who taps twice gets one draft.
      const under = accepting.get(id) ?? accept(id, answer).finally(() => accepting.delete(id));
      accepting.set(id, under);
      return under;
    },
    snooze(id, { until, by }) {
      const row = store.get(id);
      if (!ANSWERABLE.has(row.status)) throw refuse(row);
      const at = clock.now();
      if (until <= at) {
        throw new AppError("invalid", "suggestions.snooze_past", "Choose a moment to come");
      }
      return keep(become(row, "snoozed", { at, by: by.name, snoozedUntil: until }));
    },
    dismiss(id, { reason, by }) {
      const row = store.get(id);
      if (!ANSWERABLE.has(row.status)) throw refuse(row);
      const at = clock.now();
      const refused = { refusedAt: at, refusedStrength: row.found.strength };
      const said = { dismissReason: reason, ...refused, snoozedUntil: null };
      return keep(become(row, "dismissed", { at, by: by.name, reason, ...said }));
    },
    reopen(id, by) {
      const row = store.get(id);
      if (!BACK.has(row.status)) throw refuse(row);
      if (row.status === "accepted" && row.draftId !== null) {
        automations.drafts.discard(row.draftId, by);
      }
      const forgotten = { refusedAt: null, refusedStrength: null, dismissReason: null };
      const anew = { draftId: null, automationId: null, deployedAt: null, snoozedUntil: null };
      const again = { at: clock.now(), by: by.name, ...forgotten, ...anew };
      store.keep(become(row, "open", again)); // who asks for it sees it, whatever is better
      changed.publish();
      return shown(store.get(id));
    },
    async undo(id, by) {
      const row = store.get(id);
      if (!STANDS.has(row.status) || row.automationId === null) throw refuse(row);
      const { action, automationIds } = row.found;
      const isTaken = action === "delete" || action === "merge";
      for (const entityId of isTaken ? automationIds : [row.automationId]) {
        await automations.undo(entityId, by);
      }
      const at = clock.now();
      const refused = { refusedAt: at, refusedStrength: row.found.strength };
      return keep(become(row, "undone", { at, by: by.name, ...refused }));
    },
  };
}

function requireChosen(choices: Row["found"]["choices"], chosen: Filled): void {
  const open = choices.filter(({ ask, slot }) => ask && chosen[slot] === undefined);
  if (open.length === 0) return;
  const slots = open.map(({ slot }) => slot);
  throw new AppError(
    "invalid",
    "suggestions.choose",
    `Something must be chosen first: ${slots.join(", ")}`,
    { facts: { slots } },
  );
}
