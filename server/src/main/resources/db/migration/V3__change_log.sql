-- What has changed, appended by every writing transaction and followed by every node (package ihome.platform.change).
-- The times are the database's own: they only say when a row may go.
create table change_log (
    id    bigint generated always as identity primary key,
    xid   xid8        not null default pg_current_xact_id(),
    topic text        not null,                               -- 'house:17', 'owner:5', 'lists'
    at    timestamptz not null default clock_timestamp()
);

create index change_log_xid on change_log (xid);
create index change_log_at on change_log (at);
