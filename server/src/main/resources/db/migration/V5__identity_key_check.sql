-- One row: tells a node whether its identity key is the one that account.real_name and id_card are encrypted with.
create table identity_key_check (
    only_row    boolean primary key default true check (only_row),
    check_value bytea not null
);
