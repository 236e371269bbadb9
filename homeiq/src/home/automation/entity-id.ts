const ENTITY_ID = /^(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)$/;
const REGISTRY_ID = /^[0-9a-f]{32}$/;

/** Whether this is `domain.name` in small letters, digits and underscores, as Home Assistant wants it. */
export const isEntityId = (text: string): boolean => ENTITY_ID.test(text);
/** Whether this is the registry's own id of an entity or a device: 32 hexadecimal digits. */
export const isRegistryId = (text: string): boolean => REGISTRY_ID.test(text);
