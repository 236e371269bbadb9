// Values of HomeIQ as entities in Home Assistant, by way of the household's MQTT broker.

export { type Broker, findBroker, toChosenBroker } from "./broker.ts";
export { createPublishing, type Publishing } from "./entities.ts";
export { type BrokerLink, type PublishingStatus, startBrokerLink } from "./link.ts";
export {
  isPublished,
  PUBLISHED,
  type PublishedKey,
  type PublishedValue,
  type PublishedValues,
} from "./sensors.ts";
export { readPublished } from "./values.ts";
