-- An order says by which times and rules the stay was sold, whatever the host edits later. Null in orders of the versions
-- before, whose houses had none of their own: 15:00, no end of arrivals, 11:00, and no rules.
alter table orders
    add column check_in_from  time,
    add column check_in_until time,
    add column check_out_by   time,
    add column rules          text;                           -- empty once the host's account is erased
