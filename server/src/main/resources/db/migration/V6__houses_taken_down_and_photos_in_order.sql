-- A house that its host took down: its orders go on, but nobody finds it or books it.
alter table house add column published boolean not null default true;

-- Photos stand by position, and by id where positions are equal: a new one has the last's position.
alter table house_image add column position integer not null default 0 check (position >= 0);

-- Whether another house shows a picture too is asked before its files go. A main image is always one of these rows.
create index house_image_picture on house_image (picture);
