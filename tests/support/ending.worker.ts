import { serveThread } from "#src/store/serve-thread.ts";

function hang(): never {
  for (;;);
}

/** A thread that ends when it is told to, as one does that has too little memory; or never, as one with a bug. */
serveThread({ say: (word: string) => word, end: () => process.exit(1), hang }, () => undefined);
