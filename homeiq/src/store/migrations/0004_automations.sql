CREATE TABLE `automation_audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`by_id` text,
	`by_name` text NOT NULL,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`automation_id` text,
	`entity_id` text,
	`draft_id` text,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `automation_audit_automation` ON `automation_audit` (`automation_id`);--> statement-breakpoint
CREATE TABLE `automation_deployment` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`action` text NOT NULL,
	`automation_id` text NOT NULL,
	`draft_id` text,
	`step` text NOT NULL,
	`wanted` text,
	`expected` text,
	`before` text,
	`source` text,
	`entity_id` text,
	`reason` text,
	`evidence` text,
	`by_id` text,
	`by_name` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`error_code` text,
	`error_message` text
);
--> statement-breakpoint
CREATE INDEX `automation_deployment_step` ON `automation_deployment` (`step`);--> statement-breakpoint
CREATE TABLE `automation_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`automation_id` text NOT NULL,
	`entity_id` text,
	`base_hash` text,
	`base` text,
	`base_source` text,
	`source` text NOT NULL,
	`hash` text NOT NULL,
	`config` text,
	`problems` text NOT NULL,
	`reason` text,
	`evidence` text,
	`author_id` text,
	`author_name` text NOT NULL,
	`status` text NOT NULL,
	`failure` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `automation_run` (
	`context_id` text PRIMARY KEY NOT NULL,
	`automation_id` text NOT NULL,
	`at` integer NOT NULL,
	`execution` text,
	`error` text,
	`overridden_at` integer,
	`overridden_entity` text,
	`overridden_to` text
);
--> statement-breakpoint
CREATE INDEX `automation_run_automation` ON `automation_run` (`automation_id`,`at`);--> statement-breakpoint
CREATE TABLE `automation_test` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`scene` text NOT NULL,
	`remembered` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE TABLE `automation_version` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`automation_id` text NOT NULL,
	`number` integer NOT NULL,
	`entity_id` text,
	`alias` text,
	`config` text,
	`source` text NOT NULL,
	`hash` text,
	`origin` text NOT NULL,
	`author_id` text,
	`author_name` text,
	`reason` text,
	`evidence` text,
	`draft_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `automation_version_number` ON `automation_version` (`automation_id`,`number`);--> statement-breakpoint
CREATE TABLE `automation_watch` (
	`automation_id` text PRIMARY KEY NOT NULL,
	`entity_id` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`until` integer NOT NULL,
	`note` text,
	`ended_at` integer
);
