-- What a house says beside its title: texts and times that everybody may see. The version before, which may still be
-- running beside this one, neither reads nor writes them.
alter table house
    add column description    text not null default '',
    add column rules          text not null default '',
    add column check_in_from  time not null default '15:00',  -- in the site's time zone
    add column check_in_until time,                           -- null: guests may arrive at any hour
    add column check_out_by   time not null default '11:00',
    add constraint house_check_in check (check_in_until > check_in_from);

-- How to find the door and get in: for the owner, and for guests who have paid. A table of its own, so that no question for
-- what everybody may see can answer it. No row: the host has said nothing.
create table house_arrival (
    house_id      bigint primary key references house (id) on delete cascade,
    door          text not null,
    arrival_guide text not null
);
