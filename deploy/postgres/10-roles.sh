#!/bin/bash
# Runs once, when the database's volume is empty: the owner of the tables, and the application's role, which owns
# nothing and is held by row-level security.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=owner_password="$BANKSIA_OWNER_PASSWORD" --set=app_password="$BANKSIA_APP_PASSWORD" <<'SQL'
CREATE ROLE banksia_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE banksia_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE banksia OWNER banksia_owner ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' TEMPLATE template0;
SQL
