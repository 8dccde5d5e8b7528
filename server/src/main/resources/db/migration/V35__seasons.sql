-- What differs at a house on some dates. The version before, which may still be running beside this one, does not know them:
-- it sells these nights as if there were none.
create table house_season (
    house_id            bigint  not null references house (id) on delete cascade,
    first_night         date    not null,
    end_date            date    not null,                     -- the day after the last night
    price               bigint  check (price > 0),            -- fen a night; null: as without the season
    min_days            smallint check (min_days between 1 and 365), -- of stays that begin in it; null: the house's own
    closed_to_arrival   boolean not null,
    closed_to_departure boolean not null,
    primary key (house_id, first_night),
    constraint house_season_dates check (end_date > first_night)
);
