CREATE TABLE `archive` (
	`id` integer PRIMARY KEY NOT NULL,
	`sealed_through` integer NOT NULL,
	`compacted_through` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `change_meta` (
	`key` integer PRIMARY KEY NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chunk` (
	`id` integer PRIMARY KEY NOT NULL,
	`until` integer NOT NULL,
	`count` integer NOT NULL,
	`causes` integer NOT NULL,
	`body` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `context` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`parent_key` integer,
	`user_id` text,
	`entities` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entity_size` (
	`entity_key` integer PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`bytes` integer NOT NULL,
	`oldest_at` integer NOT NULL,
	`newest_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `retention` (
	`id` integer PRIMARY KEY NOT NULL,
	`retention` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statistic_long` (
	`id` integer PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`body` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statistic_short` (
	`id` integer PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`body` blob NOT NULL
);
