-- The statements of one POST /orders, as the server sends them: pgbench -M prepared -D house=… -D account=… -f booking.pgbench.sql
\set at random(0, 199)
\set day random(1000, 200000)
select value from ephemeral where key = 'Session_none' and expires_at > now();
begin;
select h.id, h.owner_id, h.title, h.min_days, h.max_days, h.instant_booking, h.cancellation_policy, h.deposit,
       array(select coalesce(p.price, h.price) from generate_series(0, 0) i
             left join night_price p on p.house_id = h.id and p.night = date '2026-01-01' + :day::int + i order by i) as prices
from house h where h.id = :house::bigint + :at::int;
with placed as (
    insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status, cancellation_policy,
                        deadline, created_at)
    values (:house::bigint + :at::int, :account::bigint, :account::bigint, date '2026-01-01' + :day::int, date '2026-01-01' + :day::int + 1, 38800, 50000,
            'WAIT_ACCEPT', 'flexible', now(), now())
    returning id, start_date, guest_id, status, created_at),
frozen as (
    insert into order_line (order_id, night, price)
    select id, start_date + (i - 1)::int, price from placed, unnest(array[38800::bigint]) with ordinality as line (price, i)),
told as (
    insert into order_history (order_id, at, party, account_id, action, to_status)
    select id, created_at, 'GUEST', guest_id, 'PLACE', status from placed)
select id as placed from placed \gset
insert into change_log (topic) select unnest(array['lists']);
insert into night_claim (house_id, night, kind, order_id)
select :house::bigint + :at::int, date '2026-01-01' + :day::int + i, 'ORDER', :placed::bigint from generate_series(0, 0) i order by i
on conflict do nothing;
insert into notice (account_id, order_id, text, created_at)
select account, :placed::bigint, text, now()
from unnest(array[:account::bigint, :account::bigint], array['「压测」：预订已提交，等待房东接单', '「压测」：收到新订单，请尽快处理'])
     with ordinality as told (account, text, i) order by i;
commit;
