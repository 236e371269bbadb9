import { join } from "node:path";

/** Where data that is not ours lies, on machines that have it: beside the project, or where it is said to be. */
export const dataFolder =
  process.env.HOMEIQ_DATA_FOLDER ?? join(import.meta.dirname, "../../../shared/data");
