import { AppError } from "#foundation/errors.ts";

export const MEANINGS = ["home_office", "vacation", "guests", "away", "school_holiday"] as const;
/** What an event says about who is at home. */
export type Meaning = (typeof MEANINGS)[number];

/** Words that give an event its meaning, in its summary or in the name of its calendar. */
export interface OccupancyRule {
  readonly meaning: Meaning;
  readonly keywords: readonly string[];
}

/** The words of eight languages; what the household writes itself replaces those of its meaning. */
export const DEFAULT_RULES: readonly OccupancyRule[] = [
  {
    meaning: "home_office",
    keywords: [
      "home office, homeoffice, wfh, work from home, working from home, remote work, work at home",
      "heimarbeit, telearbeit, arbeit von zuhause, mobiles arbeiten",
      "thuiswerken, thuiswerkdag, teletravail, teletrabajo, trabajo desde casa",
      "smart working, lavoro da casa, jobba hemifran, hjemmekontor, hjemmearbejde",
    ].flatMap(toWords),
  },
  {
    meaning: "vacation",
    keywords: [
      "vacation, annual leave, pto, holiday trip, urlaub, ferienreise, vakantie, verlof, vacances",
      "conges, vacaciones, vacanza, ferie, semesterresa, ferietur, urlop",
    ].flatMap(toWords),
  },
  {
    meaning: "guests",
    keywords: [
      "guests, guest, visitors, party at home, house party, besuch, gaste, feier zuhause, bezoek",
      "visite, invites, invitados, ospiti, gaster, gaester, gjester, goscie",
    ].flatMap(toWords),
  },
  {
    meaning: "away",
    keywords: [
      "business trip, out of town, travel, trip, flight, in the office, office day, conference",
      "dienstreise, geschaftsreise, verreist, unterwegs, flug, buro, im buro, tagung",
      "zakenreis, op kantoor, vlucht, deplacement, voyage, au bureau, viaje, vuelo",
      "viaggio, volo, trasferta, resa, tjansteresa, rejse, reise, podroz",
    ].flatMap(toWords),
  },
  {
    meaning: "school_holiday",
    keywords: [
      "school holiday, school holidays, half term, spring break, schulferien, ferien, sommerferien",
      "herbstferien, weihnachtsferien, osterferien, winterferien, schoolvakantie, vacances scolaires",
      "vacaciones escolares, vacanze scolastiche, skollov, sportlov, hostlov, skoleferie, ferie szkolne",
    ].flatMap(toWords),
  },
];

function toWords(text: string): readonly string[] {
  return text.split(",").map((word) => word.trim());
}

/**
 * Reads what the household wrote, a line for each meaning: `guests: grandma, poker night`. A semicolon
 * ends a line as well. A meaning without a line keeps its words; one with an empty line has none.
 *
 * Throws `invalid` `calendar.bad_rule` with the number of the line.
 */
export function readRules(text: string): readonly OccupancyRule[] {
  const own = new Map<Meaning, OccupancyRule>();
  for (const [index, line] of text.split(/\r?\n|;/).entries()) {
    if (line.trim() === "") continue;
    const [, name = "", words] = /^\s*([a-z_ ]+?)\s*:(.*)$/i.exec(line) ?? [];
    const meaning = MEANINGS.find((one) => one === name.toLowerCase().replaceAll(" ", "_"));
    if (!meaning || words === undefined) {
      throw new AppError("invalid", "calendar.bad_rule", `Line ${index + 1} is not a rule`, {
        facts: { line: index + 1, allowed: MEANINGS },
      });
    }
    const keywords = [...(own.get(meaning)?.keywords ?? []), ...toWords(words)];
    own.set(meaning, { meaning, keywords: keywords.filter((word) => word !== "") });
  }
  return DEFAULT_RULES.map((rule) => own.get(rule.meaning) ?? rule);
}

/** Small letters without accents, one space between words, one at each end. */
export function simplify(text: string): string {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return ` ${plain
    .replaceAll(/ß/g, "ss")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}
