-- What an account may hold without paying: the orders that it has open, has placed lately, and has let expire.

-- When an order expired unpaid; null when it did not, or was paid after all.
alter table orders add column expired_at timestamptz;

create index orders_held on orders (guest_id) where deadline is not null;
create index orders_expired on orders (guest_id, expired_at) where expired_at is not null;
create index orders_placed on orders (guest_id, created_at);
