CREATE TABLE `sports_event` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sports_told` (
	`game` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
