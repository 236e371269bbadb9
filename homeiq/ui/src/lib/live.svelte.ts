import { getContext, setContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import {
  api,
  type Connection,
  type HomeEvent,
  type House,
  type LiveMessage,
  liveUrl,
  type Metrics,
  read,
  type Session,
} from "./api.ts";
import { createFormat } from "./format.ts";

const MOST_EVENTS = 60;
const ANY = ""; // of what is not known which automations it is about
const SILENT_MS = 45_000; // the server says something at least every 20 s
const LONGEST_WAIT_MS = 30_000;

/** The house now: one live connection per tab, held in runes. */
export class LiveHouse {
  house = $state.raw<House>();
  connection = $state.raw<Connection>();
  metrics = $state.raw<Metrics>();
  session = $state.raw<Session>();
  /** Newest first. */
  events = $state.raw<readonly HomeEvent[]>([]);
  streaming = $state(false);
  everStreamed = $state(false);
  format = $derived(createFormat(this.session?.house.timeZone ?? "UTC"));

  /** Counts what became of automations, scripts and scenes; who reads it is told of the next. */
  automationChanges = $state(0);
  readonly #changesOf = new SvelteMap<string, number>();

  #socket: WebSocket | undefined;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #waiting: HomeEvent[] = [];
  #frame: number | undefined;

  /** The same of one, and of what is not known of which. */
  changesOf(entityId: string): number {
    return (this.#changesOf.get(entityId) ?? 0) + (this.#changesOf.get(ANY) ?? 0);
  }

  /** Opens the stream; the answer ends it. */
  start(): () => void {
    this.#open();
    void this.#readNow();
    const wake = () => {
      if (document.visibilityState === "visible" && !this.streaming) this.#open();
    };
    const events = ["online", "pageshow", "focus"] as const;
    for (const name of events) addEventListener(name, wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      for (const name of events) removeEventListener(name, wake);
      document.removeEventListener("visibilitychange", wake);
      clearTimeout(this.#retry);
      clearTimeout(this.#silence);
      this.#socket?.close();
      this.#socket = undefined;
    };
  }

  /** What the stream would tell a moment later, and what only a question tells. */
  async #readNow(): Promise<void> {
    const query = { limit: String(MOST_EVENTS), kind: "state,availability" };
    await Promise.allSettled([
      read(api.session.$get()).then((session) => {
        this.session = session;
      }),
      read(api.house.$get()).then((house) => {
        if (!this.house?.ready) this.house = house; // the stream may have been faster
      }),
      read(api.events.$get({ query })).then(({ events }) => this.#show(events)),
    ]); // the stream tells when the server is away, and this is read again when it is back
  }

  #open(): void {
    clearTimeout(this.#retry);
    this.#socket?.close();
    const socket = new WebSocket(liveUrl());
    this.#socket = socket;
    socket.addEventListener("open", () => {
      if (this.#tries > 0) {
        void this.#readNow();
        this.#countAutomations([]);
      }
      this.#tries = 0;
      this.streaming = true;
      this.everStreamed = true;
      this.#listen(socket);
    });
    socket.addEventListener("message", ({ data }) => {
      this.#listen(socket);
      this.#take(JSON.parse(String(data)) as LiveMessage);
    });
    socket.addEventListener("close", () => {
      if (this.#socket !== socket) return;
      this.streaming = false;
      this.#tries += 1;
      const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#tries);
      this.#retry = setTimeout(() => this.#open(), wait * (0.8 + 0.4 * Math.random()));
    });
  }

  #listen(socket: WebSocket): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => socket.close(), SILENT_MS);
  }

  #take(message: LiveMessage): void {
    if (message.type === "house") this.house = message.house as House;
    if (message.type === "connection") {
      const cameUp =
        message.connection.status === "connected" && this.session && !this.session.house.haVersion;
      this.connection = message.connection;
      if (cameUp) void this.#readNow();
    }
    if (message.type === "metrics") this.metrics = message.metrics as Metrics;
    if (message.type === "automations") this.#countAutomations(message.entityIds);
    if (message.type !== "changes") return;
    this.#waiting.push(...(message.changes as HomeEvent[]));
    // One paint per frame, however fast the house is.
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#show(this.#waiting);
      this.#waiting = [];
    });
  }

  #countAutomations(entityIds: readonly string[]): void {
    this.automationChanges += 1;
    for (const id of entityIds.length > 0 ? entityIds : [ANY]) {
      this.#changesOf.set(id, (this.#changesOf.get(id) ?? 0) + 1);
    }
  }

  #show(events: readonly HomeEvent[]): void {
    const wanted = events.filter(({ kind }) => kind === "state" || kind === "availability");
    const byId = new Map([...wanted, ...this.events].map((one) => [one.id, one]));
    this.events = [...byId.values()].sort((one, other) => other.id - one.id).slice(0, MOST_EVENTS);
  }
}

const KEY = Symbol("live house");
export const provideLive = (live: LiveHouse) => setContext(KEY, live);
export const useLive = () => getContext<LiveHouse>(KEY);
