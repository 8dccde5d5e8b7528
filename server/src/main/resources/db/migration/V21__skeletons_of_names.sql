-- What names that look alike have in common (TextRule.skeleton), so that no two accounts have such names. Null until the
-- server has worked it out: for the accounts that are there, for imported ones, and for those of a version without the
-- column that runs beside. Of old names that look alike only the first account's has it.
alter table account add column name_skeleton text;

create unique index account_name_skeleton_key on account (name_skeleton) where name_skeleton is not null;

create index account_without_skeleton on account (id) where name_skeleton is null and erased_at is null;

-- Whoever changes the name sets the skeleton afterwards. A version without the column does not, nor does an erasure: what
-- the old name was is nowhere then.
create function forget_name_skeleton() returns trigger language plpgsql as $$
begin
    new.name_skeleton := null;
    return new;
end
$$;

create trigger account_renamed before update of name on account
    for each row when (new.name is distinct from old.name) execute function forget_name_skeleton();
