CREATE TABLE `agent_action` (
	`id` text PRIMARY KEY NOT NULL,
	`proposal_id` text NOT NULL,
	`service` text NOT NULL,
	`entity_ids` text NOT NULL,
	`by_name` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undo_until` integer NOT NULL,
	`undo` text NOT NULL,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `agent_action_proposal` ON `agent_action` (`proposal_id`);--> statement-breakpoint
CREATE INDEX `agent_action_at` ON `agent_action` (`at`);--> statement-breakpoint
CREATE TABLE `agent_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`event` text NOT NULL,
	`by_id` text,
	`by_name` text NOT NULL,
	`outcome` text NOT NULL,
	`text` text NOT NULL,
	`entity_ids` text NOT NULL,
	`kind` text,
	`proposal_id` text,
	`action_id` text,
	`task_id` text,
	`rule` text
);
--> statement-breakpoint
CREATE INDEX `agent_log_proposal` ON `agent_log` (`proposal_id`);--> statement-breakpoint
CREATE TABLE `agent_button` (
	`id` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`about` text NOT NULL,
	`recipient` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `agent_message` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`about` text NOT NULL,
	`recipient` text NOT NULL,
	`at` integer NOT NULL,
	`is_sent` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `agent_message_about` ON `agent_message` (`about`);--> statement-breakpoint
CREATE INDEX `agent_message_recipient` ON `agent_message` (`recipient`,`at`);--> statement-breakpoint
CREATE TABLE `agent_proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`entity_ids` text NOT NULL,
	`evidence` text NOT NULL,
	`benefit` text,
	`offer_label` text,
	`actions` text NOT NULL,
	`is_safety` integer NOT NULL,
	`status` text NOT NULL,
	`outcome` text NOT NULL,
	`rule` text NOT NULL,
	`answered_at` integer,
	`answered_by` text
);
--> statement-breakpoint
CREATE INDEX `agent_proposal_status` ON `agent_proposal` (`status`);--> statement-breakpoint
CREATE INDEX `agent_proposal_at` ON `agent_proposal` (`at`);--> statement-breakpoint
CREATE TABLE `agent_silence` (
	`subject` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE TABLE `agent_settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`settings` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `agent_task` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`template` text NOT NULL,
	`sections` text NOT NULL,
	`cron` text NOT NULL,
	`cooldown_minutes` integer NOT NULL,
	`enabled` integer NOT NULL,
	`only_if_something` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `agent_task_run` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`task_id` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `agent_task_run_task` ON `agent_task_run` (`task_id`,`at`);--> statement-breakpoint
CREATE TABLE `suggestion` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`status` text NOT NULL,
	`found` text NOT NULL,
	`score` text NOT NULL,
	`total` real NOT NULL,
	`history` text NOT NULL,
	`back_test` text,
	`draft_id` text,
	`automation_id` text,
	`deployed_at` integer,
	`snoozed_until` integer,
	`dismiss_reason` text,
	`refused_at` integer,
	`refused_strength` text,
	`overrides` integer NOT NULL,
	`runs` integer NOT NULL,
	`first_found_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `suggestion_status` ON `suggestion` (`status`);--> statement-breakpoint
CREATE TABLE `suggestion_run` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`found` integer NOT NULL,
	`opened` integer NOT NULL,
	`expired` integer NOT NULL,
	`open` integer NOT NULL,
	`waiting` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pattern` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`found` text NOT NULL,
	`seen` text NOT NULL,
	`missed` text NOT NULL,
	`seen_count` integer NOT NULL,
	`missed_count` integer NOT NULL,
	`first_found_at` integer NOT NULL,
	`last_found_at` integer NOT NULL,
	`runs_without` integer NOT NULL,
	`past` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pattern_kind` ON `pattern` (`kind`);--> statement-breakpoint
CREATE TABLE `pattern_detector` (
	`detector` text PRIMARY KEY NOT NULL,
	`runs` integer NOT NULL,
	`found` integer NOT NULL,
	`duration_ms` real NOT NULL,
	`capped` integer NOT NULL,
	`failures` integer NOT NULL,
	`last_error` text
);
--> statement-breakpoint
CREATE TABLE `pattern_run` (
	`started_at` integer PRIMARY KEY NOT NULL,
	`duration_ms` integer NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`traces_from` integer NOT NULL,
	`changes` integer NOT NULL,
	`acts` integer NOT NULL,
	`entities` integer NOT NULL,
	`found` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `synergy` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`status` text NOT NULL,
	`payload` text NOT NULL,
	`first_found_at` integer NOT NULL,
	`last_found_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `synergy_type` ON `synergy` (`type`);--> statement-breakpoint
CREATE TABLE `synergy_run` (
	`id` integer PRIMARY KEY NOT NULL,
	`run` text NOT NULL
);
