-- Why a reader of the log stopped, until it is opened again: an event that nobody here can read, or a hole.
ALTER TABLE checkpoint ADD COLUMN stopped text;
