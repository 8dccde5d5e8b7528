-- Who sleeps in the house, for the local register: given by the guest of an order, encrypted as real names and numbers are, and
-- deleted some time after the departure. The version before, which may still be running beside this one, knows none of it.
create table occupant (
    order_id   bigint      not null references orders (id),
    place      smallint    not null check (place >= 1),       -- in the order in which they were given
    name       bytea       not null,
    id_type    text        not null
        check (id_type in ('id_card', 'passport', 'hk_macau_permit', 'taiwan_permit', 'residence_permit')),
    id_number  bytea       not null,
    mobile     bytea,
    created_at timestamptz not null,
    primary key (order_id, place)
);

alter table identity_access drop constraint identity_access_what_check,
    add constraint identity_access_what_check
        check (what in ('VERIFIED', 'READ', 'EXPORTED', 'ERASED', 'KEY_CHANGE_BEGUN', 'KEY_CHANGE_ENDED', 'BACKED_UP',
                        'RESTORED', 'AUDIT_READ', 'PAYMENT_SETTLED', 'CLAIM_DECIDED', 'OCCUPANTS_GIVEN',
                        'OCCUPANTS_READ', 'OCCUPANTS_EXPORTED'));
