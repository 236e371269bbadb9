CREATE TABLE `past_import` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`done_parts` text NOT NULL,
	`changes` integer NOT NULL,
	`known` integer NOT NULL,
	`statistics` integer NOT NULL,
	`problems` text NOT NULL,
	`error_code` text,
	`error_message` text
);
