-- Who comes, and what of the price depends on it and on how long before arrival a stay is booked. The version before, which
-- may still be running beside this one, knows one guest and charges none of these.
alter table house
    add column base_guests         smallint check (base_guests between 1 and 100),     -- null: all the house takes
    add column extra_guest_fee     bigint   not null default 0 check (extra_guest_fee >= 0), -- fen a person and night
    add column early_bird_days     smallint check (early_bird_days between 0 and 730),  -- at least so many before arrival
    add column early_bird_percent  smallint check (early_bird_percent between 0 and 90),
    add column last_minute_days    smallint check (last_minute_days between 0 and 730), -- at most so many before arrival
    add column last_minute_percent smallint check (last_minute_percent between 0 and 90),
    add constraint house_early_bird check ((early_bird_days is null) = (early_bird_percent is null)),
    add constraint house_last_minute check ((last_minute_days is null) = (last_minute_percent is null));

-- One adult in the orders of the versions before, which did not ask.
alter table orders
    add column adults   smallint not null default 1 check (adults between 1 and 100),
    add column children smallint not null default 0 check (children between 0 and 100),
    add column infants  smallint not null default 0 check (infants between 0 and 100);
