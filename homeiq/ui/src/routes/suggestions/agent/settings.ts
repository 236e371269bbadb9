import type { AgentSettings, AgentStatus, Level, ProposalKind } from "#lib/agent-api.ts";

/** The settings as a form holds them. */
export interface Typed {
  enabled: boolean;
  messages: boolean;
  isQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  defaultLevel: AgentSettings["defaultLevel"];
  domains: Readonly<Record<string, Level>>;
  areas: Readonly<Record<string, Level>>;
  recipients: readonly string[];
  limits: AgentSettings["limits"];
  undoMinutes: number;
  rulesOff: readonly ProposalKind[];
}

const USUAL_QUIET = { from: "22:00", to: "07:00" };

export function toTyped({ settings, recipients }: AgentStatus): Typed {
  const quiet = settings.quietHours ?? USUAL_QUIET;
  return {
    enabled: settings.enabled,
    messages: settings.messages,
    isQuiet: settings.quietHours !== undefined,
    quietFrom: quiet.from,
    quietTo: quiet.to,
    defaultLevel: settings.defaultLevel,
    domains: Object.fromEntries(settings.levels.domains.map((one) => [one.domain, one.level])),
    areas: Object.fromEntries(settings.levels.areas.map((one) => [one.areaId, one.level])),
    recipients: recipients.filter(({ isChosen }) => isChosen).map(({ entityId }) => entityId),
    limits: { ...settings.limits },
    undoMinutes: settings.undoMinutes,
    rulesOff: settings.rulesOff,
  };
}

/** Whoever comes to the house later gets messages too while all that are known get them. */
export function toSettings(typed: Typed, known: readonly string[]): AgentSettings {
  const areAll = known.every((entityId) => typed.recipients.includes(entityId));
  return {
    enabled: typed.enabled,
    messages: typed.messages,
    defaultLevel: typed.defaultLevel,
    levels: {
      domains: Object.entries(typed.domains).map(([domain, level]) => ({ domain, level })),
      areas: Object.entries(typed.areas).map(([areaId, level]) => ({ areaId, level })),
    },
    limits: typed.limits,
    undoMinutes: typed.undoMinutes,
    rulesOff: [...typed.rulesOff],
    ...(typed.isQuiet ? { quietHours: { from: typed.quietFrom, to: typed.quietTo } } : {}),
    ...(areAll ? {} : { recipients: [...typed.recipients] }),
  };
}
