import type { InferResponseType } from "hono/client";
import {
  type Answer,
  type Automation,
  api,
  type BlueprintUse,
  read,
  type Scene,
  type Script,
  type UsedInput,
} from "./api.ts";

const at = api.automations;

export type AutomationHealth = InferResponseType<typeof at.$get>["automations"][number];
/** What can be said in sentences. */
export type ReadBack = Automation | Scene | Script;
/** What is read back. Its type holds itself, which is more than the client can infer from a route. */
type WithReading<T> = Omit<T, "reading"> & { readonly reading?: ReadBack | BlueprintUse };
export type AutomationDetail = WithReading<InferResponseType<(typeof at)[":entity"]["$get"]>>;
export type AutomationVersion = InferResponseType<
  (typeof at)[":entity"]["versions"]["$get"]
>["versions"][number];
export type RunTrace = InferResponseType<
  (typeof at)[":entity"]["traces"]["$get"]
>["traces"][number];
export type Draft = WithReading<InferResponseType<typeof at.drafts.$get>["drafts"][number]>;
export type DiffPart = Draft["diff"][number];
export type AuditEntry = InferResponseType<typeof at.audit.$get>["entries"][number];

// The answer is what the server's type says; only the client's inference of it is cut short.
const typed = <T>(pending: Promise<unknown>) => pending as Promise<Answer<T>>;

/** What can be looked at, drafted and deployed. */
export const KINDS = ["automation", "script", "scene"] as const satisfies readonly Kind[];
export type Kind = AutomationHealth["domain"];
export const readAutomations = (kind: Kind) => read(at.$get({ query: { kind } }));
export const readAutomation = (entity: string) =>
  read<AutomationDetail>(typed(at[":entity"].$get({ param: { entity } })));
export const readVersions = (entity: string) =>
  read(at[":entity"].versions.$get({ param: { entity } }));
export const readTraces = (entity: string) =>
  read(at[":entity"].traces.$get({ param: { entity } }));
export const readAudit = () => read(at.audit.$get({ query: { limit: "100" } }));

export const turnAutomation = (entity: string, on: boolean) =>
  read<unknown>(
    on
      ? at[":entity"].enable.$post({ param: { entity } })
      : at[":entity"].disable.$post({ param: { entity } }),
  );
export const triggerAutomation = (entity: string, skipConditions: boolean) =>
  read(at[":entity"].trigger.$post({ param: { entity }, json: { skipConditions } }));
export const removeAutomation = (entity: string) =>
  read(at[":entity"].$delete({ param: { entity }, query: {} }));
export const undoAutomation = (entity: string) =>
  read(at[":entity"].undo.$post({ param: { entity } }));
export const restoreAutomation = (entity: string, version: number) =>
  read(at[":entity"].restore.$post({ param: { entity }, json: { version } }));

export const readDrafts = () => read(at.drafts.$get({ query: { status: "draft" } }));
export const readDraft = (id: string) =>
  read<Draft>(typed(at.drafts[":id"].$get({ param: { id } })));
export const beginDraft = (json: {
  source?: string;
  entityId?: string;
  kind?: Kind;
  reason?: string;
}) => read<Draft>(typed(at.drafts.$post({ json })));
export const editDraft = (
  id: string,
  json: { source?: string; reason?: string; rebase?: boolean },
) => read<Draft>(typed(at.drafts[":id"].$patch({ param: { id }, json })));
export const discardDraft = (id: string) => read(at.drafts[":id"].$delete({ param: { id } }));
/** Deploys exactly what was shown: `hash` is that of the draft on the screen. */
export const approveDraft = (id: string, hash: string) =>
  read(at.drafts[":id"].approve.$post({ param: { id }, json: { hash } }));

/** The blueprint that something is made of, and what comes of it. */
export interface Blueprint {
  readonly path: string;
  readonly name: string;
  readonly description?: string;
  readonly inputs: readonly UsedInput[];
  /** Why nothing comes of it. */
  readonly problem?: string;
  readonly yaml?: string;
  readonly reading?: ReadBack | BlueprintUse;
}
export const readBlueprint = (of: OnTrial) =>
  read<{ blueprint?: Blueprint }>(
    typed(
      "draftId" in of
        ? at.drafts[":id"].blueprint.$get({ param: { id: of.draftId } })
        : at[":entity"].blueprint.$get({ param: { entity: of.entityId } }),
    ),
  );
/** What forms give: for a blueprint's inputs and a script's fields, by name. */
export type Given = Record<string, string | number | boolean | null>;
/** `null` takes an input away: its default holds again. */
export const setInputs = (id: string, inputs: Given) =>
  read<Draft>(typed(at.drafts[":id"].inputs.$post({ param: { id }, json: { inputs } })));

