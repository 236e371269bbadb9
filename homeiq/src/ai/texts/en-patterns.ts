/** What the household does, in one sentence each, and what that rests on. */
export const enPatterns = {
  "pattern.time_of_day": "You {act} at about {clock} {days}.",
  "pattern.time_of_day.person": "{who} is mostly the one to {act} at about {clock} {days}.",
  "pattern.co_activation": "{Cause}, and within {minutes} you {act}.",
  "pattern.co_activation.after": "After you {cause}, you {act} within {minutes}.",
  "pattern.between": "This is so between {from} and {until}.",
  "pattern.sequence": "You do these one after the other: {acts}.",
  "pattern.sequence.after": "{Cause}, and then you do these one after the other: {acts}.",
  "pattern.contextual.sun": "You {act} {when} {days}.",
  "pattern.contextual": "You {act} {when}.",
  "pattern.room_based": "In {area} you do these together: {acts}.",
  "pattern.routine": "Your {part} {days}, from about {clock}: {acts}.",
  "pattern.duration": "{name} is usually on for {minutes}.",
  "pattern.left_on.away": "{name} is at times left on when nobody is home, for {minutes}.",
  "pattern.left_on.asleep": "{name} is at times left on when all are asleep, for {minutes}.",
  "pattern.day_type.count": "You {act} more often on {on} than on {than}.",
  "pattern.day_type.first":
    "On {on} you {act} for the first time at {clock}, on {than} at {otherClock}.",
  "pattern.day_type.last":
    "On {on} you {act} for the last time at {clock}, on {than} at {otherClock}.",
  "pattern.frequency.more":
    "You {act} more often than before: {now} times a week, up from {before}.",
  "pattern.frequency.less":
    "You {act} less often than before: {now} times a week, down from {before}.",
  "pattern.frequency.weekly": "You {act} mostly {days}.",
  "pattern.seasonal": "You {act} more often {season}.",
  "pattern.seasonal.short":
    "You {act} more often when days are short; a year will tell whether that is why.",
  "pattern.seasonal.long":
    "You {act} more often when days are long; a year will tell whether that is why.",
  "pattern.multi_factor":
    "You {act} {when}: {share} of those times, {shareWithout} without one of these.",
  "pattern.person": "{Who} is mostly the one to {act}: {share} of the times it was {who}.",
  "pattern.presence_plan": "This is how your lights usually go in the evening {days}.",
  "pattern.anomaly.time": "{name}: {to} at {clock}, which is unusual for it.",
  "pattern.anomaly.duration": "{name} was {to} for {minutes}; usually it is for {usual}.",
  "pattern.anomaly.absence": "You usually {act} every day, and did not. Last time: {last}.",
  "evidence.seen": "Seen {n} times. On {missed} it could have been and was not.",
  "evidence.seen.one": "Seen once. On {missed} it could have been and was not.",
  "evidence.days": "{n} days",
  "evidence.days.one": "{n} day",
  "evidence.always": "Seen {n} times, and not missed on any day.",
  "evidence.confidence":
    "The next time it can, it comes with {confidence} (between {low} and {high}).",
  "evidence.lift": "That is {lift} times as often as chance would have it.",
  "evidence.scatter": "Half of the times are within {minutes} of that.",
  someone: "one of you",
} as const;
