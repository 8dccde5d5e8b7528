-- What a house charges beside its price, and what of it an order was sold with. The version before, which may still be
-- running beside this one, charges the nights alone; its orders are whole in themselves.
alter table house
    add column cleaning_fee     bigint   not null default 0 check (cleaning_fee >= 0),        -- fen, once a stay
    add column weekend_price    bigint   check (weekend_price > 0),                           -- nights of Friday and Saturday
    add column weekly_discount  smallint not null default 0 check (weekly_discount between 0 and 90),
    add column monthly_discount smallint not null default 0 check (monthly_discount between 0 and 90);

-- The lines of an order that are no nights; orders.lodging is the sum of these and of order_line. Written once, with the
-- order.
create table order_charge (
    order_id bigint not null references orders (id),
    kind     text   not null check (kind in ('EXTRA_GUEST', 'CLEANING', 'DISCOUNT')),
    amount   bigint not null check (amount <> 0),             -- fen; negative for a discount
    discount text check (discount in ('monthly', 'weekly', 'early_bird', 'last_minute')),
    percent  smallint check (percent between 1 and 90),
    primary key (order_id, kind),
    constraint order_charge_sign check ((kind = 'DISCOUNT') = (amount < 0)),
    constraint order_charge_discount
        check ((kind = 'DISCOUNT') = (discount is not null) and (kind = 'DISCOUNT') = (percent is not null))
);

create trigger order_charge_append_only before update or delete on order_charge
    for each row execute function append_only();
