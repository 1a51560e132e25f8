-- What somebody would write by hand for PostGraphile: a table for each thing, keys, and an index on every foreign key.
CREATE TABLE organisations (
    id integer PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    country text
);

CREATE TABLE barriers (
    id integer PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL
);

CREATE TABLE projects (
    id integer PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    summary text NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    tier text NOT NULL,
    status text
);

CREATE TABLE sites (
    id integer PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    name text NOT NULL,
    city text,
    country text NOT NULL,
    lat double precision,
    lon double precision
);

CREATE TABLE partners (
    id integer PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    organisation_id integer NOT NULL REFERENCES organisations
);

CREATE TABLE barrier_reports (
    id integer PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    barrier_id integer NOT NULL REFERENCES barriers,
    stance text NOT NULL,
    note text
);

CREATE INDEX ON projects (sort_key);
CREATE INDEX ON sites (project_id);
CREATE INDEX ON partners (project_id);
CREATE INDEX ON partners (organisation_id);
CREATE INDEX ON barrier_reports (project_id);
CREATE INDEX ON barrier_reports (barrier_id);
