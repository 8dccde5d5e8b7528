-- The books of the built-in cashier, which stands for a payment provider: it has no other table, and nobody else has
-- these.
create table cashier_trade (
    trade  text primary key,                                 -- the shop's number of it
    number text        not null unique,                      -- the cashier's own
    amount bigint      not null check (amount >= 0),
    status text        not null check (status in ('TRADE_SUCCESS', 'TRADE_CLOSED')),
    at     timestamptz not null
);

create table cashier_refund (
    trade   text        not null references cashier_trade (trade),
    request text        not null,                            -- the shop's number of it: asked for twice, made once
    amount  bigint      not null check (amount > 0),
    at      timestamptz not null,
    primary key (trade, request)
);
