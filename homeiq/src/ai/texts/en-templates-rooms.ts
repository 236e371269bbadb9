/** Ideas for automations of rooms: lights, heating, air and blinds. */
export const enTemplatesRooms = {
  "template.motion_light_when_dark.title": "{area}: light when someone comes in",
  "template.motion_light_when_dark.text":
    "The light comes on when someone moves and it is dark, and goes off when nobody has moved for a while.",
  "template.motion_light_outdoors.title": "{area}: light when someone comes near",
  "template.motion_light_outdoors.text":
    "After sunset the light comes on when someone comes near, and goes off by itself.",
  "template.motion_light.title": "{area}: light when someone comes in",
  "template.motion_light.text":
    "The light comes on when someone moves, and goes off when nobody has moved for a while.",
  "template.night_light.title": "{area}: a little light at night",
  "template.night_light.text":
    "Whoever gets up at night gets a very dim light. It leaves the light alone when it is on already.",
  "template.lights_off_without_motion.title": "{area}: lights off when nobody is there",
  "template.lights_off_without_motion.text":
    "When nobody has moved for a while, the lights that were forgotten go off.",
  "template.door_light.title": "{area}: light with the door",
  "template.door_light.text":
    "The light comes on when the door opens and goes off when it closes, or after a while if it stays open.",
  "template.forgotten_light.title": "{area}: light off when forgotten",
  "template.forgotten_light.text":
    "Nobody stays in there for long: after a while the light goes off by itself.",
  "template.lights_off_when_leaving.title": "Lights off when the last one leaves",
  "template.lights_off_when_leaving.text": "When everybody has left, all lights go off.",
  "template.outdoor_light_in_the_evening.title": "Light outside in the evening",
  "template.outdoor_light_in_the_evening.text":
    "The lights outside come on at sunset and go off at night.",
  "template.welcome_light.title": "Light when the first one comes home",
  "template.welcome_light.text":
    "When it is dark and somebody comes home to an empty house, the light in the hall is on.",
  "template.wake_up_light.title": "{area}: wake up with light",
  "template.wake_up_light.text": "On workdays the light gets brighter slowly, until you are awake.",
  "template.phone_alarm_light.title": "Light with the alarm of {device}",
  "template.phone_alarm_light.text":
    "When the alarm of the phone rings, the light in the bedroom gets brighter.",
  "template.lights_off_at_night.title": "Lights off late at night",
  "template.lights_off_at_night.text":
    "What is still on at this hour, outside the bedrooms, goes off.",
  "template.tv_dims_lights.title": "{area}: dim the lights for the TV",
  "template.tv_dims_lights.text":
    "When something plays in the evening, the lights that are on get dimmer.",
  "template.button_switches_lights.title": "{area}: lights with the button",
  "template.button_switches_lights.text": "One press turns the lights on; the next turns them off.",
  "template.lights_off_when_bright.title": "{area}: lights off when the sun does it",
  "template.lights_off_when_bright.text":
    "When it is bright enough for a while, the lights go off.",
  "template.warm_light_in_the_evening.title": "{area}: warm light in the evening",
  "template.warm_light_in_the_evening.text":
    "The lights that are on turn to a warm white, which makes it easier to get tired.",
  "template.doorbell_light.title": "{area}: light when somebody rings",
  "template.doorbell_light.text":
    "When somebody rings in the dark, the light comes on for a few minutes.",
  "template.decoration_in_the_evening.title": "Decoration on in the evening",
  "template.decoration_in_the_evening.text": "It comes on at sunset and goes off at night.",
  "template.lights_while_on_vacation.title": "Lights as if somebody were home",
  "template.lights_while_on_vacation.text":
    "During a vacation some lights come on in the evening and go off at night, each day at another minute.",
  "template.window_open_heating_off.title": "{device}: off while a window is open",
  "template.window_open_heating_off.text":
    "When a window in the room is open for a while, the heating goes off. When it is closed, or after the longest time you allow, it goes back to how it was.",
  "template.heating_down_when_away.title": "Heating down when everybody is away",
  "template.heating_down_when_away.text":
    "When everybody has left, it heats less. When the first one comes home, it heats as usual.",
  "template.heating_down_at_night.title": "Heating down at night",
  "template.heating_down_at_night.text":
    "It heats less at night. In the morning it heats as usual, if somebody is home.",
  "template.warm_bathroom_in_the_morning.title": "{area}: warm in the morning",
  "template.warm_bathroom_in_the_morning.text":
    "On workdays the bathroom is warmer for an hour or two in the morning.",
  "template.heating_down_on_vacation.title": "Heating down during a vacation",
  "template.heating_down_on_vacation.text": "While {vacation} is on, it heats just enough.",
  "template.water_heater_away.title": "{device}: less hot water when everybody is away",
  "template.water_heater_away.text":
    "When everybody has been gone for a while, it saves. When somebody comes home, it heats again.",
  "template.room_nearly_freezes.title": "Warn when a room nearly freezes",
  "template.room_nearly_freezes.text":
    "You are told when it gets so cold in a room that pipes may freeze.",
  "template.room_nearly_freezes.message": "It is very cold: {which}. Is the heating on?",
  "template.window_open_in_the_cold.title": "Remind me of open windows when it is cold",
  "template.window_open_in_the_cold.text":
    "When it is cold outside and a window has been open for a while, you are told.",
  "template.window_open_in_the_cold.message":
    "{which} has been open for a while, and it is cold outside.",
  "template.open_windows_on_a_cool_evening.title": "Tell me when it is cooler outside than inside",
  "template.open_windows_on_a_cool_evening.text":
    "On a hot day you are told when opening the windows starts to help.",
  "template.open_windows_on_a_cool_evening.message": "It is cooler outside now. Open the windows.",
  "template.fan_when_warm.title": "{area}: fan on when it is warm",
  "template.fan_when_warm.text": "The fan runs while it is too warm and somebody is home.",
  "template.humidity_fan.title": "{area}: fan on when the air is damp",
  "template.humidity_fan.text":
    "The fan runs after a shower until the air is dry again. That keeps mold away.",
  "template.co2_fan.title": "{area}: fan on when the air is stale",
  "template.co2_fan.text": "The fan runs while there is too much CO₂ in the air.",
  "template.air_cleaner.title": "{area}: clean the air when it is dusty",
  "template.air_cleaner.text": "The air cleaner runs while there is too much fine dust.",
  "template.dehumidifier.title": "{area}: dry the air when it is damp",
  "template.dehumidifier.text": "The dehumidifier runs while the air is too damp.",
  "template.humidifier_in_dry_air.title": "{area}: moisten the air when it is dry",
  "template.humidifier_in_dry_air.text": "The humidifier runs while the air is too dry.",
  "template.open_a_window_for_co2.title": "{area}: tell me when the air is stale",
  "template.open_a_window_for_co2.text": "You are told when it is time to open a window.",
  "template.open_a_window_for_co2.message":
    "The air in {area} is stale. Open a window for a few minutes.",
  "template.open_a_window_for_damp_air.title": "{area}: tell me when the air stays damp",
  "template.open_a_window_for_damp_air.text":
    "You are told when the air has been damp for a while. That keeps mold away.",
  "template.open_a_window_for_damp_air.message":
    "The air in {area} has been damp for a while. Open a window.",
  "template.dusty_air.title": "Tell me when the air is dusty",
  "template.dusty_air.text": "You are told when there is a lot of fine dust in the air inside.",
  "template.dusty_air.message": "There is a lot of fine dust in the air: {which}.",
  "template.close_windows_in_bad_air.title": "Tell me to close the windows in bad air",
  "template.close_windows_in_bad_air.text":
    "When the air outside gets bad and windows are open, you are told which.",
  "template.close_windows_in_bad_air.message": "The air outside is bad. Still open: {open}.",
  "template.blinds_up_in_the_morning.title": "Blinds up in the morning",
  "template.blinds_up_in_the_morning.text": "They open at sunrise, and not before this hour.",
  "template.blinds_down_in_the_evening.title": "Blinds down in the evening",
  "template.blinds_down_in_the_evening.text":
    "They close after sunset. In winter that keeps the warmth in.",
  "template.shade_when_hot.title": "{area}: shade when it gets hot",
  "template.shade_when_hot.text":
    "When it gets too warm by day, the blinds go down most of the way.",
  "template.blinds_down_with_the_light.title": "{area}: blinds down when the light comes on",
  "template.blinds_down_with_the_light.text":
    "When the light comes on in the dark, the blinds close, so that nobody looks in.",
  "template.awning_in_from_the_wind.title": "Awning in when the wind gets strong",
  "template.awning_in_from_the_wind.text": "Strong wind breaks awnings: it comes in by itself.",
  "template.awning_in_from_the_rain.title": "Awning in when it rains",
  "template.awning_in_from_the_rain.text": "It comes in when it starts to rain.",
  "template.blinds_up_in_the_storm.title": "Blinds up in a storm",
  "template.blinds_up_in_the_storm.text":
    "Blinds that hang outside are safer up when the wind gets strong. Choose those that hang outside.",
} as const;
