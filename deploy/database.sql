-- Run once, as PostgreSQL's superuser: two roles and the town's database.
-- fifty_owner migrates and owns every table; fifty_app reads and writes rows, and can neither empty nor alter a table,
-- nor lift the triggers that keep append-only rows as they are.
-- The passwords come from the environment (OWNER_PASSWORD, APP_PASSWORD).
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

CREATE ROLE fifty_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE fifty_app LOGIN PASSWORD :'app_password';
CREATE DATABASE fifty OWNER fifty_owner TEMPLATE template0
    ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE fifty FROM PUBLIC;
GRANT CONNECT ON DATABASE fifty TO fifty_app;

\connect fifty
ALTER SCHEMA public OWNER TO fifty_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO fifty_app;
ALTER DEFAULT PRIVILEGES FOR ROLE fifty_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fifty_app;
ALTER DEFAULT PRIVILEGES FOR ROLE fifty_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO fifty_app;
