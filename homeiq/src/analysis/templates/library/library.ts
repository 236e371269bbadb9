import type { AutomationTemplate } from "../template.ts";
import { AIR } from "./air.ts";
import { APPLIANCES } from "./appliances.ts";
import { COVERS } from "./covers.ts";
import { ENERGY } from "./energy.ts";
import { HEATING } from "./heating.ts";
import { LIGHTING } from "./lighting.ts";
import { MEDIA } from "./media.ts";
import { MOTION_LIGHTS } from "./motion-lights.ts";
import { PRESENCE } from "./presence.ts";
import { SAFETY } from "./safety.ts";
import { SECURITY } from "./security.ts";
import { UPKEEP } from "./upkeep.ts";

/** All templates, in the order in which they are proposed. */
export const LIBRARY: readonly AutomationTemplate[] = [
  ...SAFETY,
  ...MOTION_LIGHTS,
  ...HEATING,
  ...PRESENCE,
  ...APPLIANCES,
  ...SECURITY,
  ...LIGHTING,
  ...AIR,
  ...COVERS,
  ...ENERGY,
  ...MEDIA,
  ...UPKEEP,
];
