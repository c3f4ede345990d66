SELECT 1

SELECT 1 AS one, 'a' AS two, NULL AS three, true, 1.5 AS five

SELECT * FROM things

SELECT id, email FROM users

SELECT u.* FROM users u

SELECT u.id, u.email AS mail FROM users AS u WHERE u.deleted_at IS NULL

SELECT id, name FROM users WHERE deleted_at IS NULL AND role = 'ADMIN' ORDER BY created_at DESC LIMIT 10

SELECT id FROM users ORDER BY 1 DESC NULLS LAST, email OFFSET 5

SELECT DISTINCT role FROM users

SELECT DISTINCT ON (org_id) org_id, id, created_at FROM users ORDER BY org_id, created_at DESC

SELECT count(*) FROM users

SELECT role, count(*) AS n, max(created_at) FROM users GROUP BY role HAVING count(*) > 1 ORDER BY n DESC

SELECT org_id, count(DISTINCT id) AS users, count(*) FILTER (WHERE role = 'ADMIN') AS admins FROM users GROUP BY 1

SELECT u.id, o.name FROM users u JOIN orgs o ON o.id = u.org_id

SELECT u.id, o.name FROM users u LEFT JOIN orgs o ON o.id = u.org_id WHERE o.name IS NOT NULL

SELECT u.id, o.name, m.role FROM users u INNER JOIN members m ON m.user_id = u.id LEFT OUTER JOIN orgs o ON o.id = m.org_id

SELECT users.id, orgs.name FROM users, orgs WHERE users.org_id = orgs.id

SELECT * FROM orgs o JOIN members m ON m.org_id = o.id

SELECT u.id, m.org_id FROM users u CROSS JOIN members m

SELECT id, name FROM users NATURAL JOIN orgs

SELECT org_id, u.email, m.role FROM users u JOIN members m USING (org_id)

SELECT org_id, email, joined FROM users LEFT JOIN members USING (org_id)

SELECT org_id, email FROM users RIGHT JOIN members USING (org_id)

SELECT org_id, email FROM users FULL JOIN members USING (org_id)

SELECT * FROM members FULL JOIN orgs ON members.org_id = orgs.id

SELECT * FROM members FULL JOIN (SELECT id AS user_id, email FROM users) u USING (user_id)

SELECT a.id FROM users a JOIN users b ON a.id = b.id

SELECT x.id FROM (users u JOIN orgs o ON o.id = u.org_id) AS x (id, email)

SELECT s.id FROM (SELECT id FROM users WHERE age > 3) s

SELECT s.n, s.role FROM (SELECT role, count(*) AS n FROM users GROUP BY role) AS s WHERE s.n > 1

SELECT id, (SELECT count(*) FROM members m WHERE m.user_id = u.id) AS memberships FROM users u

SELECT id FROM users WHERE id IN (SELECT user_id FROM members)

SELECT id FROM users u WHERE EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id AND m.role = 'owner')

SELECT id FROM users WHERE org_id NOT IN (SELECT id FROM orgs WHERE plan = 'free')

SELECT id FROM users WHERE age > ALL (SELECT seats FROM orgs)

SELECT ARRAY(SELECT name FROM orgs ORDER BY name) AS names

WITH recent AS (SELECT * FROM users WHERE created_at > now() - interval '7 days') SELECT id, email FROM recent

WITH a AS (SELECT id FROM users), b AS (SELECT id FROM a WHERE id IS NOT NULL) SELECT b.id, a.id AS other FROM a JOIN b ON a.id = b.id

WITH a AS MATERIALIZED (SELECT 1 AS x), b (y) AS NOT MATERIALIZED (SELECT 2) SELECT x, y FROM a, b

WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) AS total FROM t

WITH RECURSIVE tree AS (SELECT id, age AS depth FROM users WHERE org_id IS NULL UNION SELECT u.id, tree.depth + 1 FROM users u JOIN tree ON u.org_id = tree.id) SELECT * FROM tree

SELECT id FROM users UNION SELECT id FROM orgs

SELECT id, email AS label FROM users UNION ALL SELECT id, name FROM orgs ORDER BY label

SELECT id FROM users INTERSECT SELECT user_id FROM members

SELECT id FROM users EXCEPT SELECT user_id FROM members

(SELECT id FROM users LIMIT 3) UNION ALL (SELECT id FROM orgs ORDER BY name LIMIT 3)

SELECT id FROM users UNION ALL SELECT id FROM orgs UNION ALL SELECT user_id FROM members

SELECT id FROM users UNION (SELECT id FROM orgs EXCEPT SELECT user_id FROM members)

SELECT 'user' AS kind, id FROM users UNION ALL SELECT 'org', id FROM orgs

SELECT 1 AS a UNION SELECT 2.5

SELECT NULL AS a UNION ALL SELECT 1

VALUES (1, 'a'), (2, 'b')

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (id, label)

