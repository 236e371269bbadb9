/** What things of the home could do together: a title, a sentence, and what it would spare as measured. */
export const enSynergies = {
  "synergy.device_pair.title": "{Name}, set off by {trigger}",
  "synergy.device_pair": "{Cause}, and within {minutes} you {act}.",
  "synergy.device_pair.after": "After you {cause}, you {act} within {minutes}.",
  "synergy.device_chain.title": "{first} begins a row of {n}",
  "synergy.device_chain": "{Cause}, and then you do these one after the other: {acts}.",
  "synergy.device_chain.after": "After you {cause}, you do these one after the other: {acts}.",
  "synergy.scene.title": "One scene for {area}",
  "synergy.scene": "You do these together: {acts}.",
  "synergy.weather.habit.title": "{Name} by the weather",
  "synergy.weather.habit": "You {act} {when}.",
  "synergy.weather.open_in_rain.title": "Rain with {names} open",
  "synergy.weather.open_in_rain": "It rained {of} times; {n} times {names} stood open meanwhile.",
  "synergy.weather.shade.title": "{Name} against the heat",
  "synergy.weather.shade":
    "On {n} of {of} days it was above {limit} by {watched} while the sun shone and {name} was open.",
  "synergy.weather.air_out.title": "Cool air from outside for {watched}",
  "synergy.weather.air_out":
    "On {n} of {of} days it was above {limit} by {watched} while it was cooler outside and the windows were shut.",
  "synergy.weather.heating_out.title": "{Name} off while a window is open",
  "synergy.weather.heating_out": "Of {of} times that a window was open, {name} was on {n} times.",
  "synergy.energy.price.title": "{Name} at cheaper hours",
  "synergy.energy.carbon.title": "{Name} at greener hours",
  "synergy.energy.solar.title": "{Name} on your own power",
  "synergy.energy":
    "It ran {runs} times, mostly from about {usual}. Up to {hours} later, mostly at about {best}, {n} of these runs would have been better.",
  "synergy.event.game_habit.title": "{Name} for the games of {team}",
  "synergy.event.game_habit": "At {n} of {of} games of {team} you {act}; else seldom at that time.",
  "synergy.event.game_watched.title": "{Name} for the games of {team}",
  "synergy.event.game_watched":
    "During {n} of {of} games of {team} {name} was on; else seldom at that time.",
  "synergy.calendar.title": "{Name} as {calendar} says",
  "synergy.calendar.on":
    "You {act} at about {clock} on {n} of {of} days with an event in {calendar}, on others on {otherN} of {otherOf}.",
  "synergy.calendar.off":
    "You {act} at about {clock} on {n} of {of} days without an event in {calendar}, on days with one on {otherN} of {otherOf}.",
  "synergy.comfort.title": "{Name} for {watched}",
  "synergy.comfort.above": "{Watched} was above {limit} for {hours}, while {name} was off.",
  "synergy.comfort.below": "{Watched} was below {limit} for {hours}, while {name} was off.",
  "synergy.security.night.title": "{Name} at night",
  "synergy.security.away.title": "{Name} with nobody home",
  "synergy.security.night.on": "{Name} was open in {n} of {of} nights, for {minutes}.",
  "synergy.security.away.on":
    "{Name} was open {n} of {of} times that nobody was home, for {minutes}.",
  "synergy.security.night.unlocked": "{Name} was unlocked in {n} of {of} nights, for {minutes}.",
  "synergy.security.away.unlocked":
    "{Name} was unlocked {n} of {of} times that nobody was home, for {minutes}.",
  "synergy.presence.left_on.title": "{Name} off when nobody is home",
  "synergy.presence.left_on":
    "{Name} was left on {n} of {of} times that nobody was home, for {minutes}.",
  "synergy.presence.habit.title": "{Name} when people come and go",
  "synergy.presence.habit": "You {act} {when}.",
  "synergy.spares": "Measured over {days} days, that is {value} (between {low} and {high}) a week.",
  "benefit.acts": "{n} acts by hand",
  "benefit.acts.one": "{n} act by hand",
  "benefit.kwh": "{n} kWh",
  "benefit.cost": "{n} less on the power bill",
  "benefit.co2_grams": "{n} g of CO₂",
  "benefit.hours": "{n} hours",
  "benefit.hours.one": "{n} hour",
} as const;
