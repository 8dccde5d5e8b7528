-- Areas lie in cities. The version before, which may still be running beside this one, knows neither: it goes on reading and
-- counting areas by their ids, and what it may be asked about other cities' areas it answers as about any area.
create table city (
    id        smallint primary key check (id between 1 and 127),
    name      text             not null unique,
    name_en   text             not null,
    latitude  double precision not null check (latitude between -90 and 90),   -- of the map's centre
    longitude double precision not null check (longitude between -180 and 180),
    place     integer          not null    -- the order of cities; the first is the one that GET /areas answers for
);

insert into city (id, name, name_en, latitude, longitude, place) values (1, '北京', 'Beijing', 39.9087, 116.3975, 1);

alter table area
    add column city_id smallint not null default 1 references city (id),
    add column name_en text,                              -- null: the name
    add column open    boolean  not null default true,    -- whether hosts may publish houses there
    add column papers  text[]   not null default '{}';    -- what hosts need to have for a house there, as they read it

update area set name_en = english.name
from (values (1, 'Dongcheng'), (2, 'Xicheng'), (3, 'Chaoyang'), (4, 'Haidian'), (5, 'Changping'), (6, 'Fengtai'),
             (7, 'Fangshan'), (8, 'Tongzhou'), (9, 'Shunyi'), (10, 'Daxing'), (11, 'Huairou'), (12, 'Pinggu'),
             (13, 'Miyun'), (14, 'Yanqing'), (15, 'Shijingshan'), (16, 'Mentougou')) as english (id, name)
where area.id = english.id;

-- Two cities may each have a Centre.
alter table area drop constraint area_name_key;
alter table area add constraint area_name_in_city unique (city_id, name);

alter table facility add column name_en text;             -- null: the name

-- What ./ihome site apply sets of the site itself, by its name in site.yaml. What is not there is as the program has it.
create table site_setting (
    name  text primary key,
    value text not null
);
