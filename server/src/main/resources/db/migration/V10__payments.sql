-- What guests were sent to pay, one row a trade at a payment provider. An order has one open trade at a time; when that
-- was closed unpaid and the order still waits, it gets another.
create table payment (
    id         bigint generated always as identity primary key,
    trade      text        not null unique,                  -- our number of it (out_trade_no)
    order_id   bigint      not null references orders (id),
    provider   text        not null,
    amount     bigint      not null check (amount > 0),
    state      text        not null default 'OPEN' check (state in ('OPEN', 'PAID', 'CLOSED')),
    number     text,                                         -- the provider's number of it; null until it was told
    expires_at timestamptz not null,                         -- the provider takes no money after it
    created_at timestamptz not null,
    changed_at timestamptz,
    checks     integer     not null default 0,               -- how often the provider was asked
    next_check timestamptz not null,                         -- when it is asked again, while the trade is open
    closing    boolean     not null default false,           -- the order has ended, and the provider is being told
    constraint payment_paid check (state <> 'PAID' or number is not null)
);

create unique index payment_open on payment (order_id) where state = 'OPEN';
create unique index payment_number on payment (provider, number);
create index payment_order on payment (order_id);
create index payment_check on payment (next_check) where state = 'OPEN';

-- Refunds are asked for again and again, later each time, until the provider has made them.
alter table refund
    add column attempts     integer     not null default 0,
    add column next_attempt timestamptz not null default '-infinity',
    add column error        text;                            -- why the last attempt failed; null when none has

drop index refund_open;
create index refund_open on refund (next_attempt) where done_at is null;
