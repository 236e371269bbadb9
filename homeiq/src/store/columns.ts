import { integer, text } from "drizzle-orm/sqlite-core";

/** A moment: milliseconds since the epoch, UTC. */
export const moment = (name: string) => integer(name);

/** A JSON document, stored as text. */
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();

/** Yes or no, stored as 0 or 1. */
export const flag = (name: string) => integer(name, { mode: "boolean" });
