CREATE TABLE `occupancy_prediction` (
	`start` integer PRIMARY KEY NOT NULL,
	`home` real NOT NULL,
	`made_at` integer NOT NULL
);
