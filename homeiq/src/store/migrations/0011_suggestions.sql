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
