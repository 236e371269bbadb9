/**
 * What a source of outside refused or did not say, and what to do, by the code of the failure.
 *
 * A source's name behind the code is the text of that source alone. `{provider}` is its name.
 */
export const enSourceErrors = {
  "error.http.unreachable":
    "{provider} cannot be reached ({reason}). HomeIQ tries again by itself.",
  "error.http.too_long":
    "{provider} answered with more than HomeIQ reads (16 MB). HomeIQ tries again by itself.",
  "error.http.refused":
    "{provider} refuses the request. If it needs a key, check the key in the options of this app; then press Test connection.",
  "error.http.refused.openweathermap":
    "OpenWeatherMap refuses the key. A new one works after an hour or two; enter it as openweathermap_key in the options of this app.",
  "error.http.refused.tibber":
    "Tibber refuses the token. Make one at developer.tibber.com and enter it as price_key in the options of this app.",
  "error.http.refused.entso-e":
    "ENTSO-E refuses the token. Ask for one by mail to transparency@entsoe.eu and enter it as price_key in the options of this app.",
  "error.http.refused.electricity-maps":
    "Electricity Maps refuses the key, or the key is for another zone. Enter it as carbon_key, and its zone as carbon_zone, in the options of this app.",
  "error.http.refused.watttime":
    "WattTime refuses the login. Check watttime_username and watttime_password in the options of this app.",
  "error.http.refused.airnow":
    "AirNow refuses the key. Get one at docs.airnowapi.org and enter it as airnow_key in the options of this app.",
  "error.http.refused.homewizard":
    "The device refuses. Turn on its local API in the HomeWizard app, then press Test connection.",
  "error.http.too_many":
    "{provider} was asked more often than it allows. HomeIQ waits as long as it says and then goes on by itself.",
  "error.http.server":
    "{provider} has a fault of its own (answer {status}). HomeIQ tries again by itself.",
  "error.http.unexpected_status":
    "{provider} answered {status}, which HomeIQ did not expect. Check the zone or address in the options of this app; HomeIQ tries again by itself.",
  "error.http.not_json":
    "{provider} answered with something other than data, such as a page for people. HomeIQ tries again by itself.",
  "error.http.unexpected_shape":
    "{provider} answered in a form that HomeIQ does not understand, or without what is needed. HomeIQ tries again by itself; if it lasts, an update of this app is needed.",
  "error.surroundings.unknown": "This source is not set up any more. Load the page again.",
  "error.surroundings.timeout": "{provider} did not answer in time. HomeIQ tries again by itself.",
  "error.surroundings.quota":
    "{provider} was asked {mostPerDay} times today, which is all that it allows. HomeIQ goes on tomorrow.",
  "error.surroundings.no_key": "{provider} needs a key. Enter {option} in the options of this app.",
  "error.surroundings.no_entity":
    "Home Assistant has no {entityId}. Check the name in the options of this app.",
  "error.surroundings.entity_unavailable":
    "{entityId} has no value in Home Assistant now. Its integration may be down; HomeIQ tries again by itself.",
  "error.surroundings.home_away": "Home Assistant is not there yet. HomeIQ tries again by itself.",
  "error.price.none":
    "{provider} has no prices for now. They may not be published yet; HomeIQ tries again by itself.",
  "error.price.odd":
    "A price of {provider} is no number that a price can be, so none of them is used. HomeIQ tries again by itself.",
  "error.price.overlap":
    "{provider} says two prices for the same time, so neither is used. HomeIQ tries again by itself.",
  "error.price.currencies":
    "The price entities have different currencies. Name only those of one currency in the options of this app.",
  "error.price.unit":
    "{provider} says prices in a unit that HomeIQ does not know ({unit}). HomeIQ tries again by itself.",
  "error.price-entity.none": "Name the entity with the price as price_entity in the options.",
  "error.price-entity.missing":
    "Home Assistant has no {entityId}. Check price_entity in the options of this app.",
  "error.price-entity.currency":
    "{entityId} does not say its currency. Set the currency of your home in Home Assistant, under Settings, System, General.",
  "error.price-entity.own":
    "{entityId} is the price that HomeIQ itself shows. Name the entity of your supplier as price_entity in the options of this app.",
  "error.static-tariff.none": "Enter your price as price_tariff in the options of this app.",
  "error.entso-e.area":
    "ENTSO-E has no bidding zone {area}. Enter yours as price_zone in the options of this app, such as AT or DE-LU.",
  "error.entso-e.refused":
    "ENTSO-E refused the question: {said}. Check price_zone in the options of this app.",
  "error.entso-e.not_xml":
    "ENTSO-E answered with a document that was cut off or is none. HomeIQ tries again by itself.",
  "error.nord-pool.area":
    "Nord Pool has no prices for {area}. Enter your area as price_zone in the options of this app, such as SE3.",
  "error.octopus-agile.tariff":
    "Octopus has no tariff {tariff}. Enter yours as price_zone in the options of this app; it is on your bill.",
  "error.tibber.no_home":
    "Tibber's account has no home with a contract. Check whose token price_key in the options of this app is.",
  "error.tibber.failed": "{message}. HomeIQ tries again by itself.",
  "error.carbon.none": "{provider} has no value for now. HomeIQ tries again by itself.",
  "error.carbon.odd":
    "A value of {provider} is none that can be, so none of them is used. HomeIQ tries again by itself.",
  "error.carbon.overlap":
    "{provider} says two values for the same time, so neither is used. HomeIQ tries again by itself.",
  "error.electricity-maps.zone":
    "Electricity Maps does not know this zone. Enter yours as carbon_zone in the options of this app, such as AT.",
  "error.gb-carbon-intensity.postcode":
    "The postcode {postcode} is not known. Enter its first half as carbon_zone in the options of this app, such as SW1.",
  "error.watttime.account":
    "Enter watttime_username and watttime_password in the options of this app. An account of WattTime is free.",
  "error.watttime.no_coverage":
    "WattTime has nothing for the place of your home. Choose another carbon_provider in the options of this app.",
  "error.watttime.scope":
    "Your plan of WattTime does not have this region. Enter one that it has as carbon_zone in the options of this app; CAISO_NORTH is free.",
  "error.watttime.unit":
    "WattTime answered in a unit that HomeIQ does not know. HomeIQ tries again by itself.",
  "error.watttime.failed": "{message}. HomeIQ tries again by itself.",
  "error.air.none": "{provider} has no value for now. HomeIQ tries again by itself.",
  "error.air.unit":
    "{provider} says concentrations in a unit that HomeIQ does not know ({unit}). HomeIQ tries again by itself.",
  "error.air-entity.none": "Name your air sensors as air_entity in the options of this app.",
  "error.air-entity.missing":
    "Home Assistant has no {entityId}. Check air_entity in the options of this app.",
  "error.air-entity.own":
    "{entityId} is the air that HomeIQ itself shows. Name a sensor of your own as air_entity in the options of this app.",
  "error.airnow.no_station":
    "AirNow has no station within {miles} miles of your home. Choose another air_provider in the options of this app.",
  "error.airnow.failed": "{message}. HomeIQ tries again by itself.",
  "error.espn.no_league": "Name the teams that you follow as sports_teams in the options.",
  "error.team_tracker.silent": "Team Tracker says nothing yet. It is asked again.",
  "error.team_tracker.none": "Team Tracker has no sensor in Home Assistant. Add a team there.",
  "error.home_calendar.none": "Home Assistant has no calendar. Add one there.",
  "error.calendar.bad_rule":
    "Line {line} of the calendar's rules cannot be read. It must look like guests: aunt, uncle.",
  "error.meter.unreachable":
    "{host} sends nothing ({reason}). Check meter_address in the options of this app, and whether the reader has power; HomeIQ tries again by itself.",
  "error.meter_entities.none":
    "Home Assistant has no meter. Add one to its energy dashboard, with its power.",
  "error.meter_entities.unknown":
    "The meter's entities have no value in Home Assistant now. HomeIQ tries again by itself.",
  "error.dsmr_p1.silent":
    "The reader is connected, but no telegram has come yet. Some meters need their P1 port switched on by the grid operator.",
  "error.dsmr_p1.not_a_telegram":
    "What comes from the P1 port is no telegram. Check the address and port in meter_address, and the reader's speed.",
  "error.dsmr_p1.cut_off":
    "Telegrams of the P1 port come cut off. Nothing of them is used; check the cable.",
  "error.dsmr_p1.checksum":
    "The checksum of a telegram does not fit, so nothing of it is used. If it happens often, check the cable.",
  "error.homewizard.certificate":
    "The device at {host} signs its own certificate, and that is not allowed. Use its address with http:// as meter_address in the options of this app.",
  "error.homewizard.no_telegram":
    "The HomeWizard gets nothing from the meter yet. Check its cable; HomeIQ tries again by itself.",
  "error.p1_monitor.no_reading": "P1 Monitor has no reading yet. HomeIQ tries again by itself.",
  "error.glow.silent":
    "The display sends nothing. Check that its local MQTT is on and goes to your broker; HomeIQ goes on listening.",
  "error.publish.bad_address":
    "mqtt_url in the options of this app must look like mqtt://192.168.1.5:1883.",
  "error.publish.unreachable":
    "The broker cannot be reached ({reason}). HomeIQ tries again by itself; nothing else waits for it.",
  "error.publish.refused":
    "The broker refuses the user or password. Check mqtt_username and mqtt_password in the options of this app.",
} as const;
