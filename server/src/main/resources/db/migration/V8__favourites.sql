-- The houses that an account has marked; the id is their order.
create table favourite (
    account_id bigint not null references account (id) on delete cascade,
    house_id   bigint not null references house (id) on delete cascade,
    id         bigint generated always as identity,
    primary key (account_id, house_id)
);

create index favourite_account on favourite (account_id, id);
