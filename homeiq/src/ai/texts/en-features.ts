/** What devices can do and were never asked to; and that nobody has tried it. */
export const enFeatures = {
  "feature.untried": "Whether you like it, only trying it can show: it is undone with one click.",
  "feature.setting": "Nothing is written for it: a person sets it, once.",
  "feature.warm_evening.title": "Warm light from {name} after dark",
  "feature.warm_evening.text":
    "{Name} can give warm light, which is easier on the eyes in the evening. When it is turned on after sunset, it becomes warm.",
  "feature.warm_evening.seen":
    "You turned it on {times} times in the evening over {days} days, and it was never warm.",
  "feature.dim_at_night.title": "{Name} dimmed at night",
  "feature.dim_at_night.text":
    "{Name} can be dimmed. When it is turned on between 23:00 and 05:00, it goes to {value} % so that nobody is dazzled.",
  "feature.dim_at_night.seen":
    "It was turned on {times} times at night over {days} days, each time as bright as it can be.",
  "feature.away_preset.title": "{Name} saves while nobody is home",
  "feature.away_preset.text":
    "{Name} has the mode {value}. It is set a quarter of an hour after everybody has left, and taken back when somebody comes.",
  "feature.away_preset.seen":
    "Everybody was out {times} times over {days} days, and it never went to that mode.",
  "feature.quiet_at_night.title": "{Name} is quiet at night",
  "feature.quiet_at_night.text":
    "{Name} has the mode {value}. It is set from 22:00 on while it runs, and taken back at 07:00.",
  "feature.quiet_at_night.seen":
    "It ran in {times} nights over {days} days, and never in that mode.",
  "feature.auto_mode.title": "{Name} decides itself how hard it works",
  "feature.auto_mode.text":
    "{Name} has the mode {value}: it works only as hard as it must. It goes to that mode whenever it is turned on.",
  "feature.auto_mode.seen":
    "It was turned on {times} times over {days} days, and never worked by itself.",
  "feature.dry_air.title": "{Name} dries the air when it is damp",
  "feature.dry_air.text":
    "{Name} can dry the air without making it cold. It does so when the air has been damp for a quarter of an hour, and ends when it is dry.",
  "feature.dry_air.seen": "It cooled {times} times over {days} days, and never only dried the air.",
  "feature.water_away.title": "{Name} rests when you are gone for a day",
  "feature.water_away.text":
    "{Name} has a mode for when nobody is there. It is set when everybody has been out for a day, and taken back when somebody comes.",
  "feature.water_away.seen":
    "Everybody was out for a day or more {n} times over {days} days, and that mode was never used.",
  "feature.water_away.seen.one":
    "Everybody was out for a day or more once over {days} days, and that mode was not used.",
  "feature.half_shade.title": "{Name} goes down part of the way when it is hot",
  "feature.half_shade.text":
    "{Name} can stop anywhere on its way. When it gets hot by day it goes to {value} %: the heat stays outside and some light comes in.",
  "feature.half_shade.seen":
    "It was closed {times} times by day over {days} days, always all the way.",
  "feature.slats_by_day.title": "The slats of {name} let light in by day",
  "feature.slats_by_day.text":
    "The slats of {name} can be turned. When it is closed by day they go to {value} %: light comes in, and nobody looks in.",
  "feature.slats_by_day.seen":
    "It was closed {times} times by day over {days} days, and its slats were never turned.",
  "feature.quiet_vacuum.title": "{Name} cleans quietly while somebody is home",
  "feature.quiet_vacuum.text":
    "{Name} can clean more quietly. It does so when it starts while somebody is home, and as usual when nobody is.",
  "feature.quiet_vacuum.seen": "It started {times} times over {days} days, and never that quietly.",
  "feature.window_detection.title": "Heating that notices open windows",
  "feature.window_detection.text":
    "On {n} devices the detection of open windows is off: {names}. With it the heating stops by itself while a window is open.",
  "feature.window_detection.text.one":
    "On {names} the detection of open windows is off. With it the heating stops by itself while a window is open.",
  "feature.window_detection.seen": "It was never on in {days} days.",
  "feature.power_on.title": "No lights at night after a power cut",
  "feature.power_on.text":
    "{n} devices turn on by themselves when power comes back, also at night: {names}. They can stay as they were before.",
  "feature.power_on.text.one":
    "{Names} turns on by itself when power comes back, also at night. It can stay as it was before.",
  "feature.power_on.seen": "It was never set otherwise in {days} days.",
  "feature.child_lock.title": "Buttons that children cannot press",
  "feature.child_lock.text":
    "{n} devices have a child lock that is off: {names}. With it only the app and automations change them.",
  "feature.child_lock.text.one":
    "{Names} has a child lock that is off. With it only the app and automations change it.",
  "feature.child_lock.seen": "It was never on in {days} days.",
  "feature.saver.title": "Batteries that last longer",
  "feature.saver.text": "{n} devices have a mode that saves power, and it is off: {names}.",
  "feature.saver.text.one": "{Names} has a mode that saves power, and it is off.",
  "feature.saver.seen": "It was never on in {days} days.",
  "feature.energy_meter.title": "See what your plugs use",
  "feature.energy_meter.text":
    "{n} devices measure what they use and are not on the energy dashboard: {names}. There each of them has its share.",
  "feature.energy_meter.text.one":
    "{Names} measures what it uses and is not on the energy dashboard. There it has its share.",
  "feature.energy_meter.seen": "It has been measured for {days} days.",
  "factor.confidence.unused": "Nobody has tried it yet, so nothing shows whether you want it.",
  "factor.effort.once": "It is set once, on the device.",
  "factor.novelty.unused": "Nothing uses it yet.",
  "factor.usefulness.unused":
    "It could have been used about {perWeek} times a week, over {n} days.",
  "factor.usefulness.unused.one":
    "It could have been used about {perWeek} times a week, over one day.",
} as const;
