CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER', 'OWNER');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN short_text AS varchar(20);
CREATE TYPE pair AS (first integer, second text);
CREATE SCHEMA other;
CREATE SCHEMA auth;
CREATE TABLE other.hidden (id integer PRIMARY KEY, label text);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS 'select null::uuid';
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS 'select null::text';
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS 'select null::jsonb';
CREATE FUNCTION is_member(org uuid, who uuid DEFAULT auth.uid()) RETURNS boolean LANGUAGE sql STABLE AS 'select true';
CREATE FUNCTION is_admin(who uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS 'begin return true; end';
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select n * 2';
CREATE FUNCTION join_all(separator text, VARIADIC parts text[]) RETURNS text LANGUAGE sql IMMUTABLE AS 'select array_to_string(parts, separator)';
CREATE FUNCTION probe_trigger() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE FUNCTION pairs() RETURNS TABLE (a integer, b text) LANGUAGE sql STABLE AS 'select 1, ''x''';
CREATE SEQUENCE counter;
CREATE SEQUENCE "Counter_Id_seq";
CREATE TABLE things (
  id integer PRIMARY KEY,
  small smallint,
  big bigint NOT NULL DEFAULT 0,
  amount numeric(10,2),
  ratio double precision,
  score real,
  name text,
  code varchar(20),
  code_any varchar,
  letter char(3),
  flag boolean NOT NULL DEFAULT false,
  born date,
  at timestamp(3),
  at_tz timestamptz,
  clock time,
  span interval,
  key uuid,
  data json,
  doc jsonb,
  tags text[],
  codes varchar(10)[],
  numbers integer[],
  feeling mood,
  feelings mood[],
  role "Role" DEFAULT 'USER',
  count positive,
  short short_text,
  raw bytea,
  ip inet,
  "camelCase" text,
  "order" integer,
  location pair,
  period tstzrange,
  search tsvector
);
CREATE TABLE users (id uuid PRIMARY KEY, email varchar(255) NOT NULL, name text, role "Role" NOT NULL, org_id uuid, created_at timestamptz DEFAULT now(), deleted_at timestamp(3), age integer, settings jsonb);
CREATE TABLE orgs (id uuid PRIMARY KEY, name text NOT NULL, owner_id uuid REFERENCES users (id), plan text, seats integer);
CREATE TABLE members (org_id uuid NOT NULL, user_id uuid NOT NULL, role text NOT NULL, joined timestamptz, PRIMARY KEY (org_id, user_id));
CREATE TABLE orders (id serial PRIMARY KEY, user_id uuid NOT NULL, total numeric(12,2) NOT NULL, status varchar(30) NOT NULL, placed timestamp NOT NULL, items jsonb, org_id uuid);
CREATE TABLE "Post" ("id" text PRIMARY KEY, "authorId" uuid, "title" text NOT NULL, "published" boolean DEFAULT false, "createdAt" timestamp(3) DEFAULT CURRENT_TIMESTAMP, "viewCount" integer DEFAULT 0);
CREATE VIEW active_users AS SELECT id, email, org_id FROM users WHERE deleted_at IS NULL;
