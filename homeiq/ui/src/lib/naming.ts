/** What entities are called. */
export interface Names {
  nameOf(entityId: string): string;
  isKnown(entityId: string): boolean;
}
