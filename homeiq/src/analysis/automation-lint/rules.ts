import {
  allOff,
  alwaysTrue,
  motionLightStaysOn,
  nameless,
  notifyWithoutTarget,
  secretInText,
  undescribed,
} from "./actions.ts";
import { heatingWithOpenWindow, oppositeActions, sceneAgainstAutomation } from "./conflicts.ts";
import {
  conditionsNeverPass,
  cutOffByMode,
  disabledForLong,
  neverFired,
  unavailableAutomation,
} from "./life.ts";
import { mutualTriggering, selfTrigger } from "./loops.ts";
import { duplicate, overlapping } from "./pairs.ts";
import {
  deadReference,
  disabledTarget,
  hardCodedDevice,
  unavailableTargets,
} from "./references.ts";
import {
  delayInsteadOfFor,
  longFor,
  lostOnRestart,
  singleWithWait,
  waitWithoutTimeout,
} from "./restart.ts";
import type { Rule } from "./rule.ts";
import { dataTemplate, entityInData, oldKeys, oldLightFields } from "./syntax.ts";
import {
  attributeNoise,
  deviceTrigger,
  noHysteresis,
  polling,
  templateForState,
  unusedTriggerId,
} from "./triggers.ts";

/** Every rule, the gravest kinds first. */
export const RULES: readonly Rule[] = [
  deadReference,
  unavailableAutomation,
  mutualTriggering,
  selfTrigger,
  oppositeActions,
  sceneAgainstAutomation,
  unavailableTargets,
  disabledTarget,
  cutOffByMode,
  conditionsNeverPass,
  duplicate,
  overlapping,
  lostOnRestart,
  longFor,
  delayInsteadOfFor,
  waitWithoutTimeout,
  singleWithWait,
  motionLightStaysOn,
  heatingWithOpenWindow,
  allOff,
  secretInText,
  notifyWithoutTarget,
  attributeNoise,
  polling,
  noHysteresis,
  templateForState,
  unusedTriggerId,
  deviceTrigger,
  hardCodedDevice,
  oldLightFields,
  oldKeys,
  dataTemplate,
  entityInData,
  alwaysTrue,
  neverFired,
  disabledForLong,
  nameless,
  undescribed,
];
