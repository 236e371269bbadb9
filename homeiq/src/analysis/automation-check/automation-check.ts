export { expand } from "./blueprint-use.ts";
export type { Candidate } from "./candidates.ts";
export { type Checked, type CheckOptions, check } from "./check.ts";
export { whyNever as excludes } from "./contradictions.ts";
export { COSTS, type Cost, costOf } from "./cost.ts";
export type { Part, PartVerdicts, ValidateConfig } from "./home-assistant.ts";
export { isOn, type Nodes, nodesOf } from "./nodes.ts";
export { type Place, placesOf, replaceAt } from "./places.ts";
export { findDeadReferences } from "./references.ts";
export {
  type Choice,
  choose,
  type Repair,
  type RepairOptions,
  type ReviewedRepair,
  repair,
  repairAll,
  type StoredConfiguration,
} from "./repair.ts";
export { type Numeric, numericOf, statesOf } from "./states.ts";
export { entitiesOf, LEVELS, type Level, msOf, targetOf } from "./subject.ts";
