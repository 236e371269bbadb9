import { randomBytes } from "node:crypto";
import { and, eq, gte, lte } from "drizzle-orm";
import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Db } from "#store/database.ts";
import { countRows } from "../count-rows.ts";
import { agentButton, agentMessage } from "./notify.table.ts";
import type { Recipient } from "./recipients.ts";

export { findRecipients, type Recipient } from "./recipients.ts";

/** What a button of a message stands for. */
export interface Pressed {
  readonly answer: ButtonAnswer;
  /** A proposal, or with `undo` an action. */
  readonly about: string;
  readonly recipient: string;
  readonly expiresAt: number;
}
export type ButtonAnswer = "do" | "not_now" | "never" | "undo";

export interface Message {
  /** Of what it is about; a later one of the same replaces it on the phone. */
  readonly about: string;
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly {
    readonly answer: ButtonAnswer;
    readonly title: string;
    readonly about: string;
  }[];
  readonly expiresAt: number;
  readonly isSafety?: boolean;
}

export interface Told {
  readonly outcome: "sent" | "failed";
  readonly failure?: string;
}

export interface Notify {
  /** To all phones of one person; without one onto Home Assistant's bell. Never throws. */
  tell(recipient: Recipient, message: Message): Promise<Told>;
  /** Takes it from the phones, without a sound. Never throws. */
  clear(recipient: Recipient, about: string): Promise<void>;
  /** What an event `mobile_app_notification_action` says; `undefined` for buttons that are not ours. */
  read(event: unknown): Pressed | undefined;
  wasTold(about: string, recipient: string): boolean;
  countSince(recipient: string, since: number): number;
  /** Removes buttons and messages that are older. */
  forget(before: number): void;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly call: (service: string, data: Readonly<Record<string, unknown>>) => Promise<void>;
}

const PREFIX = "HOMEIQ_";
const MOST_TRIES = 3;
/** The connection ended between the question and the answer. */
const CUT_OFF = new Set(["connection.lost", "connection.timeout"]);
const WireAction = z.object({ data: z.object({ action: z.string().max(200) }) });

/** Messages with buttons, by Home Assistant's app. Source: https://companion.home-assistant.io/docs/notifications/actionable-notifications */
export function createNotify({ db, clock, call }: Deps): Notify {
  /** Random, so that nobody who has not seen the message can answer it. */
  function makeButtons({ buttons, expiresAt }: Message, recipient: string) {
    return buttons.map(({ answer, title, about }) => {
      const id = PREFIX + randomBytes(18).toString("base64url");
      db.insert(agentButton).values({ id, answer, about, recipient, expiresAt }).run();
      return { action: id, title };
    });
  }

  async function send(recipient: Recipient, message: Message): Promise<void> {
    const { about, title, text } = message;
    if (recipient.phones.length === 0) {
      await call("persistent_notification.create", {
        ...{ title, message: text, notification_id: bellId(about) },
      });
      return;
    }
    const actions = makeButtons(message, recipient.id);
    const data = { tag: tagOf(about), ...(actions.length > 0 ? { actions } : {}) };
    const sent = await Promise.allSettled(
      recipient.phones.map((phone) => call(phone, { title, message: text, data })),
    );
    const failed = sent.find((one) => one.status === "rejected");
    if (sent.every((one) => one.status === "rejected")) throw failed?.reason;
  }

  return {
    async tell(recipient, message) {
      const row = { about: message.about, recipient: recipient.id, at: clock.now(), isSent: true };
      const { id } = db.insert(agentMessage).values(row).returning({ id: agentMessage.id }).get();
      try {
        await send(recipient, message);
        return { outcome: "sent" };
      } catch (error) {
        const failure = toAppError(error);
        // It may have come through: a warning twice is better than none, any other message is not.
        const mayBeSent = CUT_OFF.has(failure.code) && !message.isSafety;
        db.update(agentMessage).set({ isSent: mayBeSent }).where(eq(agentMessage.id, id)).run();
        return { outcome: "failed", failure: failure.message };
      }
    },
    async clear({ phones }, about) {
      const calls =
        phones.length === 0
          ? [call("persistent_notification.dismiss", { notification_id: bellId(about) })]
          : phones.map((phone) =>
              call(phone, { message: "clear_notification", data: { tag: tagOf(about) } }),
            );
      await Promise.allSettled(calls); // what stays on a phone is out of date, not wrong: its buttons say so
    },
    read(event) {
      const { data } = WireAction.safeParse(event);
      const id = data?.data.action ?? "";
      if (!id.startsWith(PREFIX)) return undefined;
      const row = db.select().from(agentButton).where(eq(agentButton.id, id)).get();
      if (!row) throw new AppError("not_found", "agent.no_button", "No such button is known");
      const { answer, about, recipient, expiresAt } = row;
      return { answer: answer as ButtonAnswer, about, recipient, expiresAt }; // written by this file only
    },
    wasTold(about, recipient) {
      const told = and(eq(agentMessage.about, about), eq(agentMessage.recipient, recipient));
      const isSent = countRows(db, agentMessage, and(told, eq(agentMessage.isSent, true))) > 0;
      return isSent || countRows(db, agentMessage, told) >= MOST_TRIES;
    },
    countSince: (recipient, since) =>
      countRows(
        db,
        agentMessage,
        and(
          eq(agentMessage.recipient, recipient),
          gte(agentMessage.at, since),
          eq(agentMessage.isSent, true),
        ),
      ),
    forget(before) {
      db.delete(agentButton).where(lte(agentButton.expiresAt, before)).run();
      db.delete(agentMessage).where(lte(agentMessage.at, before)).run();
    },
  };
}

const tagOf = (about: string) => `homeiq-${about}`;
const bellId = (about: string) => `homeiq_${about.replace(/[^\w]/g, "_")}`;
