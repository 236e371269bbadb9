/** What goes wrong at the moment, by order of a test. */
export interface Troubles {
  refuseToken: boolean;
  /** Home Assistant is down: connections are cut, the Supervisor's proxy answers 502. */
  down: boolean;
  /** Nothing is answered. */
  stalled: boolean;
  /** How long a new connection waits before it is greeted. */
  slowAcceptMs: number;
  /** Commands, or prefixes that end in `/`, that this Home Assistant does not know. */
  readonly unknownCommands: Set<string>;
  /** So many requests to the configuration API get 502; `late`: after they were carried out. */
  badGateway: { left: number; late: boolean };
  /** After a configuration was stored nothing is loaded, until somebody calls the reload. */
  losesReloads: boolean;
  /** Every write of a configuration is refused with these words. */
  refusesWrites: string | undefined;
}

export function noTroubles(): Troubles {
  return {
    refuseToken: false,
    down: false,
    stalled: false,
    slowAcceptMs: 0,
    unknownCommands: new Set(),
    badGateway: { left: 0, late: false },
    losesReloads: false,
    refusesWrites: undefined,
  };
}

export function isUnknown(troubles: Troubles, type: string): boolean {
  if (troubles.unknownCommands.has(type)) return true;
  const slash = type.indexOf("/");
  return slash > 0 && troubles.unknownCommands.has(type.slice(0, slash + 1));
}
