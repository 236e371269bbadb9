CREATE TABLE `energy_progress` (
	`id` integer PRIMARY KEY NOT NULL,
	`meter` text NOT NULL,
	`done_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `energy_step` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`before_w` real NOT NULL,
	`after_w` real NOT NULL,
	`noise_w` real NOT NULL,
	`lead_ms` real,
	`parts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `energy_step_at` ON `energy_step` (`at`);