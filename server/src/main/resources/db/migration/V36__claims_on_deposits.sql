-- What a host claims from the deposit of a stay that has ended; one claim an order. While it is open the refund of the deposit
-- waits (refund.next_attempt = 'infinity'). The version before, which may still be running beside this one, knows no claims and
-- sends the whole deposit back when the host releases it: such a claim is withdrawn when it is looked at next.
create table deposit_claim (
    id          bigint generated always as identity primary key,
    order_id    bigint      not null unique references orders (id),
    amount      bigint      not null check (amount > 0),      -- fen that the host asks for
    reason      text        not null,                         -- the host's words; the three texts are emptied in time
    status      text        not null check (status in ('WAIT_ANSWER', 'DISPUTED', 'ACCEPTED', 'DECIDED', 'WITHDRAWN')),
    answer_by   timestamptz not null,                         -- silence until then is acceptance
    reminders   smallint    not null default 0 check (reminders between 0 and 2),
    due_at      timestamptz,                                  -- when the clock has to do with it next
    answer      text        not null default '',              -- the guest's words
    granted     bigint,                                       -- fen that the host gets
    closed_by   text check (closed_by in ('GUEST', 'HOST', 'CLOCK', 'OPERATOR')),
    closed_at   timestamptz,
    decision    text        not null default '',              -- the operator's words
    decided_by  text,                                         -- the operator
    created_at  timestamptz not null,
    constraint deposit_claim_due check ((status = 'WAIT_ANSWER') = (due_at is not null)),
    constraint deposit_claim_closed check ((status in ('WAIT_ANSWER', 'DISPUTED')) = (closed_at is null)
        and (closed_at is null) = (closed_by is null) and (closed_at is null) = (granted is null)),
    constraint deposit_claim_granted check (granted between 0 and amount)
);

create index deposit_claim_due_at on deposit_claim (due_at) where due_at is not null;
create index deposit_claim_texts on deposit_claim (closed_at) where reason <> '' or answer <> '' or decision <> '';

alter table ledger_posting drop constraint ledger_posting_kind_check,
    add constraint ledger_posting_kind_check
        check (kind in ('PAID', 'REFUNDED', 'SETTLED', 'FEE_OWED', 'REFUNDED_OUTSIDE', 'DEPOSIT_CLAIMED'));

alter table identity_access drop constraint identity_access_what_check,
    add constraint identity_access_what_check
        check (what in ('VERIFIED', 'READ', 'EXPORTED', 'ERASED', 'KEY_CHANGE_BEGUN', 'KEY_CHANGE_ENDED', 'BACKED_UP',
                        'RESTORED', 'AUDIT_READ', 'PAYMENT_SETTLED', 'CLAIM_DECIDED'));
