/** Runs deliveries one after the other, also those that a delivery itself asks for. */
export type Announce = (deliver: () => void) => void;

/**
 * One line for state changes and events together.
 *
 * Who reacts to a change by making another must not be heard before the change itself is.
 */
export function createAnnouncer(): Announce {
  const line: (() => void)[] = [];
  let busy = false;
  return (deliver) => {
    line.push(deliver);
    if (busy) return;
    busy = true;
    try {
      for (let next = line.shift(); next !== undefined; next = line.shift()) next();
    } finally {
      busy = false;
    }
  };
}
