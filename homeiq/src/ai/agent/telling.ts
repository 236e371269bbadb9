import type { Person } from "#ai/automations/automations.ts";
import { HOMEIQ } from "#ai/automations/automations.ts";
import type { Clock } from "#foundation/clock.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { AgentLog } from "./log/log.ts";
import type { Message, Notify, Recipient } from "./notify/notify.ts";
import { type MayTell, mayTell } from "./policy/policy.ts";
import type { Say } from "./say.ts";
import type { AgentSettings, ProposalKind } from "./settings/settings.ts";

/** Who is told of what: some things help only who is there. */
const AUDIENCES: Readonly<Record<ProposalKind, "home" | "home_or_all" | "all">> = {
  safety_alarm: "all",
  rain_windows_open: "home_or_all",
  open_at_night: "home_or_all",
  left_on_nobody_home: "all",
  away_left_on: "all",
  freezing_night: "home_or_all",
  laundry_done: "home",
  game_starts: "all",
  cheap_hours: "home_or_all",
  battery_before_trip: "all",
  battery_low: "all",
  suggestions_ready: "all",
};

/** A message and what it is about. */
export interface Telling extends Message {
  readonly kind?: ProposalKind;
  readonly isSafety: boolean;
  /** For the log. */
  readonly ids: { readonly proposalId?: string; readonly taskId?: string };
  /** A person asked for it: then it comes also in quiet hours, and counts towards no limit. */
  readonly isAsked?: boolean;
}

interface Deps {
  readonly clock: Clock;
  readonly notify: Notify;
  readonly log: AgentLog;
  readonly settings: () => AgentSettings;
  readonly timeZone: () => string;
  readonly recipients: () => readonly Recipient[];
  readonly say: () => Say;
}

export interface Teller {
  /** To each whom it concerns, once; `held` while quiet hours or a limit keep it back from somebody. */
  tell(telling: Telling): Promise<"told" | "held" | "app_only">;
  /** Straight back to who pressed a button. */
  reply(recipientId: string, message: Omit<Message, "buttons"> & Partial<Message>): Promise<void>;
  /** Takes it from everybody's phone. */
  clear(about: string): Promise<void>;
  byOf(recipientId: string): Person;
}

const NOBODY: Recipient = { id: "bell", name: "Home Assistant", phones: [], isHome: true };

/** Tells people, as far as the policy lets it. */
export function createTeller(deps: Deps): Teller {
  const { clock, notify, log } = deps;

  function chosen(): readonly Recipient[] {
    const wanted = deps.settings().recipients;
    const all = deps.recipients().filter(({ id }) => !wanted || wanted.includes(id));
    const reachable = all.filter(({ phones }) => phones.length > 0);
    return reachable.length > 0 ? reachable : [NOBODY];
  }

  function audienceOf(kind: ProposalKind | undefined): readonly Recipient[] {
    const all = chosen();
    const audience = kind === undefined ? "all" : AUDIENCES[kind];
    if (audience === "all") return all;
    const home = all.filter(({ isHome }) => isHome);
    return home.length === 0 && audience === "home_or_all" ? all : home;
  }

  const mayBeTold = ({ id }: Recipient, telling: Telling): MayTell => {
    const settings = deps.settings();
    const now = clock.now();
    if (telling.isAsked && settings.messages) return { outcome: "send", rule: "free" };
    return mayTell(telling, {
      ...{ settings, now, timeZone: deps.timeZone() },
      sentLastHour: notify.countSince(id, now - HOUR_MS),
      sentLastDay: notify.countSince(id, now - DAY_MS),
    });
  };

  /** Once for each reason: it is asked again each minute. */
  function noteNotSent({ rule, outcome }: MayTell, telling: Telling): void {
    if (rule === "free" || rule === "safety_passes") return;
    const { proposalId } = telling.ids;
    const before =
      proposalId === undefined
        ? []
        : log.list({ limit: 50, proposalId, events: ["message"] }).entries;
    if (before.some((entry) => entry.rule === rule)) return;
    log.note({
      ...{ event: "message", by: HOMEIQ, outcome: outcome === "hold" ? "held" : "shown", rule },
      text: deps.say().say(`agent.message.${rule}`),
      ...telling.ids,
      ...(telling.kind ? { kind: telling.kind } : {}),
    });
  }

  async function send(recipient: Recipient, telling: Telling): Promise<boolean> {
    const { outcome, failure } = await notify.tell(recipient, telling);
    const { name } = recipient;
    log.note({
      ...{ event: "message", by: HOMEIQ, outcome: outcome === "sent" ? "told" : "failed" },
      text:
        outcome === "sent"
          ? deps.say().say("agent.message.sent", { name })
          : deps.say().say("agent.message.failed", { name, reason: failure ?? "" }),
      ...telling.ids,
      ...(telling.kind ? { kind: telling.kind } : {}),
    });
    return outcome === "sent";
  }

  const find = (id: string) => [NOBODY, ...deps.recipients()].find((one) => one.id === id);

  return {
    async tell(telling) {
      let result: "told" | "held" | "app_only" = "told";
      for (const recipient of audienceOf(telling.kind)) {
        if (notify.wasTold(telling.about, recipient.id)) continue;
        const may = mayBeTold(recipient, telling);
        if (may.outcome === "send") {
          if (!(await send(recipient, telling))) result = "held";
          continue;
        }
        noteNotSent(may, telling);
        result = may.outcome === "hold" ? "held" : "app_only";
      }
      return result;
    },
    async reply(recipientId, message) {
      const recipient = find(recipientId);
      if (recipient) await notify.tell(recipient, { buttons: [], ...message });
    },
    async clear(about) {
      for (const recipient of chosen()) {
        if (notify.wasTold(about, recipient.id)) await notify.clear(recipient, about);
      }
    },
    byOf: (recipientId) => ({ name: find(recipientId)?.name ?? recipientId }),
  };
}
