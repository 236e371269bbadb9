CREATE TABLE `entity_filter` (
	`id` integer PRIMARY KEY NOT NULL,
	`filter` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gap` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	`reason` text NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE TABLE `listening` (
	`id` integer PRIMARY KEY NOT NULL,
	`last_alive_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entity_rename` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entity_key` integer NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recorded_entity` (
	`key` integer PRIMARY KEY NOT NULL,
	`entity_id` text NOT NULL,
	`registry_id` text,
	`name` text NOT NULL,
	`domain` text NOT NULL,
	`device_class` text,
	`category` text NOT NULL,
	`device_id` text,
	`area_id` text,
	`first_seen_at` integer NOT NULL,
	`removed` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `recorded_entity_by_id` ON `recorded_entity` (`entity_id`);--> statement-breakpoint
CREATE INDEX `recorded_entity_by_registry` ON `recorded_entity` (`registry_id`);--> statement-breakpoint
CREATE TABLE `state_change` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entity_key` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`old_state` text,
	`new_state` text,
	`value` real,
	`unit` text,
	`held_ms` integer,
	`context_id` text NOT NULL,
	`context_parent_id` text,
	`context_user_id` text,
	`changed_attributes` text,
	`cause` text NOT NULL,
	`cause_confidence` real NOT NULL,
	`cause_by` text,
	`cause_by_name` text,
	`cause_root` text,
	`override` integer
);
--> statement-breakpoint
CREATE INDEX `state_change_by_time` ON `state_change` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `state_change_by_entity` ON `state_change` (`entity_key`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `state_change_by_context` ON `state_change` (`context_id`);