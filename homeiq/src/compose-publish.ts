import type { FactsByTopic, OutsideTopic } from "#enrichment/provider.ts";
import { type PublishOptions, toChosenValues } from "#enrichment/publish/publish.options.ts";
import {
  type BrokerLink,
  findBroker,
  type PublishedValues,
  readPublished,
  startBrokerLink,
  toChosenBroker,
} from "#enrichment/publish/publish.ts";
import type { Latest } from "#enrichment/refresh/refresh.ts";
import { type Clock, onEachMinute } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { Topic } from "#foundation/topic.ts";
import type { Endpoint } from "#home/connection/connection.ts";

const SUPERVISOR_URL = "http://supervisor";
const SHOWN_TOPICS: ReadonlySet<OutsideTopic> = new Set(["price", "carbon", "air", "sports"]);
const HOURS = 2; // about what a dishwasher or a washing machine takes

/** The household's MQTT broker: that of the options, else the one that Home Assistant's apps share. */
export function joinBroker({
  clock,
  log,
  version,
  options,
  endpoint,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly options: PublishOptions;
  readonly endpoint: Endpoint | undefined;
}): BrokerLink {
  const chosen = toChosenValues(options);
  return startBrokerLink({
    ...{ clock, log, version, chosen },
    async find(signal) {
      const own = toChosenBroker(options);
      if (own || !endpoint?.viaSupervisor) return own;
      return findBroker({ url: SUPERVISOR_URL, token: endpoint.token }, signal);
    },
  });
}

/** Shows what is true outside in Home Assistant, as it changes. */
export function composePublish({
  clock,
  options,
  broker,
  changed,
  latest,
  homeExpected,
}: {
  readonly clock: Clock;
  readonly options: PublishOptions;
  readonly broker: BrokerLink;
  readonly changed: Topic<OutsideTopic>;
  readonly latest: <T extends OutsideTopic>(topic: T) => Latest<FactsByTopic[T]> | undefined;
  /** How likely somebody is at home in this hour, 0 to 1. */
  readonly homeExpected: () => number | undefined;
}): Disposable & { alsoShow(read: () => PublishedValues): void } {
  let readMore: () => PublishedValues = () => ({});
  const hours = options.publish_hours ?? HOURS;
  const show = () => {
    const home = homeExpected();
    broker.show({
      ...readPublished(latest, { now: clock.now(), hours }),
      ...(home === undefined ? {} : { home_expected: { value: home * 100 } }),
      ...readMore(),
    });
  };
  const end = changed.subscribe((topic) => {
    if (SHOWN_TOPICS.has(topic)) show();
  });
  show();
  /** Slots of a curve follow each other without a new answer. */
  const cancel = onEachMinute(clock, show);
  return {
    /** What is worked out on higher floors. */
    alsoShow(read) {
      readMore = read;
    },
    [Symbol.dispose]() {
      cancel();
      end();
    },
  };
}
