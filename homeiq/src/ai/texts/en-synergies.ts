/** What things of the home could do together, and what that would spare. */
export const enSynergies = {
  "synergy.device_pair.title": "{Act} with {name}",
  "synergy.device_pair.text": "When {cause}, you {act} by hand within {minutes}.",
  "synergy.device_chain.title": "{Acts} in one go",
  "synergy.device_chain.text": "When {cause}, you do these by hand one after the other: {acts}.",
  "synergy.scene.title": "A scene for {area}",
  "synergy.scene.text": "You set these together by hand: {acts}.",
  "synergy.weather.habit.title": "{Act} {when}",
  "synergy.weather.habit.text": "You do this by hand {when}: {act}.",
  "synergy.weather.open_in_rain.title": "{names}: close before it rains in",
  "synergy.weather.open_in_rain.title.told": "Tell me what is open when it rains",
  "synergy.weather.open_in_rain.text": "While it rained, this was open: {names}.",
  "synergy.weather.open_in_rain.ahead.title": "{names}: close before it rains",
  "synergy.weather.open_in_rain.ahead.title.told": "Tell me what is open before it rains",
  "synergy.weather.open_in_rain.ahead.text":
    "While it rained, this was open: {names}. With the forecast of {forecast} it is not too late: rain is seen up to two hours before. What it would mend is measured from past rain.",
  "synergy.weather.shade.title": "{Act} when the sun makes it too warm",
  "synergy.weather.shade.text":
    "{name} was above {value} while the sun shone and the blind was open.",
  "synergy.weather.air_out.title": "Tell me when it is cooler outside than in",
  "synergy.weather.air_out.text":
    "{name} was above {value} while it was cooler outside, and the windows were shut.",
  "synergy.weather.heating_out.title": "{Act} while a window is open",
  "synergy.weather.heating_out.title.told": "Tell me when a window is open while it heats",
  "synergy.weather.heating_out.text": "It was heating while this was open: {names}.",
  "synergy.energy.price.title": "{name}: start when power is cheap",
  "synergy.energy.carbon.title": "{name}: start when power is clean",
  "synergy.energy.solar.title": "{name}: start when the sun makes power",
  "synergy.energy.text":
    "It usually starts at {usual}. At {best} it would do better: {runs} runs were looked at, each of about {kwh} kWh.",
  "synergy.event.game_habit.title": "{Act} when {team} plays",
  "synergy.event.game_habit.text":
    "When a game of {team} begins, you {act}. {games} games were looked at.",
  "synergy.event.game_watched.title": "{Act} when {team} plays",
  "synergy.event.game_watched.text":
    "It was on during games of {team}. {games} games were looked at.",
  "synergy.calendar.on.title": "{Act} at {clock} on the days of {name}",
  "synergy.calendar.off.title": "{Act} at {clock}, but not on the days of {name}",
  "synergy.calendar.text":
    "You did it on {on} of {onOf} days of {name}, and on {other} of {otherOf} others.",
  "synergy.comfort.above.title": "{Act} when {name} is above {value}",
  "synergy.comfort.below.title": "{Act} when {name} is below {value}",
  "synergy.comfort.text":
    "{name} was out of a comfortable range for {out} of {hours} hours with somebody home; for {notHelped} of them this was not used. The worst was {worst}.",
  "synergy.security.night.title": "{Act} at night",
  "synergy.security.night.title.told": "Tell me at night when it is not closed: {name}",
  "synergy.security.away.title": "{Act} when everybody has left",
  "synergy.security.away.title.told":
    "Tell me when everybody has left and it is not closed: {name}",
  "synergy.security.night.text": "{name} was at times {state} at night, for {minutes}.",
  "synergy.security.away.text": "{name} was at times {state} with nobody home, for {minutes}.",
  "synergy.presence.left_on.title": "{Act} when everybody has left",
  "synergy.presence.left_on.text": "It was at times on with nobody home, for {minutes}.",
  "synergy.presence.left_on.watts": "It draws about {watts} W.",
  "synergy.presence.habit.title": "{Act} {when}",
  "synergy.presence.habit.text": "You do this by hand {when}: {act}.",
  "synergy.measured": "Seen {n} times of {of}.",
  "synergy.benefit.acts": "It would spare about {value} acts a week (between {low} and {high}).",
  "synergy.benefit.kwh": "It would spare about {value} kWh a week (between {low} and {high}).",
  "synergy.benefit.cost": "It would spare about {value} {unit} a week (between {low} and {high}).",
  "synergy.benefit.co2_grams":
    "It would spare about {value} g of CO2 a week (between {low} and {high}).",
  "synergy.benefit.hours": "It would mend about {value} hours a week (between {low} and {high}).",
  "factor.usefulness.synergy": "What it would spare by the week, as measured.",
  "factor.usefulness.synergy.none": "What it would spare could not be measured.",
  "factor.confidence.synergy":
    "Seen {n} times of {of}: in 95 of 100 cases it comes at least {low} of the times.",
  "message.open": "Open: {names}",
} as const;
