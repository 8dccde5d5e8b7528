-- Orders that are paid to the host on arrival (orders.payment = 'ON_ARRIVAL'): the host owes the platform its fee.
alter table ledger_posting drop constraint ledger_posting_kind_check,
    add constraint ledger_posting_kind_check check (kind in ('PAID', 'REFUNDED', 'SETTLED', 'FEE_OWED'));
