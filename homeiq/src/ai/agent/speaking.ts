import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { type Acting, reasonOf } from "./acting.ts";
import type { Doing } from "./doing/doing.ts";
import type { AgentLog } from "./log/log.ts";
import type { Notify, Pressed } from "./notify/notify.ts";
import type { KeptProposal, Proposals } from "./proposals/proposals.ts";
import type { Say } from "./say.ts";
import type { Teller, Telling } from "./telling.ts";

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly agentLog: Pick<AgentLog, "list">;
  readonly proposals: Proposals;
  readonly doing: Pick<Doing, "of">;
  readonly acting: Acting;
  readonly teller: Teller;
  readonly notify: Pick<Notify, "read">;
  readonly say: () => Say;
}

const MOST_OPEN = 100;
const STILL_NEWS_MS = 24 * HOUR_MS;

/** Says what is open and what was done, and hears the buttons that people press. */
export function createSpeaking(deps: Deps) {
  const { clock, log, proposals, doing, acting, teller, notify } = deps;

  function toQuestion(kept: KeptProposal): Telling {
    const { id, kind, title, text, isSafety, expiresAt, offer } = kept;
    const say = deps.say();
    const button = (answer: "do" | "not_now" | "never", label: string) => ({
      ...{ answer, title: label, about: id },
    });
    return {
      ...{ about: id, kind, title, text, isSafety, expiresAt, ids: { proposalId: id } },
      buttons: [
        ...(offer
          ? [button("do", offer.label), button("not_now", say.say("agent.button.not_now"))]
          : []),
        button("never", say.say("agent.button.never")),
      ],
    };
  }

  /** What was done by itself, or by a button, with what takes it back. */
  function toReport({ id, kind, title, isSafety, status }: KeptProposal): Telling {
    const say = deps.say();
    const done = doing.of([id]);
    const undoUntil = Math.max(...done.map((one) => one.undoUntil));
    const canUndo = done.some(({ undo }) => undo === "possible");
    const act = acting.sayDone(id);
    const about = { about: `done-${id}`, kind, isSafety, ids: { proposalId: id } };
    if (status === "failed" || done.some(({ outcome }) => outcome === "unconfirmed")) {
      const [last] = deps.agentLog.list({ limit: 1, proposalId: id, events: ["action"] }).entries;
      return {
        ...{ ...about, buttons: [], expiresAt: undoUntil, text: last?.text ?? title },
        title: say.say("agent.failed.title"),
      };
    }
    return {
      ...{ ...about, expiresAt: undoUntil, title: say.say("agent.done.title", { title }) },
      text: canUndo
        ? say.say("agent.done", { act: capital(act), time: say.time(undoUntil, clock.now()) })
        : say.say("agent.done.plain", { act: capital(act) }),
      buttons: canUndo ? [{ answer: "undo", title: say.say("agent.button.undo"), about: id }] : [],
    };
  }

  async function tellOpen(): Promise<void> {
    for (const kept of proposals.list({ statuses: ["open"], limit: MOST_OPEN })) {
      if (kept.outcome === "ask" || kept.outcome === "notify") await teller.tell(toQuestion(kept));
    }
    const since = clock.now() - STILL_NEWS_MS;
    for (const kept of proposals.list({ statuses: ["done", "failed"], limit: MOST_OPEN })) {
      const isOwn = kept.outcome === "do_with_undo" && kept.at >= since;
      if (isOwn) await teller.tell(toReport(kept));
    }
  }

  async function answer({ answer: given, about, recipient }: Pressed): Promise<void> {
    const by = teller.byOf(recipient);
    if (given === "undo") {
      await acting.undoAll(about, by);
      const say = deps.say();
      await reply(recipient, `undone-${about}`, [
        say.say("agent.undone.title"),
        say.say("agent.undone"),
      ]);
      return;
    }
    const answered = await acting.answer(about, given, by);
    await teller.clear(about);
    if (given === "do" && answered.offer) await teller.reply(recipient, toReport(answered));
  }

  const reply = (recipient: string, about: string, [title = "", text = ""]: readonly string[]) =>
    teller.reply(recipient, { about, title, text, expiresAt: clock.now() });

  /** Nobody who pressed a button is left without a word. */
  async function sayWhyNot({ answer: given, about, recipient }: Pressed, error: unknown) {
    const say = deps.say();
    const { code, message } = toAppError(error);
    if (given === "undo") {
      const text = say.say("agent.undo_refused", { reason: reasonOf(error, say) });
      return reply(recipient, `undone-${about}`, [say.say("agent.undo_refused.title"), text]);
    }
    const texts: Readonly<Record<string, string>> = {
      "agent.expired": say.say("agent.late"),
      "agent.already_answered": say.say("agent.answered"),
    };
    const title = proposals.find(about)?.title ?? say.say("agent.failed.title");
    return reply(recipient, about, [title, texts[code] ?? message]);
  }

  return {
    tellOpen,
    async onPressed(event: unknown): Promise<void> {
      let pressed: Pressed | undefined;
      try {
        pressed = notify.read(event);
        if (!pressed) return;
        if (pressed.expiresAt <= clock.now()) {
          throw new AppError("conflict", "agent.expired", "It is too late for it now");
        }
        await answer(pressed);
      } catch (error) {
        log.info({ err: toAppError(error) }, "A button could not be followed");
        if (pressed) await sayWhyNot(pressed, error);
      }
    },
  };
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
