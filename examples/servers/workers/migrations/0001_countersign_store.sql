create table if not exists countersign_store (key text primary key, value text not null, until bigint not null);
create index if not exists countersign_store_until on countersign_store (until);
