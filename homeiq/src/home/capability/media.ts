import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { FEATURES } from "./features.ts";
import {
  type ActionCapability,
  any,
  boolean,
  type FieldCapability,
  number,
  numberOf,
  option,
  required,
  text,
  textsOf,
} from "./fields.ts";

/** What a media player takes. One that is off often tells fewer features than it has. */
export function mediaPlayerActions({ attributes }: HomeEntity): ActionCapability[] {
  const bits = FEATURES.media_player;
  const features = numberOf(attributes, "supported_features") ?? 0;
  const actions: ActionCapability[] = [];
  const add = (bit: number, name: string, ...fields: FieldCapability[]) => {
    if (features & bit) actions.push({ action: `media_player.${name}`, fields });
  };
  add(bits.TURN_ON, "turn_on");
  add(bits.TURN_OFF, "turn_off");
  add(bits.TURN_ON | bits.TURN_OFF, "toggle");
  add(bits.VOLUME_SET | bits.VOLUME_STEP, "volume_up");
  add(bits.VOLUME_SET | bits.VOLUME_STEP, "volume_down");
  add(bits.VOLUME_SET, "volume_set", required(number("volume_level", { min: 0, max: 1 })));
  add(bits.VOLUME_MUTE, "volume_mute", required(boolean("is_volume_muted")));
  add(bits.PLAY | bits.PAUSE, "media_play_pause");
  add(bits.PLAY, "media_play");
  add(bits.PAUSE, "media_pause");
  add(bits.STOP, "media_stop");
  add(bits.NEXT_TRACK, "media_next_track");
  add(bits.PREVIOUS_TRACK, "media_previous_track");
  add(bits.SEEK, "media_seek", required(number("seek_position", { min: 0, unit: "s" })));
  add(
    bits.PLAY_MEDIA,
    "play_media",
    ...["media", "media_content_id", "media_content_type", "extra"].map(any),
    ...(features & bits.MEDIA_ENQUEUE ? [any("enqueue")] : []),
    ...(features & bits.MEDIA_ANNOUNCE ? [boolean("announce")] : []),
  );
  const choice = (name: string, list: string) => required(option(name, textsOf(attributes, list)));
  add(bits.SELECT_SOURCE, "select_source", choice("source", "source_list"));
  add(bits.SELECT_SOUND_MODE, "select_sound_mode", choice("sound_mode", "sound_mode_list"));
  add(bits.SHUFFLE_SET, "shuffle_set", required(boolean("shuffle")));
  add(bits.REPEAT_SET, "repeat_set", required(option("repeat", ["off", "all", "one"])));
  add(bits.CLEAR_PLAYLIST, "clear_playlist");
  add(bits.GROUPING, "join", required(any("group_members")));
  add(bits.GROUPING, "unjoin");
  add(bits.BROWSE_MEDIA, "browse_media", text("media_content_type"), text("media_content_id"));
  return actions;
}
