-- Wrong guesses of a one-use code by who guessed: the code's owner keeps their tries while a stranger uses up theirs. By
-- "asker@value", so that a version without the column, which puts a new value in the old one's place, begins anew too.
alter table ephemeral add column misses_by jsonb not null default '{}';
