CREATE TABLE `provider_answer` (
	`name` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`at` integer,
	`max_age_ms` integer NOT NULL,
	`body` text,
	`counters` text NOT NULL
);
