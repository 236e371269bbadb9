/** What the workshop says when it cannot do what was asked, by the code of the answer. */
export const enErrors = {
  "error.automation.no_such_path": "That part is no longer in the text. Check it again.",
  "error.automation.yaml_unreadable": "The text is no valid YAML. Press Check to see where.",
  "error.automation_config.away":
    "Home Assistant is away. Nothing was changed; try again when it is back.",
  "error.automation_config.blueprint_taken":
    "There is a blueprint at {path} already. Give this one another name.",
  "error.automation_config.blueprint_unfit": "Home Assistant refuses the blueprint: {reason}",
  "error.automation_config.no_action": "This action does not exist in your Home Assistant.",
  "error.automation_config.no_address": "HomeIQ is not connected to a Home Assistant.",
  "error.automation_config.not_admin":
    "Home Assistant does not let HomeIQ change automations: its access token must be an administrator's.",
  "error.automation_config.not_loaded":
    "Home Assistant stored it but never loaded it, so it was taken back. Its configuration.yaml needs this line: {line}",
  "error.automation_config.refused": "Home Assistant refused it: {reason}",
  "error.automation_config.unexpected":
    "Home Assistant answered in a way that HomeIQ does not understand. Nothing more was changed.",
  "error.automation_config.unusable":
    "Home Assistant loaded it but cannot use it, so it was taken back. Its repairs say why.",
  "error.automations.alias_taken":
    "“{alias}” is the name of another one already. Give this one another name, or change that one.",
  "error.automations.blueprint": "{message}. Look at its inputs and at the blueprint {path}.",
  "error.automations.changed_meanwhile":
    "It was changed or removed in Home Assistant since this was written. Begin a new draft from what stands there now.",
  "error.automations.has_problems": "It has errors. Mend them, then check it again.",
  "error.automations.id_taken": "Its id is in use by another one. Begin a new draft.",
  "error.automations.is_of_blueprint":
    "It is made of the blueprint at {path} already: pass on that one, or download what it becomes.",
  "error.automations.needs_confirmation":
    "It touches something that matters for safety, and needs your yes first.",
  "error.automations.needs_fields": "{message}. Fill it in first.",
  "error.automations.no_blueprint": "It is made of no blueprint any more. Load the page again.",
  "error.automations.no_config":
    "Home Assistant does not tell how it is written. It may come from an integration.",
  "error.automations.no_draft": "This draft does not exist. It may have been removed.",
  "error.automations.no_id":
    "It has no id in its file. Give it one there, and HomeIQ can keep its versions.",
  "error.automations.no_place":
    "There is nothing at {path} any more. Load the page again and choose anew.",
  "error.automations.no_proposal":
    "What people undid speaks for no condition any more. More runs may change that.",
  "error.automations.no_scene_blueprint":
    "Home Assistant has no blueprints of scenes. Download it as YAML.",
  "error.automations.no_trigger": "It no longer has this trigger. Load the page again.",
  "error.automations.no_version": "This version is not kept, so there is nothing to go back to.",
  "error.automations.not_adjustable":
    "There is no threshold, length of time or time of day at this place any more. Check it again.",
  "error.automations.not_as_written":
    "It was changed in Home Assistant at the same moment. That change stands; yours is kept as a draft.",
  "error.automations.not_open":
    "This is no longer a draft: it was deployed or discarded meanwhile. The log tells by whom.",
  "error.automations.nothing_to_undo":
    "HomeIQ did not change it last, so there is nothing to undo. Its versions can be brought back.",
  "error.automations.only_automations": "Only automations are turned on and off.",
  "error.automations.range_too_long": "At most 62 days can be played back at once.",
  "error.automations.read_only":
    "It is written in a file of its own (a package, or configuration.yaml): only there can it be changed.",
  "error.automations.test_running": "Another test is running. Try again when it has ended.",
  "error.automations.text_changed":
    "It is another text than the one you were shown: somebody changed it meanwhile. Look at it again.",
  "error.automations.too_old":
    "Home Assistant was away for too long; nothing was changed. Approve it again.",
  "error.automations.undone":
    "It was taken back: in Home Assistant stands what stood there before.",
  "error.automations.unknown":
    "It no longer exists in Home Assistant. Its versions are kept, and can be brought back.",
  "error.automations.unknown_context": "Nothing is kept of what caused this.",
  "error.automations.unreadable":
    "It cannot be played back: it has errors, or is made of a blueprint that cannot be read.",
  "error.replay.closed": "HomeIQ is stopping. Play it back when it runs again.",
  "error.replay.nothing_loaded": "No history was loaded. Play it back again.",
  "error.replay.stopped": "The playing back was stopped. Play it back again.",
} as const;
