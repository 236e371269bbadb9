import { serveThread } from "#src/store/serve-thread.ts";

/** A thread that ends when it is told to, as one does that has too little memory. */
serveThread({ say: (word: string) => word, end: () => process.exit(1) }, () => undefined);
