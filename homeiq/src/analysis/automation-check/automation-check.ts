export type { Candidate } from "./candidates.ts";
export type { Place } from "./places.ts";
export {
  type Repair,
  type RepairOptions,
  type ReviewedRepair,
  repair,
  repairAll,
  type StoredConfiguration,
} from "./repair.ts";
