import { TOPICS } from "#enrichment/provider.ts";
import type { Db, Write } from "#store/database.ts";
import { type Counters, providerAnswer } from "./refresh.table.ts";

export interface KeptAnswer {
  readonly name: string;
  readonly topic: (typeof TOPICS)[number];
  readonly maxAgeMs: number;
  /** Absent as long as there was none. */
  readonly answer?: { readonly at: number; readonly facts: unknown };
  readonly counters: Counters;
}

const UPSERT = `insert into provider_answer (name, topic, at, max_age_ms, body, counters) values (?, ?, ?, ?, ?, ?)
  on conflict (name) do update set topic = excluded.topic, at = excluded.at, max_age_ms = excluded.max_age_ms,
    body = excluded.body, counters = excluded.counters`;

/** All that is kept. An answer that cannot be read is as good as none. */
export function readAnswers(db: Db): KeptAnswer[] {
  return db
    .select()
    .from(providerAnswer)
    .all()
    .flatMap(({ name, topic, maxAgeMs, at, body, counters }) => {
      const known = TOPICS.find((one) => one === topic);
      if (!known) return []; // of a version that knew more
      const facts = body === null ? undefined : parse(body);
      const answer = at === null || facts === undefined ? {} : { answer: { at, facts } };
      return [{ name, topic: known, maxAgeMs, counters, ...answer }];
    });
}

export const toWrite = ({ name, topic, maxAgeMs, answer, counters }: KeptAnswer): Write => ({
  sql: UPSERT,
  rows: [
    [
      name,
      topic,
      answer?.at ?? null,
      maxAgeMs,
      answer ? JSON.stringify(answer.facts) : null,
      JSON.stringify(counters),
    ],
  ],
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // asked again within seconds
  }
}
