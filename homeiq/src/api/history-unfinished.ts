import { AppError } from "#foundation/errors.ts";
import type { HistorySource } from "./history-source.ts";
import type { RetentionSetting } from "./routes/storage.ts";

function refuse(): never {
  throw new AppError("unavailable", "history.unfinished", "History does not answer this yet");
}
const refused = async () => refuse();

/** Stands in until history answers these itself; then this file goes. */
export const unfinished: HistorySource & { retention: RetentionSetting } = {
  historyJson: refused,
  statistics: refused,
  stateAt: refused,
  trace: refused,
  // biome-ignore lint/correctness/useYield: it never has anything
  async *scan() {
    refuse();
  },
  costs: refused,
  activity: refused,
  storage: refused,
  retention: { current: refuse, replace: refuse },
};
