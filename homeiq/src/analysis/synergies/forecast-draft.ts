import { parts } from "#analysis/templates/templates.ts";
import type { Action, Automation } from "#home/automation/automation.ts";

/** https://www.home-assistant.io/integrations/weather/#action-weatherget_forecasts */
export const ASK_FORECAST = "weather.get_forecasts";
const EVERY_MINUTES = 30;
const HOURS_AHEAD = 2; // sooner is too late to come home, later the forecast changes
const QUIET_MS = 3 * 3_600_000; // who was told once knows it
const RAINS = "rains";
const ANSWER = "forecast";

interface Rain {
  /** What tells that it rains. */
  readonly weatherId: string;
  readonly forecastId: string;
  /** What is done, if so: anything, or somebody is told. */
  readonly actions: readonly Action[];
  readonly tells: boolean;
}

/** Acts when rain begins, or when the forecast says that it will within two hours. */
export function beforeRain({
  weatherId,
  forecastId,
  actions,
  tells,
}: Rain): Pick<Automation, "triggers" | "actions" | "maxExceeded"> {
  const wet = parts.RAINING.map((state) => `'${state}'`).join(", ");
  const coming =
    `{{ ${ANSWER}['${forecastId}'].forecast[:${HOURS_AHEAD}] ` +
    `| selectattr('condition', 'in', [${wet}]) | list | count > 0 }}`;
  return {
    triggers: [
      { ...parts.rainBegins(weatherId), id: RAINS },
      { kind: "time_pattern", minutes: `/${EVERY_MINUTES}` },
    ],
    actions: [
      {
        ...parts.call(ASK_FORECAST, forecastId, { type: "hourly" }),
        kind: "call",
        action: ASK_FORECAST,
        responseVariable: ANSWER,
      },
      {
        kind: "condition",
        condition: {
          kind: "or",
          conditions: [parts.by(RAINS), { kind: "template", valueTemplate: coming }],
        },
      },
      ...actions,
      ...(tells ? [parts.delay(QUIET_MS)] : []),
    ],
    maxExceeded: "silent", // it waits on purpose
  };
}
