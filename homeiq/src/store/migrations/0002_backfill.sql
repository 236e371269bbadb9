CREATE TABLE `backfill` (
	`id` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`to_at` integer NOT NULL,
	`from_at` integer,
	`done_from` integer NOT NULL,
	`statistics_done_from` integer,
	`entities` integer NOT NULL,
	`changes` integer NOT NULL,
	`statistics` integer NOT NULL,
	`error_code` text
);
--> statement-breakpoint
ALTER TABLE `gap` ADD `state` text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE `gap` ADD `filled_at` integer;--> statement-breakpoint
ALTER TABLE `gap` ADD `filled_changes` integer;--> statement-breakpoint
ALTER TABLE `gap` ADD `filled_without` integer;