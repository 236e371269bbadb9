import type { Cause, CauseKind } from "#lib/api.ts";
import { tOf } from "#lib/i18n/translate.ts";
import type { IconName } from "./icons.ts";

interface Look {
  readonly icon: IconName;
  readonly color: string;
}

/** One look per cause, everywhere. */
export const CAUSE_LOOKS: Readonly<Record<CauseKind, Look>> = {
  person_dashboard: { icon: "person", color: "var(--cause-person)" },
  person_voice: { icon: "voice", color: "var(--cause-person)" },
  physical: { icon: "hand", color: "var(--cause-physical)" },
  automation: { icon: "automation", color: "var(--cause-automation)" },
  script: { icon: "script", color: "var(--cause-script)" },
  scene: { icon: "script", color: "var(--cause-script)" },
  integration: { icon: "device", color: "var(--cause-integration)" },
  restart_echo: { icon: "echo", color: "var(--cause-echo)" },
  unknown: { icon: "unknown", color: "var(--cause-unknown)" },
};

/** Who or what it was, by name when there is one. */
export function causeName(cause: Cause): string {
  return cause.byName && cause.kind !== "integration" ? cause.byName : tOf("cause", cause.kind);
}
