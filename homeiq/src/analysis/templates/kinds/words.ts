// How things are called in the languages of most homes, in small letters without accents. Names are folded: `kuhlschrank`.

export const WASHER =
  /wash(er|ing)|waschmaschine|wasmachine|lave ?linge|machine a laver|lavadora|lavatrice|tvattmaskin|pralka/;
export const DISHWASHER =
  /dish ?wash|geschirrspul|spulmaschine|spuelmaschine|vaatwasser|lave ?vaisselle|lavavajillas|lavastoviglie|diskmaskin|zmywarka/;
export const DRYER =
  /\b(tumble )?dryer|trockner|droger|wasdroger|seche ?linge|secadora|asciugatrice|torktumlare|suszarka/;
export const FRIDGE =
  /fridge|refrigerator|kuhlschrank|kuehlschrank|koelkast|frigo|refrigerateur|nevera|kylskap|lodowka/;
export const FREEZER =
  /freezer|gefrier|tiefkuhl|tiefkuehl|vriezer|vrieskast|congelateur|congelador|congelatore|frys\b|zamrazarka/;
export const OVEN = /\b(oven|stove|hob|cooker|herd|backofen|kookplaat|four|horno|forno|ugn)\b/;
export const COFFEE = /coffee|espresso|kaffee|koffie|cafetera|cafetiere|caffe|kawa/;
export const HOT =
  /\b(iron|bugeleisen|buegeleisen|strijkijzer|heater|space heater|heizlufter|heizluefter|kachel|hair straightener|glatteisen|electric blanket|heizdecke|heating mat|toaster|fryer|fritteuse)\b/;
export const DECORATION =
  /christmas|xmas|weihnacht|kerst|noel|navidad|natale|fairy light|lichterkette|decoration|deko|string light/;
export const WATERING =
  /irrigation|sprinkler|watering|bewasser|bewaesser|rasensprenger|beregening|sproeier|arrosage|riego|irrigazione|garden water|gartenwasser/;
export const MAINS_WATER = /water|wasser|eau|agua|acqua|main/;
export const CAR = /wallbox|ev charger|car charg|charging|ladestation|laadpaal|borne de recharge/;
export const WATER_HEATER =
  /boiler|water heater|warmwasser|hot water|heizstab|immersion|chauffe ?eau|\btermo\b/;
export const SOLAR = /solar|\bpv\b|photovolta|inverter|wechselrichter|omvormer|onduleur|zonnepanel/;
export const WHOLE_HOUSE =
  /\b(house|grid|mains|meter|smart meter|total|zahler|stromzahler|zaehler|netz|haus|hausverbrauch|hoofdmeter|compteur|consumption|p1)\b/;
export const FAN =
  /\b(fan|extractor|exhaust|ventilator|lufter|luefter|abluft|afzuig\w*|ventilation|vmc|extracteur|aspiratore)\b/;
export const PURIFIER =
  /purif|luftreiniger|luchtreiniger|air cleaner|purificateur|purificador|purificatore/;
export const DRYING = /dehumid|entfeucht|ontvochtig|deshumidif|deumidif/;
export const RAIN = /\b(rain|raining|regen|regensensor|pluie|lluvia|pioggia)\b/;
export const DOORBELL =
  /door ?bell|klingel|deurbel|sonnette|timbre|campanello|ring(ing)? button|chime/;
export const MAILBOX =
  /mail ?box|letter ?box|briefkasten|postkasten|brievenbus|boite aux lettres|buzon|cassetta postale/;
export const WASTE =
  /waste|garbage|trash|bins?\b|recycl|mull|muell|abfall|afval|ordures|dechets|basura|rifiuti/;
export const VACATION = /vacation|holiday mode|urlaub|ferien|vakantie|vacances|vacaciones|vacanza/;
export const OUTSIDE =
  /outdoor|outside|aussen|draussen|garden|garten|buiten|exterieur|exterior|esterno|weather station|wetterstation/;
export const TERRACE = /terrace|terrasse|balcony|balkon|patio|garden door|terraza|veranda/;
export const GARAGE = /garage|carport/;
export const NEXT_ALARM = /next alarm|nachster wecker|nachster alarm|volgende wekker/;
export const CAMERA = /camera|kamera|door ?bell|klingel|phone|iphone|pixel|galaxy|tablet|watch/;
/** Machines whose inside is no room: what they measure says nothing of it. */
export const MACHINE =
  /\b(cpu|chip|processor|board|router|inverter|battery|charger|boiler|flow|return|heat pump|oven|engine|disk|nas|server|water|pool|aquarium|printer|device)\b|vorlauf|rucklauf|warmepumpe|wasser|speicher/;
/** What must never be switched off to save something. */
export const KEEP_ON =
  /fridge|freezer|kuhl|gefrier|koel|vries|router|modem|server|nas\b|network|netzwerk|alarm|medical|heat pump|warmepumpe|aquarium|pump|ups\b|home assistant|siren|lock|camera|doorbell/;
