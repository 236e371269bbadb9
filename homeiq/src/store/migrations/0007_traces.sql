CREATE TABLE `automation_trace` (
	`run_id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`at` integer NOT NULL,
	`execution` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `automation_trace_at` ON `automation_trace` (`at`);