import type { Condition } from "./condition.ts";
import type { Fields } from "./fields.ts";
import type { Reading } from "./reading.ts";
import type { Trigger, TriggerCommon } from "./trigger.ts";
import type { Common } from "./value.ts";

/** Reads the fields of one kind of trigger; what all have is handed in. */
export type ReadTrigger = (r: Reading, fields: Fields, common: TriggerCommon) => Trigger;

/** The same of a condition. */
export type ReadCondition = (r: Reading, fields: Fields, common: Common) => Condition;
