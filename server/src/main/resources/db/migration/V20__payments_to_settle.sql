-- What payment providers say beside success: refunds that they refuse for good, and what happened to a trade there that
-- this site did not ask for. Both wait for a person's decision.

alter table refund add column refused_at timestamptz;          -- the provider refuses it for good; not asked again

drop index refund_open;
create index refund_open on refund (next_attempt) where done_at is null and refused_at is null;
create index refund_refused on refund (id) where done_at is null and refused_at is not null;

create table payment_discrepancy (
    id         bigint generated always as identity primary key,
    payment_id bigint      not null references payment (id),
    order_id   bigint      not null references orders (id),
    kind       text        not null check (kind in ('REFUNDED_OUTSIDE', 'CLOSED_AFTER_PAYMENT', 'AMOUNT_DIFFERS')),
    amount     bigint      not null check (amount >= 0),       -- fen; of a refund outside: what this site did not ask for
    found_at   timestamptz not null,
    settled_at timestamptz,
    constraint payment_discrepancy_once unique (payment_id, kind, amount)
);

create index payment_discrepancy_open on payment_discrepancy (id) where settled_at is null;

-- Who decided what about a refused refund or a discrepancy, and why.
create table payment_settlement (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    who      text        not null,
    what     text        not null,                             -- refund-12, discrepancy-3
    order_id bigint      not null references orders (id),
    how      text        not null check (how in ('RETRY', 'MADE', 'PLATFORM', 'NOTED')),
    reason   text        not null
);

create trigger payment_settlement_append_only before update or delete on payment_settlement
    for each row execute function append_only();

alter table ledger_posting drop constraint ledger_posting_kind_check,
    add constraint ledger_posting_kind_check
        check (kind in ('PAID', 'REFUNDED', 'SETTLED', 'FEE_OWED', 'REFUNDED_OUTSIDE'));

alter table identity_access drop constraint identity_access_what_check,
    add constraint identity_access_what_check
        check (what in ('VERIFIED', 'READ', 'EXPORTED', 'ERASED', 'KEY_CHANGE_BEGUN', 'KEY_CHANGE_ENDED', 'BACKED_UP',
                        'RESTORED', 'AUDIT_READ', 'PAYMENT_SETTLED'));