SELECT id, row_number() OVER (PARTITION BY org_id ORDER BY created_at DESC) AS rn FROM users

SELECT id, sum(total) OVER (ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders

SELECT id, rank() OVER w, lag(total) OVER w AS previous FROM orders WINDOW w AS (PARTITION BY user_id ORDER BY placed)

SELECT id, count(*) OVER () AS all_rows FROM users

SELECT id, avg(total) OVER (PARTITION BY user_id) AS mean, first_value(total) OVER (PARTITION BY user_id ORDER BY placed RANGE UNBOUNDED PRECEDING) FROM orders

SELECT id, sum(total) OVER (ORDER BY placed ROWS 3 PRECEDING EXCLUDE TIES) AS s FROM orders

SELECT CASE WHEN total > 100 THEN 'big' WHEN total > 10 THEN 'medium' ELSE 'small' END AS size, id FROM orders

SELECT id, CASE status WHEN 'open' THEN 1 ELSE 0 END AS is_open FROM orders

SELECT id, CASE WHEN total > 100 THEN 'big' ELSE CASE WHEN total > 10 THEN 'm' END END AS size FROM orders

SELECT sum(CASE WHEN status = 'open' THEN total ELSE 0 END) AS open_total FROM orders

SELECT date_trunc('month', placed) AS month, sum(total) AS revenue FROM orders GROUP BY date_trunc('month', placed) ORDER BY 1

SELECT date_trunc('month', placed)::date AS month, sum(total) FROM orders WHERE status IN ('paid', 'shipped') GROUP BY 1

SELECT placed::date AS day, count(*) FROM orders GROUP BY placed::date

SELECT user_id, string_agg(status, ', ' ORDER BY placed) AS statuses FROM orders GROUP BY user_id

SELECT user_id, array_agg(DISTINCT status) AS statuses, json_agg(items) AS items, jsonb_object_agg(status, total) FROM orders GROUP BY user_id

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS median FROM orders

SELECT status, mode() WITHIN GROUP (ORDER BY total DESC) FROM orders GROUP BY status

SELECT u.id, u.email, count(o.id) AS orders FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id

SELECT u.id, u.email, o.total FROM users u LEFT JOIN LATERAL (SELECT total FROM orders WHERE orders.user_id = u.id ORDER BY placed DESC LIMIT 1) o ON true

SELECT o.id, i.value ->> 'sku' AS sku FROM orders o, jsonb_array_elements(o.items) i

SELECT o.id, item FROM orders o CROSS JOIN LATERAL jsonb_array_elements_text(o.items) AS item

SELECT t.id, x.tag, x.n FROM things t, unnest(t.tags) WITH ORDINALITY AS x (tag, n)

SELECT * FROM generate_series(1, 10) AS n

SELECT * FROM generate_series(1, 10)

SELECT d::date AS day FROM generate_series('2024-01-01'::timestamp, '2024-12-31', interval '1 day') AS d

SELECT p.a, p.b FROM pairs() p

SELECT * FROM pairs()

SELECT * FROM json_each('{"a":1}')

SELECT * FROM jsonb_to_recordset('[]') AS x (a integer, b text)

SELECT * FROM unnest(ARRAY[1,2], ARRAY['a','b']) AS u (n, s)

SELECT id, settings ->> 'theme' AS theme, settings -> 'a' -> 'b' AS nested, settings #>> '{a,b}' FROM users

SELECT id, coalesce(name, email) AS label, nullif(name, '') AS real_name, greatest(age, 18) FROM users

SELECT id, name || ' <' || email || '>' AS display FROM users

SELECT id, age + 1 AS next, -age AS neg, age * 2.5 AS x, age / 2 AS half, age % 2 FROM users

SELECT id, created_at AT TIME ZONE 'UTC' AS utc, extract(epoch FROM created_at) AS epoch, now() - created_at AS age FROM users

SELECT id, upper(email), lower(name), substring(email from 1 for 3), trim(name) FROM users

SELECT "Post"."id", "Post"."viewCount" FROM "Post" WHERE "Post"."published"

SELECT p.id, p."authorId" AS "author" FROM "Post" p ORDER BY p."createdAt" DESC

SELECT id AS "select", email AS "Mixed Case" FROM users

SELECT h.id, h.label FROM other.hidden h

SELECT hidden.id FROM other.hidden

SELECT other.hidden.id FROM other.hidden

SELECT * FROM active_users

SELECT a.email FROM active_users a JOIN orgs ON orgs.id = a.org_id

SELECT id FROM ONLY users

SELECT role, org_id, count(*) FROM users GROUP BY ROLLUP (role, org_id)

SELECT role, org_id, count(*) FROM users GROUP BY GROUPING SETS ((role), (org_id), ())

SELECT role, org_id, count(*) FROM users GROUP BY CUBE (role, org_id), age

SELECT current_date AS today, current_user AS me, localtimestamp AS t

SELECT ARRAY[1, 2] AS a, ARRAY['x', email] FROM users

SELECT u FROM users u

SELECT (location).first, (location).second FROM things

SELECT (t.location).* FROM things t

SELECT tags[1], numbers[1:2], doc['a'] FROM things

SELECT id FROM users WHERE (id, org_id) IN (SELECT user_id, org_id FROM members)

SELECT id FROM users WHERE (age, name) = (1, 'a')

SELECT id FROM users WHERE email LIKE '%@example.com' AND name ILIKE 'a%' AND NOT (age BETWEEN 18 AND 30)

SELECT id FROM users FETCH FIRST 5 ROWS ONLY

SELECT id FROM users ORDER BY age FETCH FIRST 5 ROWS WITH TIES

SELECT id FROM users LIMIT ALL

SELECT id FROM users LIMIT 5 + 5 OFFSET 2

SELECT relname, relkind FROM pg_class WHERE relkind = 'r'

SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'

SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid

SELECT users.id AS users, orgs.id AS orgs FROM users LEFT JOIN orgs ON orgs.owner_id = users.id AND orgs.plan IN ('pro', 'team')

SELECT o.id, o.name, owner.email, (SELECT count(*) FROM members WHERE members.org_id = o.id) AS size, coalesce(sum(t.total), 0) AS revenue FROM orgs o LEFT JOIN users owner ON owner.id = o.owner_id LEFT JOIN orders t ON t.org_id = o.id AND t.status <> 'cancelled' GROUP BY o.id, owner.email

SELECT o.*, (CASE WHEN o.status = 'done' THEN round((extract(epoch from (now() - o.placed)))::numeric, 3) ELSE NULL END) AS latency FROM orders o LEFT JOIN LATERAL (SELECT users.* FROM users WHERE users.id = o.user_id AND (users.org_id = o.org_id OR users.org_id IS NULL) ORDER BY users.org_id, users.created_at DESC NULLS LAST LIMIT 1) u ON true

WITH data AS (SELECT o.id, o.user_id, u.email, o.total, (EXTRACT(EPOCH FROM o.placed) - EXTRACT(EPOCH FROM u.created_at))::double precision AS latency FROM orders o LEFT JOIN users u ON o.user_id = u.id) SELECT data.*, CASE WHEN data.total IS NULL AND data.email = 'x' THEN (SELECT max(seats) FROM orgs) ELSE data.latency END AS cost FROM data

SELECT nosuch FROM users

SELECT id FROM nosuch

SELECT users.nosuch FROM users

SELECT x.id FROM users

SELECT users.id FROM users u

SELECT id FROM users, orgs

SELECT emial FROM users

SELECT u.emial FROM users u

SELECT role, count(*) FROM users GROUP BY org_id

SELECT id, count(*) FROM users

SELECT id FROM users GROUP BY role HAVING email = 'x'

SELECT u.email FROM users u, members m GROUP BY m.role

SELECT count(count(*)) FROM users

SELECT id FROM users WHERE count(*) > 1

SELECT id FROM users WHERE row_number() OVER () = 1

SELECT id FROM users u JOIN orgs o ON count(*) > 1

SELECT id FROM users UNION SELECT id, name FROM orgs

SELECT id FROM users UNION SELECT name FROM orgs

SELECT a.id FROM users a, orgs a

SELECT id FROM users WHERE id = 5

SELECT id FROM users WHERE age = 'abc'

SELECT id FROM users WHERE name

SELECT id FROM users ORDER BY 5

SELECT id FROM users ORDER BY nosuch

SELECT DISTINCT id FROM users ORDER BY email

SELECT id FROM users LIMIT 'a'

SELECT id FROM users LIMIT age

SELECT * FROM (SELECT 1)

SELECT *

SELECT rank() FROM users

SELECT upper(*) FROM users

SELECT count() FROM users

SELECT nosuch(1)

SELECT sum(name) FROM users

SELECT id FROM users GROUP BY settings -> 'a', id

SELECT data FROM things GROUP BY data

SELECT DISTINCT data FROM things

SELECT email FROM users JOIN orgs USING (nosuch)

SELECT generate_series(1, 3)

SELECT id, unnest(tags) FROM things

SELECT id FROM users WHERE generate_series(1, 2) = 1

SELECT id FROM users JOIN orders ON users.id = user_id

WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a

SELECT id FROM users u WHERE u.id = (SELECT m.user_id FROM members m WHERE m.org_id = x.id)

SELECT o.id FROM orgs o, (SELECT id FROM users WHERE org_id = o.id) s

SELECT case when true then 1 else 'a' end

SELECT coalesce(1, 'a'::text)

SELECT ARRAY[1, 'a'::text]

SELECT 1 + 'a'::text

SELECT v.nosuch FROM (VALUES (1)) v (x)

SELECT * FROM (VALUES (1), (2, 3)) v

SELECT x.* FROM generate_series(1,2) g
