CREATE TABLE `pattern_memory` (
	`id` integer PRIMARY KEY NOT NULL,
	`moves` blob NOT NULL
);
