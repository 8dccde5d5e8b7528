-- A change of the identity key under way: identity_key_check is the new key's by then, and what was encrypted with the
-- one before is encrypted anew, account after account. No row: every field is under the one key.
create table identity_key_rotation (
    only_row    boolean primary key default true check (only_row),
    check_value bytea       not null,                         -- of the key before
    started_at  timestamptz not null,
    done_up_to  bigint      not null default 0                -- accounts up to this id are done
);

-- Which keys each running node holds; the times are the database's own.
create table identity_key_node (
    node         uuid primary key,
    check_values text[]      not null,                         -- hexadecimal
    seen_at      timestamptz not null
);

-- Who has had to do with identity data, and when; nothing of that data itself. Accounts are told by their number alone
-- and without a reference, so that a row outlives everything.
create table identity_access (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    who        text        not null,                          -- 'owner', or 'operator' and a login name
    account_id bigint,                                        -- whose data; null for everybody's
    what       text        not null
        check (what in ('VERIFIED', 'READ', 'EXPORTED', 'ERASED', 'KEY_CHANGE_BEGUN', 'KEY_CHANGE_ENDED', 'BACKED_UP',
                        'RESTORED', 'AUDIT_READ'))
);

create index identity_access_account on identity_access (account_id, at);
create index identity_access_at on identity_access (at);

-- Only the sweep of what is older than its period says that it is one, in its own transaction.
create function append_only_until_swept() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('ihome.sweeping', true) = tg_table_name then
        return old;
    end if;
    raise exception '% is append-only', tg_table_name;
end
$$;

create trigger identity_access_append_only before update or delete on identity_access
    for each row execute function append_only_until_swept();
