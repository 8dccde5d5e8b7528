-- How far a message is. What may be sent only once is claimed before the attempt and never again after one whose
-- outcome nobody knows; its row stays for operators, without its payload.
alter table outbox
    add column state      text not null default 'waiting'
        check (state in ('waiting', 'sending', 'sent', 'unknown', 'refused', 'expired')),
    add column claim      uuid,                               -- of the attempt under way
    add column changed_at timestamptz,                        -- when the state changed; null until it has
    add column expires_at timestamptz;                        -- useless after; null for never

drop index outbox_due;
create index outbox_due on outbox (next_attempt) where state = 'waiting';
create index outbox_sending on outbox (changed_at) where state = 'sending';
