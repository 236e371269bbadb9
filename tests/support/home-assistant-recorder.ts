import { DatabaseSync } from "node:sqlite";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";

/**
 * Home Assistant's own recorder as a SQLite file: the tables and indexes that states live in, as version 53 of
 * its schema makes them (components/recorder/db_schema.py of Home Assistant 2026.11).
 */
const SCHEMA = `
CREATE TABLE state_attributes (attributes_id INTEGER NOT NULL, hash BIGINT, shared_attrs TEXT,
  PRIMARY KEY (attributes_id));
CREATE INDEX ix_state_attributes_hash ON state_attributes (hash);
CREATE TABLE states_meta (metadata_id INTEGER NOT NULL, entity_id VARCHAR(255), PRIMARY KEY (metadata_id));
CREATE UNIQUE INDEX ix_states_meta_entity_id ON states_meta (entity_id);
CREATE TABLE states (state_id INTEGER NOT NULL, entity_id CHAR(0), state VARCHAR(255), attributes CHAR(0),
  event_id SMALLINT, last_changed CHAR(0), last_changed_ts FLOAT, last_reported_ts FLOAT, last_updated CHAR(0),
  last_updated_ts FLOAT, old_state_id INTEGER, attributes_id INTEGER, context_id CHAR(0),
  context_user_id CHAR(0), context_parent_id CHAR(0), origin_idx SMALLINT, context_id_bin BLOB,
  context_user_id_bin BLOB, context_parent_id_bin BLOB, metadata_id INTEGER, PRIMARY KEY (state_id),
  FOREIGN KEY(old_state_id) REFERENCES states (state_id),
  FOREIGN KEY(attributes_id) REFERENCES state_attributes (attributes_id),
  FOREIGN KEY(metadata_id) REFERENCES states_meta (metadata_id));
CREATE INDEX ix_states_last_updated_ts ON states (last_updated_ts);
CREATE INDEX ix_states_attributes_id ON states (attributes_id);
CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts);
CREATE INDEX ix_states_context_id_bin ON states (context_id_bin);
CREATE INDEX ix_states_old_state_id ON states (old_state_id);`;

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Writes changes as the recorder does: one row each, attributes shared, contexts as 16 bytes. */
export function createRecorderFile(file: string) {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL");
  database.exec(SCHEMA);
  const insert = database.prepare(
    `insert into states (state_id, state, last_changed_ts, last_updated_ts, old_state_id, attributes_id,
     origin_idx, context_id_bin, context_user_id_bin, context_parent_id_bin, metadata_id)
     values (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
  );
  const addMeta = database.prepare("insert into states_meta (entity_id) values (?)");
  const addAttributes = database.prepare(
    "insert into state_attributes (hash, shared_attrs) values (?, ?)",
  );
  const metas = new Map<string, number>();
  const attributes = new Map<string, number>();
  const lasts = new Map<string, number>();
  let stateId = 0;

  function idOf(known: Map<string, number>, key: string, add: () => number | bigint): number {
    const before = known.get(key);
    if (before !== undefined) return before;
    const id = Number(add());
    known.set(key, id);
    return id;
  }

  function write(rows: readonly RecorderRow[]): void {
    database.exec("BEGIN");
    for (const { change, attributesJson } of rows) {
      const { entityId, at, context } = change;
      const metaId = idOf(metas, entityId, () => addMeta.run(entityId).lastInsertRowid);
      const attributesId = idOf(
        attributes,
        attributesJson,
        () => addAttributes.run(hashOf(attributesJson), attributesJson).lastInsertRowid,
      );
      stateId += 1;
      insert.run(
        stateId,
        change.newState ?? null,
        change.kind === "attributes" ? at / 1000 - (change.heldMs ?? 0) / 1000 : null,
        at / 1000,
        lasts.get(entityId) ?? null,
        attributesId,
        bytesOf(context.id),
        context.userId ? Buffer.from(context.userId, "hex") : null,
        context.parentId ? bytesOf(context.parentId) : null,
        metaId,
      );
      lasts.set(entityId, stateId);
    }
    database.exec("COMMIT");
  }

  return {
    database,
    /** In one transaction, as the recorder commits every few seconds. */
    write,
    close(): void {
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      database.close();
    },
  };
}

export interface RecorderRow {
  readonly change: StateChange;
  /** All attributes of the new state. */
  readonly attributesJson: string;
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 16777619);
  return hash >>> 0;
}

/** A ULID as its 128 bits. */
function bytesOf(id: string): Buffer {
  let bits = 0n;
  for (const letter of id) bits = bits * 32n + BigInt(Math.max(0, LETTERS.indexOf(letter)));
  return Buffer.from((bits & ((1n << 128n) - 1n)).toString(16).padStart(32, "0"), "hex");
}
