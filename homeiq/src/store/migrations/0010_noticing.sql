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
