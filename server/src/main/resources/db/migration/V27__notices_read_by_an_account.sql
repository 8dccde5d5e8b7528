-- Up to which notice an account has read, on whatever device: an id of notice. Null until it has told so for the first
-- time, and for accounts whose app is of a version without the column, which neither reads nor writes it.
alter table account add column notices_read bigint check (notices_read >= 0);
