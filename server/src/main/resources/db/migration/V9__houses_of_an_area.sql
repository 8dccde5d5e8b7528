-- How many houses an area has is read off the index alone: it holds the published ones, and so all that a search in an
-- area looks for.
drop index house_area_new;
create index house_area_new on house (area_id, created_at, id) where published;
