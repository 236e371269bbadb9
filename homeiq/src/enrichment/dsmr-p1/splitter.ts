const MOST_CHARACTERS = 16 * 1024; // the longest telegrams, with thirteen monthly peaks, have 3 KB
const HEADER = /\/[A-Za-z]{3}\d/g; // IEC 62056-21: three letters of the maker, one digit for the speed
const END = /\n!([0-9A-Fa-f]{4})?\r?\n/;

/** Cuts what arrives in any pieces into telegrams. */
export interface Splitter {
  push(bytes: Uint8Array): void;
}

/**
 * Calls back with each text that looks like a telegram; whether it is one, its reader says. What comes before a `/`
 * is dropped, and what never ends too, so that it holds 16 KB at most.
 */
export function createSplitter(onTelegram: (text: string) => void): Splitter {
  let waiting = "";

  function takeWhole(): void {
    for (let end = END.exec(waiting); end; end = END.exec(waiting)) {
      const length = end.index + end[0].length;
      const text = waiting.slice(0, length);
      waiting = waiting.slice(length);
      const start = [...text.matchAll(HEADER)].at(-1)?.index; // an earlier one was cut off by this
      if (start !== undefined) onTelegram(text.slice(start));
    }
  }

  return {
    push(bytes) {
      for (let from = 0; from < bytes.length; from += MOST_CHARACTERS) {
        waiting += Buffer.from(bytes.subarray(from, from + MOST_CHARACTERS)).toString("latin1");
        takeWhole();
        const start = waiting.indexOf("/");
        waiting = start < 0 ? "" : waiting.slice(start);
        if (waiting.length > MOST_CHARACTERS) {
          const next = waiting.lastIndexOf("/");
          waiting = next > 0 && waiting.length - next <= MOST_CHARACTERS ? waiting.slice(next) : "";
        }
      }
    },
  };
}
