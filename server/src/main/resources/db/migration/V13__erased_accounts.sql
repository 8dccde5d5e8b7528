-- An account whose owner had it erased: its row stays for orders and ledger, without anything that tells who it was.
alter table account add column erased_at timestamptz;

alter table account
    drop constraint account_reachable_or_imported,
    add constraint account_reachable_or_imported
        check (mobile is not null or external_id is not null or erased_at is not null),
    add constraint account_erased_whole
        check (erased_at is null
               or (mobile is null and password_hash is null and avatar is null and real_name is null));

-- All erased accounts have one name.
alter table account drop constraint account_name_key;
create unique index account_name_key on account (name) where erased_at is null;

-- A request that was under way when its account was erased comes too late. The row is locked first: whoever erases it at
-- this moment is waited for.
create function account_is_there(account_ids bigint[]) returns boolean language sql as $$
    select coalesce(bool_and(present.erased_at is null), true)
    from (select erased_at from account where id = any(account_ids) order by id for key share) present
$$;

create function orders_of_present_accounts() returns trigger language plpgsql as $$
begin
    if not account_is_there(array[new.guest_id, new.host_id]) then
        raise exception 'an erased account places and takes no orders' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create function house_of_present_account() returns trigger language plpgsql as $$
begin
    if not account_is_there(array[new.owner_id]) then
        raise exception 'an erased account has no houses' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger orders_of_present_accounts before insert on orders
    for each row execute function orders_of_present_accounts();
-- Imported houses come by the million, and their hosts cannot be erased.
create trigger house_of_present_account before insert on house
    for each row when (new.external_id is null) execute function house_of_present_account();
create trigger house_shown_by_present_account before update of published, address on house
    for each row when ((new.published and not old.published) or (new.address <> '' and old.address = ''))
    execute function house_of_present_account();

-- Notices go after a year.
create index notice_age on notice (created_at);
