-- Other dates or guests of a paid order, asked for by guest or host and accepted by the other side. The version before, which
-- may still be running beside this one, knows none of it: it shows the lines as they were first sold, closes the trade of a
-- change as one that nobody waits for (the guest opens another), and ends an order without a look at a change that is open:
-- such a change ends, and frees the nights it holds, when its time is over.
create table order_change (
    id         bigint generated always as identity primary key,
    order_id   bigint      not null references orders (id),
    asked_by   text        not null check (asked_by in ('GUEST', 'HOST')),
    start_date date        not null,
    end_date   date        not null,
    adults     integer     not null check (adults >= 1),
    children   integer     not null check (children >= 0),
    infants    integer     not null check (infants >= 0),
    lodging    bigint      not null check (lodging > 0),      -- sum of its lines
    difference bigint      not null,                          -- lodging less that of the order when it was asked for
    status     text        not null
        check (status in ('WAIT_ANSWER', 'WAIT_PAYMENT', 'DONE', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'ENDED')),
    due_at     timestamptz,                                   -- until when it is answered or paid; null once it is closed
    payment    text,                                          -- reference of the payment of the difference
    returned   bigint      not null default 0 check (returned >= 0),   -- fen of the difference that went back to the guest
    closed_by  text check (closed_by in ('GUEST', 'HOST', 'CLOCK', 'PROVIDER')),
    closed_at  timestamptz,
    created_at timestamptz not null,
    constraint order_change_stay check (start_date < end_date),
    constraint order_change_due check ((status in ('WAIT_ANSWER', 'WAIT_PAYMENT')) = (due_at is not null)),
    constraint order_change_closed
        check ((due_at is null) = (closed_at is not null) and (closed_at is null) = (closed_by is null)),
    constraint order_change_paid check (payment is null or status = 'DONE' and difference > 0),
    constraint order_change_returned check (returned = 0 or status = 'DONE' and returned <= -difference)
);

create unique index order_change_open on order_change (order_id) where due_at is not null;
create index order_change_order on order_change (order_id, id);
create index order_change_due_at on order_change (due_at) where due_at is not null;

-- What the changed stay was offered for, in place of order_line and order_charge once the change is done.
create table order_change_line (
    change_id bigint not null references order_change (id),
    order_id  bigint not null references orders (id),
    night     date   not null,
    price     bigint not null check (price > 0),
    primary key (change_id, night)
);

create table order_change_charge (
    change_id bigint not null references order_change (id),
    order_id  bigint not null references orders (id),
    kind      text   not null check (kind in ('EXTRA_GUEST', 'CLEANING', 'DISCOUNT')),
    amount    bigint not null check (amount <> 0),            -- fen; negative for a discount
    discount  text check (discount in ('monthly', 'weekly', 'early_bird', 'last_minute')),
    percent   smallint check (percent between 1 and 90),
    primary key (change_id, kind),
    constraint order_change_charge_sign check ((kind = 'DISCOUNT') = (amount < 0)),
    constraint order_change_charge_discount
        check ((kind = 'DISCOUNT') = (discount is not null) and (kind = 'DISCOUNT') = (percent is not null))
);

create trigger order_change_line_append_only before update or delete on order_change_line
    for each row execute function append_only();
create trigger order_change_charge_append_only before update or delete on order_change_charge
    for each row execute function append_only();

-- An order has one open trade of its own at a time, and each of its changes one.
alter table payment add column change_id bigint references order_change (id);   -- null: the order's own
drop index payment_open;
create unique index payment_open on payment (order_id) where state = 'OPEN' and change_id is null;
create unique index payment_open_of_change on payment (change_id) where state = 'OPEN' and change_id is not null;

-- Of a change to a cheaper stay, the change; such a refund is written as a cancellation's, which the version before can read.
alter table refund add column change_id bigint references order_change (id);
