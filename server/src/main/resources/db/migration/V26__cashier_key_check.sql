-- One row: the check value of the key that all nodes' cashiers sign with. A node of the version before neither reads nor
-- writes it.
create table cashier_key_check (
    only_row    boolean primary key default true check (only_row),
    check_value bytea not null
);
