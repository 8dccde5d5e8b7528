-- The host of a cancelled order said that its guest never came. Its row of order_history is that of a cancellation, which the
-- version before, that may still be running beside this one, can read.
alter table orders
    add column no_show boolean not null default false,
    add constraint orders_no_show check (not no_show or (status = 'CANCELED' and ended_by = 'HOST'));
