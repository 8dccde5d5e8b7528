-- A guest's comment may say more, and may be shown later than it was written. The version before, which may still be running
-- beside this one, writes comments that are shown at once and shows all it finds.
alter table review
    add column score_clean    smallint check (score_clean between 1 and 5),
    add column score_accurate smallint check (score_accurate between 1 and 5),
    add column score_check_in smallint check (score_check_in between 1 and 5),
    add column score_host     smallint check (score_host between 1 and 5),
    add column score_place    smallint check (score_place between 1 and 5),
    add column score_value    smallint check (score_value between 1 and 5),
    add column shown_at       timestamptz,                        -- to others than its writer; null: from the beginning
    add column counted        boolean not null default true,      -- whether the house's rating has its stars
    add column hidden_at      timestamptz;                        -- taken away by an operator

create index review_uncounted on review (shown_at) where not counted and hidden_at is null;

-- What a host says of a guest, once a stay.
create table guest_review (
    order_id   bigint primary key references orders (id),
    guest_id   bigint      not null references account (id),
    host_id    bigint      not null references account (id),
    stars      smallint    not null check (stars between 1 and 5),
    text       text        not null,                             -- empty where nothing was said, and once the host is erased
    created_at timestamptz not null,
    shown_at   timestamptz not null,
    hidden_at  timestamptz
);

create index guest_review_guest on guest_review (guest_id);
create index guest_review_host on guest_review (host_id);

-- One side of a stay reports what the other side said of it.
create table review_report (
    id         bigint generated always as identity primary key,
    order_id   bigint      not null references orders (id),
    author     text        not null check (author in ('GUEST', 'HOST')),  -- who wrote what is reported
    reporter   bigint      not null references account (id),
    reason     text        not null check (reason in ('offensive', 'untrue', 'personal_data', 'advertising', 'other')),
    text       text        not null,                             -- the reporter's words; may be empty
    created_at timestamptz not null,
    decision   text check (decision in ('HIDDEN', 'KEPT')),
    note       text        not null default '',                  -- the operator's words
    decided_by text,                                             -- the operator
    decided_at timestamptz,
    constraint review_report_once unique (order_id, author),
    constraint review_report_decided check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null))
);

create index review_report_open on review_report (id) where decision is null;
create index review_report_reporter on review_report (reporter);
create index review_report_decided_at on review_report (decided_at) where decision is not null;
