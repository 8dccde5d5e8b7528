-- An order says what was sold: title, address and main picture of the house as they were when it was placed. What the host
-- edits or takes down afterwards does not change what a guest has paid for.
alter table orders
    add column title      text,
    add column address    text,                              -- empty once the host's account is erased
    add column main_image text;                              -- null where the house showed no picture

update orders o set title = h.title, address = h.address, main_image = h.main_image
from house h where h.id = o.house_id;

-- The version before, which may still be running beside this one, does not name them.
create function orders_say_what_is_sold() returns trigger language plpgsql as $$
begin
    select title, address, main_image into new.title, new.address, new.main_image from house where id = new.house_id;
    return new;
end
$$;

create trigger orders_say_what_is_sold before insert on orders
    for each row when (new.title is null) execute function orders_say_what_is_sold();

alter table orders
    alter column title set not null,
    alter column address set not null;

-- Whether a picture may be removed is asked by the picture.
create index orders_picture on orders (main_image) where main_image is not null;
