/** What is suggested, why, and what a drafted automation is called. */
export const enSuggestions = {
  "suggestion.at": "{Act} at {clock} {days}",
  "suggestion.when": "{Act} {when}",
  "suggestion.when.days": "{Act} {when} {days}",
  "suggestion.after": "{Act} when {cause}",
  "suggestion.left_on.away": "{Act} when everybody has left",
  "suggestion.left_on.asleep": "{Act} at night when it was forgotten",
  "suggestion.duration": "{Act} after {minutes}",
  "suggestion.routine": "Your {part} {days} in one go",
  "suggestion.scene": "A scene for {area}",
  "suggestion.because": "{text} Home Assistant can do it for you.",
  "suggestion.because.left_on": "{text} It can go off by itself.",
  "suggestion.because.duration": "{text} It can go off by itself when it was forgotten.",
  "suggestion.because.scene": "{text} One scene does it all.",
} as const;