export type Finding = InferResponseType<typeof at.findings.$get>["findings"][number];
/** A text, or what stands in Home Assistant. */
export interface Subject {
  readonly source?: string;
  readonly entityId?: string;
}
export type Verdict = "matched" | "annoying" | "idle" | "unasked";
export interface Deed {
  readonly at: number;
  readonly entityId: string;
  readonly to: string;
  readonly by?: string;
}
export interface BackTest {
  readonly runs: readonly {
    readonly verdict: Verdict;
    readonly run: {
      readonly at: number;
      readonly endedAt: number;
      readonly trigger: { readonly description: string };
      readonly calls: readonly { readonly action: string; readonly entityIds: readonly string[] }[];
    };
    /** What other automations, scripts and scenes did with the same entities around that time. */
    readonly machines: readonly Deed[];
  }[];
  readonly outcomes: Readonly<Record<string, number>>;
  readonly missed: readonly Deed[];
  readonly matched: number;
  readonly annoying: number;
  readonly idle: number;
  readonly unasked: number;
  readonly cannot: readonly { readonly path: string; readonly why: string }[];
}
export interface Explanation {
  readonly summary: string;
  readonly triggers: readonly { readonly words: string; readonly cannot?: string }[];
  readonly conditions: readonly { readonly holds?: boolean; readonly words: string }[];
  readonly next?: { readonly at: number };
  readonly cannot: readonly { readonly why: string }[];
}

/** Since when anything is recorded; absent while nothing is. */
export const readRecordedFrom = async () =>
  (await read(api["real-time-metrics"].$get())).database.oldestAt;

export const readFindings = () => read(at.findings.$get());
export const backTest = (json: Subject & { readonly from: number; readonly to: number }) =>
  read<BackTest>(typed(at["back-test"].$post({ json })));
export type Adjustable = InferResponseType<typeof at.adjustables.$post>["adjustables"][number];
export type Tried = InferResponseType<(typeof at)["what-if"]["$post"]>["found"][number];
type Place = (string | number)[];
export const readAdjustables = (json: Subject) => read(at.adjustables.$post({ json }));
export const whatIf = (
  json: Subject & { from: number; to: number; path: Place; values: number[] },
) => read(at["what-if"].$post({ json }));
/** The text with another value in one place. */
export const adjust = (json: Subject & { path: Place; value: number }) =>
  read(at.adjust.$post({ json }));
export type Meeting = InferResponseType<typeof at.interleaving.$post>["meetings"][number];
/** Over as many days as the option says. */
export const readInterleaving = (json: { entityIds: string[] }) =>
  read(at.interleaving.$post({ json }));
export const explainAutomation = (json: Subject & { readonly at: number }) =>
  read<Explanation>(typed(at.explain.$post({ json })));
/** A draft, or what stands in Home Assistant. */
export type OnTrial = { readonly draftId: string } | { readonly entityId: string };
export type DryRun = InferResponseType<(typeof at)[":entity"]["dry-run"]["$post"]>;
export type Tested = InferResponseType<(typeof at)[":entity"]["test"]["$post"]>;
/** With a trigger: as if that one, by its index, had fired. */
export function dryRun(of: OnTrial, { trigger, fields }: { trigger?: number; fields: Given }) {
  const asked = {
    query: trigger === undefined ? {} : { trigger: String(trigger) },
    json: { fields },
  };
  return read<DryRun>(
    "draftId" in of
      ? at.drafts[":id"]["dry-run"].$post({ param: { id: of.draftId }, ...asked })
      : at[":entity"]["dry-run"].$post({ param: { entity: of.entityId }, ...asked }),
  );
}
/** For real; everything is brought back. `confirmed`: what it touches was shown. */
export function testActions(of: OnTrial, fields: Given) {
  const json = { confirmed: true, fields };
  return read<Tested>(
    "draftId" in of
      ? at.drafts[":id"].test.$post({ param: { id: of.draftId }, json })
      : at[":entity"].test.$post({ param: { entity: of.entityId }, json }),
  );
}
/** `body`: what its blueprint becomes. */
export type ExportAs = "yaml" | "body" | { readonly inputs: readonly string[] };
export const exportAutomation = (entity: string, as: ExportAs) =>
  read(
    at[":entity"].export.$get({
      param: { entity },
      query: typeof as === "string" ? { as } : { as: "blueprint", inputs: as.inputs.join(",") },
    }),
  );
/** A draft with the condition that its overrides speak for. */
export const proposeDraft = (entity: string) =>
  read<Draft>(typed(at[":entity"].propose.$post({ param: { entity } })));
export type ReviewedRepair = InferResponseType<typeof at.repairs.$get>["repairs"][number];
export type Approved = InferResponseType<typeof at.drafts.approve.$post>["results"][number];
export const readRepairs = () => read(at.repairs.$get());
/** Drafts with what is proposed and what was chosen; nothing is deployed. */
export const draftRepairs = (
  automations: { entityId: string; choices: { from: string; to: string }[] }[],
) => read<{ drafts: Draft[] }>(typed(at.repairs.$post({ json: { automations } })));
/** Deploys drafts exactly as they were shown, and says of each what became of it. */
export const approveDrafts = (drafts: readonly Draft[]) =>
  read(at.drafts.approve.$post({ json: { drafts: drafts.map(({ id, hash }) => ({ id, hash })) } }));
/** Applies the fixes of these problems, by their place in the draft's list. */
export const fixDraft = (id: string, problems: number[]) =>
  read<Draft>(typed(at.drafts[":id"].fix.$post({ param: { id }, json: { problems } })));
