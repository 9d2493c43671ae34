#!/bin/sh
# Makes a new server ready for OpenCCB. Run once by the image, as its superuser, before the server listens to the network.
#
# openccb          the program's login: owns the database, may make roles, and nothing else
# openccb_backup   for backups: reads every row whatever the policies say, and changes nothing
set -eu

psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\set program_password `cat /run/secrets/program_password`
\set backup_password `cat /run/secrets/backup_password`
create role openccb login nosuperuser nocreatedb createrole noreplication nobypassrls password :'program_password';
create role openccb_backup login nosuperuser nocreatedb nocreaterole noreplication bypassrls password :'backup_password';
grant pg_read_all_data to openccb_backup;
create database openccb owner openccb;
revoke connect, temporary on database openccb from public;
grant connect on database openccb to openccb_backup;
\connect openccb
-- Without it documents are searched by words alone; an image that has it is what docker-compose.yml names.
select exists (select from pg_available_extensions where name = 'vector') as has_vector \gset
\if :has_vector
create extension vector;
\else
\warn 'this image has no pgvector: documents will be searched by words alone'
\endif
SQL
