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
