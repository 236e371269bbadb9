import type { HomePlace } from "#home/snapshot/snapshot.ts";

export type Room =
  | "bedroom"
  | "bathroom"
  | "toilet"
  | "kitchen"
  | "living"
  | "hall"
  | "office"
  | "laundry"
  | "garage"
  | "cellar"
  | "storage"
  | "outdoors";

/** How rooms are called in the languages of most homes, in small letters without accents. */
const WORDS: Readonly<Record<Room, RegExp>> = {
  bedroom:
    /\b(bed ?rooms?|schlafzimmer|slaapkamer|chambre|dormitorio|camera da letto|sovrum|sypialnia|nursery|kinderzimmer|kinderkamer|kids?|child\w*|baby\w*|guest room|gastezimmer|gaestezimmer)\b/,
  bathroom:
    /\b(bath ?rooms?|bath|bad|badezimmer|badkamer|salle de bains?|bano|bagno|badrum|lazienka|shower|dusche|en ?suite)\b/,
  toilet: /\b(toilet|toilette|wc|gaste wc|loo|powder room|cloakroom)\b/,
  kitchen: /\b(kitchen|kuche|kueche|keuken|cuisine|cocina|cucina|kok|kuchnia|pantry)\b/,
  living:
    /\b(living ?rooms?|living|lounge|wohnzimmer|woonkamer|salon|sala|soggiorno|vardagsrum|family room|den|studio|cinema|home cinema|tv room)\b/,
  hall: /\b(hall|hall ?way|entrance|entry|entree|foyer|corridor|landing|stairs?|staircase|stairwell|flur|diele|eingang|treppe|treppenhaus|gang|overloop|couloir|pasillo|ingresso|corridoio)\b/,
  office: /\b(office|study|arbeitszimmer|buro|buero|kantoor|werkkamer|bureau|despacho|ufficio)\b/,
  laundry:
    /\b(laundry|utility( room)?|waschkuche|waschkueche|hauswirtschaftsraum|hwr|bijkeuken|buanderie|lavadero|lavanderia|tvattstuga)\b/,
  garage: /\b(garage|carport|garaje)\b/,
  cellar: /\b(cellar|basement|keller|kelder|cave|sotano|cantina|kallare|workshop|werkstatt)\b/,
  storage:
    /\b(storage|store ?room|closet|wardrobe|dressing( room)?|larder|abstellraum|abstellkammer|speisekammer|ankleide|berging|kast|trastero|ripostiglio|attic|loft|dachboden|zolder)\b/,
  outdoors:
    /\b(outdoors?|outside|garden|yard|back ?yard|front ?yard|terrace|balcony|porch|patio|deck|driveway|veranda|aussen|draussen|garten|terrasse|balkon|hof|einfahrt|tuin|oprit|buiten|jardin|exterior|terraza|giardino|esterno)\b/,
};
const ROOMS = Object.keys(WORDS) as Room[]; // the keys are what the record says

/** Small letters without accents, all that is no letter or figure a space. */
export const plainText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** What an area is, by what it is called; none: its name does not say. */
export function roomsOf({ name, aliases }: Pick<HomePlace, "name" | "aliases">): readonly Room[] {
  const text = [name, ...aliases].map(plainText).join(" , ");
  return ROOMS.filter((room) => WORDS[room].test(text));
}
