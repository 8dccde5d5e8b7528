-- Values that end together: the sessions of an account.
alter table ephemeral add column group_name text;

create index ephemeral_group on ephemeral (group_name) where group_name is not null;

update ephemeral set group_name = 'Sessions_' || value where key like 'Session\_%';
