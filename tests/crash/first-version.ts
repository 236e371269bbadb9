import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";

const MIGRATIONS = new URL("../../homeiq/src/store/migrations/", import.meta.url);

/** A row of `state_change`, as far as a household sees it. */
export interface OldChange {
  readonly entityId: string;
  readonly at: number;
  readonly kind: "state" | "attributes";
  readonly newState: string;
  readonly changedAttributes: string | null;
}

/** A database as version 0.1.0 left it: the first migration, and a row per change. */
export function makeFirstVersion(file: string, changes: readonly OldChange[]): void {
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = WAL; begin");
  database.exec(read("0000_first.sql"));
  const [first] = JSON.parse(read("meta/_journal.json")).entries;
  database.exec(
    `create table __drizzle_migrations (id serial primary key, hash text not null, created_at numeric);
     insert into __drizzle_migrations (hash, created_at) values ('first', ${first.when})`,
  );
  const keys = new Map<string, number>();
  const addEntity = database.prepare(
    `insert into recorded_entity (key, entity_id, name, domain, category, first_seen_at)
     values (?, ?, ?, 'sensor', 'diagnostic', ?)`,
  );
  const addChange = database.prepare(
    `insert into state_change (entity_key, at, kind, old_state, new_state, value, held_ms, context_id,
     changed_attributes, cause, cause_confidence) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'integration', 0.95)`,
  );
  const states = new Map<string, string>();
  changes.forEach(({ entityId, at, kind, newState, changedAttributes }, n) => {
    let key = keys.get(entityId);
    if (key === undefined) {
      key = keys.size + 1;
      keys.set(entityId, key);
      addEntity.run(key, entityId, entityId, at);
    }
    const [old, value] = [states.get(entityId) ?? null, Number(newState)];
    states.set(entityId, newState);
    addChange.run(key, at, kind, old, newState, value, null, `old-${n}`, changedAttributes);
  });
  database.exec("commit");
  database.close();
}

const read = (name: string) => readFileSync(fileURLToPath(new URL(name, MIGRATIONS)), "utf8");
