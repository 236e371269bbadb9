import type { JsonMap } from "#home/automation/automation.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { Room } from "./rooms.ts";

interface Ability {
  readonly action: string;
  /** Fields that must have an effect on it. */
  readonly fields?: readonly string[];
  /** Values that it must take. */
  readonly data?: JsonMap;
}

/** What an entity must be to stand in a slot; what is not said does not matter. */
export interface Want {
  readonly domain: string;
  /** One of these device classes; an empty text: none at all. */
  readonly classes?: readonly string[];
  readonly units?: RegExp;
  /** Everything that it must be able to do. */
  readonly can?: readonly Ability[];
  /** Found in its names, those of its device and its id, all in small letters without accents. */
  readonly words?: RegExp;
  readonly not?: RegExp;
  readonly rooms?: readonly Room[];
  readonly notRooms?: readonly Room[];
  /** It may also be an entity that Home Assistant calls diagnostic, as batteries are. */
  readonly diagnostic?: true;
  readonly fits?: (entity: HomeEntity, siblings: readonly HomeEntity[]) => boolean;
}

/** A kind of thing that people have a word for, and what entities it can be; the first wants are the better ones. */
export interface Kind {
  /** `template.kind.<label>` in the catalogue. */
  readonly label: string;
  readonly wants: readonly Want[];
}
