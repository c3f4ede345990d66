// Makes repositories whose parts are 1, 10 and 100 times as large, runs plumb on each, and prints processor time, memory and how they grow:
//   PLUMB=plumb node bench/budgets.mjs [WORD…]       (only the cases whose names contain one of the words)
// Ends with exit code 1 where a run crashes, takes more than 10 seconds of processor time, or holds more than 500 MiB.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const program = process.env.PLUMB ?? 'plumb';
const only = process.argv.slice(2);
const seconds = 10;
const mebibytes = 500;

const many = (n, line, joint = '\n') => Array.from({ length: n }, (_, i) => line(i)).join(joint);
const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';
const model = 'model User {\n  id Int @id\n}\n';
const table = 'CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\n';

/** A repository with a schema and one migration. */
const repository = (files) => ({
  'package.json': '{"name":"app","dependencies":{"prisma":"6.19.0","@prisma/client":"6.19.0"}}',
  'prisma/schema.prisma': datasource + model,
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20240101000000_init/migration.sql': table,
  ...files,
});
const sql = (text) => repository({ 'prisma/migrations/20240102000000_next/migration.sql': text });
const block = (body, declarations = '') => sql(`DO $$ DECLARE ${declarations} BEGIN ${body} END $$;\n`);
const schema = (text) => repository({ 'prisma/schema.prisma': datasource + text });
const workflow = (text) => repository({ '.github/workflows/ci.yml': text });

/** Name → function from a size to files; sizes are 1, 10 and 100 times the first number. */
const cases = {
  'empty': [1, () => repository({})],
  'yaml: flow list': [5_000, (n) => workflow(`on: push\nx: [${many(n, (i) => `a${i}`, ', ')}]\n`)],
  'yaml: nested flow lists': [1_000, (n) => workflow(`x: ${'['.repeat(n)}${']'.repeat(n)}\n`)],
  'yaml: open flow lists': [1_000, (n) => workflow(`x: ${'['.repeat(n)}\n`)],
  'yaml: open flow mappings': [1_000, (n) => workflow(`x: ${'{a: '.repeat(n)}\n`)],
  'yaml: nested block lists': [1_000, (n) => workflow(`x:\n${'- '.repeat(n)}a\n`)],
  'yaml: nested mappings': [30, (n) => workflow(many(n, (i) => ' '.repeat(i) + 'a:'))],
  'yaml: aliases of aliases': [9, (n) => workflow(many(Math.min(n, 200), (i) => i ? `a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]` : 'a0: &a0 x'))],
  'yaml: many aliases': [2_000, (n) => workflow('a: &a x\n' + many(n, (i) => `b${i}: *a`))],
  'yaml: long plain text': [100_000, (n) => workflow(`x: ${'a '.repeat(n)}\n`)],
  'yaml: long quoted text': [100_000, (n) => workflow(`x: "${'a '.repeat(n)}"\n`)],
  'yaml: block text': [5_000, (n) => workflow(`jobs:\n  a:\n    steps:\n      - run: |\n${many(n, (i) => `          echo ${i}`)}\n`)],
  'yaml: block text continued': [5_000, (n) => workflow(`jobs:\n  a:\n    steps:\n      - run: |\n${many(n, (i) => `          echo ${i} \\`)}\n`)],
  'yaml: folded text': [5_000, (n) => workflow(`jobs:\n  a:\n    steps:\n      - run: >\n${many(n, (i) => `          echo ${i}`)}\n`)],
  'yaml: jobs': [500, (n) => workflow(`jobs:\n${many(n, (i) => `  j${i}:\n    services:\n      postgres:\n        image: postgres:\${{ matrix.pg }}\n    strategy:\n      matrix:\n        pg: [14, 15]\n    env:\n      DATABASE_URL: postgresql://u:p@localhost/d${i}\n    steps:\n      - run: npx prisma migrate deploy`)}\n`)],
  'yaml: one line of commands': [100, (n) => workflow(`jobs:\n  a:\n    steps:\n      - run: ${'a && '.repeat(n)}b\n`)],
  'yaml: documents': [1_000, (n) => workflow(many(n, () => '---\na: 1'))],
  'yaml: comments': [10_000, (n) => workflow(many(n, () => '# x') + '\na: 1\n')],
  'yaml: tags': [2_000, (n) => workflow(many(n, (i) => `a${i}: !t${i} x`))],
  'yaml: keys without colon': [2_000, (n) => workflow(many(n, (i) => `? a${i}`))],
  'compose: services': [500, (n) => repository({ 'docker-compose.yml': `services:\n${many(n, (i) => `  s${i}:\n    image: postgres:\${V${i}:-16}\n    environment:\n      V${i}: 15\n      POSTGRES_PASSWORD: x`)}\n` })],
  'plumb.yaml: flow list': [5_000, (n) => repository({ 'plumb.yaml': `ignore: [${many(n, (i) => `a${i}`, ', ')}]\n` })],
  'plumb.yaml: nested': [1_000, (n) => repository({ 'plumb.yaml': `ignore: ${'['.repeat(n)}\n` })],
  'plumb.yaml: globs': [100, (n) => repository({ 'plumb.yaml': `ignore:\n${many(n, () => '  - "**/*a*a*a*a*a*a*a*a*b/**/**/**/x"')}\n`, ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'a'.repeat(20)}/${'a/'.repeat(20)}${'a'.repeat(50)}${i}`, ''])) })],
  'gitignore: lines': [100, (n) => repository({ '.gitignore': many(n, (i) => `**/*a*a*a*a${i}*b/**/**/x`), ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'a'.repeat(20)}/${'a/'.repeat(20)}${'a'.repeat(50)}${i}`, ''])) })],
  'gitignore: one long pattern': [1_000, (n) => repository({ '.gitignore': '*a'.repeat(n) + 'b', ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'a'.repeat(200)}${i}`, ''])) })],
  'gitignore: sets': [1_000, (n) => repository({ '.gitignore': '*[' .repeat(n) + 'b', ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'['.repeat(200)}${i}`, ''])) })],
  'env: doubling': [5, (n) => repository({ '.env': many(n, (i) => i ? `A${i}="\${A${i - 1}}\${A${i - 1}}"` : 'A0="xxxxxxxx"') + `\nDATABASE_URL="\${A${n - 1}}"\n` })],
  'env: variables': [1_000, (n) => repository({ '.env': many(n, (i) => `A${i}="\${A${(i + 1) % n}} x"`) + '\nDATABASE_URL="${A0}"\n' })],
  'env: references in one value': [1_000, (n) => repository({ '.env': `DATABASE_URL="${'${X}'.repeat(n)}"\n` })],
  'env: nested references': [1_000, (n) => repository({ '.env': `DATABASE_URL="postgres://${'${A:-'.repeat(n)}${'}'.repeat(n)}"\n` })],
  'env: open references': [1_000, (n) => repository({ '.env': `DATABASE_URL="postgres://${'${A:-'.repeat(n)}"\n` })],
  'env: open quotes': [1_000, (n) => repository({ '.env': many(n, (i) => `A${i}="x`) })],
  'env: URLs': [1_000, (n) => repository({ '.env': many(n, (i) => `DATABASE_URL_${i}=postgresql://u:p${i}@h${i}.com/d`) })],
  'env: spaces': [10_000, (n) => repository({ '.env': `DATABASE_URL=${' '.repeat(n)}x${' '.repeat(n)}y\n` })],
  'config: doubling constants': [5, (n) => repository({ 'prisma.config.ts': many(n, (i) => i ? `const a${i} = a${i - 1} + a${i - 1};` : "const a0 = 'x';") + `\nexport default { schema: a${n - 1} };\n` })],
  'config: wide constants': [30, (n) => repository({ 'prisma.config.ts': many(9, (i) => i ? `const a${i} = [${`a${i - 1} + `.repeat(n)}''];` : "const a0 = 'x';") + '\nexport default { schema: a8 };\n' })],
  'config: nesting': [1_000, (n) => repository({ 'prisma.config.ts': `export default ${'{ a: '.repeat(n)}1${' }'.repeat(n)};\n` })],
  'config: env calls': [1_000, (n) => repository({ 'prisma.config.ts': `export default { datasource: { url: ${'env '.repeat(n)} } };\n` })],
  'config: urls': [1_000, (n) => repository({ 'prisma.config.ts': `export default { ${'datasource: { url: '.repeat(n)} } };\n` })],
  'config: templates': [1_000, (n) => repository({ 'prisma.config.ts': `export default { schema: ${'`${'.repeat(n)}1${'}`'.repeat(n)} };\n` })],
  'config: open templates': [1_000, (n) => repository({ 'prisma.config.ts': `export default { schema: ${'`${'.repeat(n)}\n` })],
  'typescript: nesting': [10_000, (n) => repository({ 'src/db.ts': `import { PrismaClient } from '@prisma/client';\nconst x = ${'('.repeat(n)}1${')'.repeat(n)};\nconst p = new PrismaClient();\n` })],
  'typescript: queries': [500, (n) => repository({ 'src/db.ts': `import { PrismaClient } from '@prisma/client';\nconst p = new PrismaClient();\n${many(n, (i) => `export const f${i} = () => p.$queryRawUnsafe(\`SELECT * FROM "User" WHERE id = \${${i}}\`);`)}\n` })],
  'typescript: spaces': [10_000, (n) => repository({ 'src/db.ts': `import { PrismaClient } from '@prisma/client';\nconst DATABASE_URL${' '.repeat(n)}=${' '.repeat(n)}\n` })],
  'typescript: words': [20_000, (n) => repository({ 'src/db.ts': `// postgres:// DATABASE_URL\nconst x = "${'aPASSWORD_'.repeat(n)}"\n` })],
  'typescript: password text': [10_000, (n) => repository({ 'src/db.ts': `// postgres:// DATABASE_URL\nconst x = \`${'alter role x '.repeat(n)}\`\n` })],
  'dockerfile: continued lines': [2_000, (n) => repository({ Dockerfile: 'FROM node\nRUN a \\\n' + many(n, (i) => `  && b${i} \\`) + '\n  && c\n' })],
  'dockerfile: stages': [1_000, (n) => repository({ Dockerfile: many(n, (i) => `FROM node AS s${i}\nCOPY --from=s${Math.max(0, i - 1)} /app/prisma /app/prisma\nRUN npx prisma migrate deploy`) })],
  'package.json: dependencies': [1_000, (n) => repository({ 'package.json': `{"dependencies":{${many(n, (i) => `"p${i}":"1.0.0"`, ',')},"prisma":"6.19.0"}}` })],
  'package.json: depth': [10_000, (n) => repository({ 'package.json': `{"a":${'['.repeat(n)}${']'.repeat(n)}}` })],
  'package.json: scripts': [500, (n) => repository({ 'package.json': `{"scripts":{${many(n, (i) => `"s${i}":"npm run s${(i + 1) % n} && prisma migrate deploy"`, ',')}}}` })],
  'package.json: workspaces': [100, (n) => repository({ 'package.json': `{"workspaces":[${many(n, (i) => `"${'**/*a'.repeat(20)}${i}"`, ',')}],"dependencies":{"prisma":"6.19.0"}}` })],
  'package.json: files': [30, (n) => repository(Object.fromEntries(Array.from({ length: n }, (_, i) => [`packages/p${i}/package.json`, `{"name":"p${i}","dependencies":{"p${i + 1}":"*"}}`])))],
  'projects: packages': [30, (n) => repository(Object.fromEntries(list(n, (i) => [
    [`packages/p${i}/package.json`, `{"name":"p${i}","dependencies":{"prisma":"6.19.0"}}`], [`packages/p${i}/prisma/schema.prisma`, datasource + model],
    [`packages/p${i}/prisma/migrations/20240101000000_init/migration.sql`, table]]).flat()))],
  'projects: schemas': [100, (n) => repository(Object.fromEntries(list(n, (i) => [`s/p${i}/schema.prisma`, datasource + model])))],
  'projects: workflows': [50, (n) => repository(Object.fromEntries(list(n, (i) => [`.github/workflows/c${i}.yml`, `on: push\njobs:\n  a:\n    env:\n      DATABASE_URL: postgresql://u:p@localhost/d${i}\n    steps:\n      - run: npx prisma migrate deploy\n`])))],
  'projects: environment files': [50, (n) => repository(Object.fromEntries(list(n, (i) => [`e/p${i}/.env`, `DATABASE_URL=postgresql://u:p${i}@h${i}.com/d\n`])))],
  'plumb.yaml: unknown rules': [400, (n) => repository({ 'plumb.yaml': `rules:\n${many(n, (i) => `  drift/colum${i}: off`)}\n` })],
  'lock file: packages': [2_000, (n) => repository({ 'package-lock.json': `{"packages":{${many(n, (i) => `"node_modules/p${i}":{"version":"1.0.${i}"}`, ',')}}}` })],
  'lock file: pnpm': [2_000, (n) => repository({ 'pnpm-lock.yaml': `packages:\n${many(n, (i) => `  /p${i}@1.0.0:\n    resolution: {integrity: x}`)}\n` })],
  'prisma: models': [500, (n) => schema(many(n, (i) => `model M${i} {\n  id Int @id\n  name String?\n}`))],
  'prisma: fields': [100, (n) => schema(`model M {\n  id Int @id\n${many(n, (i) => `  f${i} String?`)}\n}\n`)],
  'prisma: relations of two models': [100, (n) => schema(`model A {\n  id Int @id\n${many(n, (i) => `  b${i} B[] @relation("r${i}")`)}\n}\nmodel B {\n  id Int @id\n${many(n, (i) => `  a${i} A @relation("r${i}", fields: [x${i}], references: [id])\n  x${i} Int`)}\n}\n`)],
  'prisma: unnamed relations of two models': [30, (n) => schema(`model A {\n  id Int @id\n${many(n, (i) => `  b${i} B[]`)}\n}\nmodel B {\n  id Int @id\n${many(n, (i) => `  a${i} A @relation(fields: [x${i}], references: [id])\n  x${i} Int`)}\n}\n`)],
  'prisma: relations of many models': [100, (n) => schema(many(n, (i) => `model M${i} {\n  id Int @id\n  next M${(i + 1) % n} @relation("r${i}", fields: [n], references: [id])\n  n Int\n  back M${(i + n - 1) % n}[] @relation("r${(i + n - 1) % n}")\n}`))],
  'prisma: names': [10_000, (n) => schema(`model ${'A'.repeat(n)} {\n  ${'b'.repeat(n)} Int @id @map("${'c'.repeat(n)}")\n}\n`)],
  'prisma: nested arguments': [1_000, (n) => schema(`model A {\n  id Int @id @default(${'f('.repeat(n)}1${')'.repeat(n)})\n}\n`)],
  'prisma: nested lists': [1_000, (n) => schema(`model A {\n  id Int @id @default(${'['.repeat(n)}1${']'.repeat(n)})\n}\n`)],
  'prisma: enum values': [500, (n) => schema(`enum E {\n${many(n, (i) => `  V${i}`)}\n}\nmodel A {\n  id Int @id\n  e E\n}\n`)],
  'prisma: indexes': [100, (n) => schema(`model A {\n  id Int @id\n  a Int\n${many(n, (i) => `  @@index([a], map: "i${i}")`)}\n}\n`)],
  'prisma: unnamed indexes': [100, (n) => schema(`model A {\n  id Int @id\n  a Int\n${many(n, () => '  @@index([a])')}\n}\n`)],
  'prisma: broken lines': [1_000, (n) => schema(many(n, () => 'model {{{ @@ ( [ "'))],
  'prisma: comments': [10_000, (n) => schema(many(n, () => '/// x') + '\n' + model)],
  'prisma: cascades': [10, (n) => schema(many(n, (i) => `model M${i} {\n  id Int @id\n${many(Math.min(i, 10), (j) => `  r${j} M${i - j - 1} @relation("a${i}_${j}", fields: [f${j}], references: [id], onDelete: Cascade)\n  f${j} Int`)}\n${many(Math.min(n - 1 - i, 10), (j) => `  l${j} M${i + j + 1}[] @relation("a${i + j + 1}_${j}")`)}\n}`))],
  'sql: checks without names': [100, (n) => sql(`CREATE TABLE t (a int, ${many(n, () => 'CHECK (a > 0)', ', ')});\n`)],
  'sql: checks added': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, () => 'ALTER TABLE t ADD CHECK (a > 0);'))],
  'sql: indexes without names': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, () => 'CREATE INDEX ON t (a);'))],
  'sql: unique without names': [100, (n) => sql(`CREATE TABLE t (a int, b int, ${many(n, () => 'UNIQUE (a, b)', ', ')});\n`)],
  'sql: foreign keys without names': [100, (n) => sql(`CREATE TABLE t (a int PRIMARY KEY);\nCREATE TABLE u (a int, ${many(n, () => 'FOREIGN KEY (a) REFERENCES t (a)', ', ')});\n`)],
  'sql: sequences without names': [16, (n) => sql(`CREATE TABLE t (${many(n, (i) => `a${i} serial`, ', ')});\n`)],
  'sql: columns': [160, (n) => sql(`CREATE TABLE t (${many(n, (i) => `a${i} int`, ', ')});\n`)],
  'sql: columns added': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, (i) => `ALTER TABLE t ADD COLUMN a${i} int;`))],
  'sql: columns added and dropped': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, (i) => `ALTER TABLE t ADD COLUMN a${i} int; ALTER TABLE t DROP COLUMN a${i};`))],
  'sql: tables': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (id int PRIMARY KEY, a text NOT NULL DEFAULT 'x');`))],
  'sql: tables with foreign keys': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (id int PRIMARY KEY${i ? `, p int REFERENCES t${i - 1}` : ''});`))],
  'sql: one table for all foreign keys': [100, (n) => sql('CREATE TABLE t (id int PRIMARY KEY);\n' + many(n, (i) => `CREATE TABLE t${i} (id int PRIMARY KEY, p int REFERENCES t);`) + '\nDROP TABLE t CASCADE;')],
  'sql: statements': [1_000, (n) => sql(many(n, () => 'SELECT 1;'))],
  'sql: inserts': [1_000, (n) => sql('CREATE TABLE t (a int, b text);\n' + many(n, (i) => `INSERT INTO t VALUES (${i}, 'text ${i}');`))],
  'sql: one insert': [5_000, (n) => sql(`CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES ${many(n, (i) => `(${i}, 'some text ${i}')`, ',')};\n`)],
  'sql: one text': [200_000, (n) => sql(`CREATE TABLE t (b text);\nINSERT INTO t VALUES ('${'x'.repeat(n)}');\n`)],
  'sql: updates': [100, (n) => sql('CREATE TABLE t (a int, b text);\n' + many(n, (i) => `UPDATE t SET b = '${i}' WHERE a = ${i};`))],
  'sql: refused statements': [100, (n) => sql(many(n, (i) => `ALTER TABLE absent${i} ADD COLUMN a int;`))],
  'sql: syntax errors': [100, (n) => sql(many(n, (i) => `CREATE TABEL t${i} (a int);`))],
  'sql: open quotes': [100, (n) => sql(many(n, (i) => `SELECT $a${i}$ ' " /* x;`))],
  'sql: nested comments': [10_000, (n) => sql('/*'.repeat(n) + '*/'.repeat(n))],
  'sql: open comments': [10_000, (n) => sql('SELECT 1;' + '/*'.repeat(n))],
  'sql: dollars': [10_000, (n) => sql('SELECT ' + many(n, (i) => `$a${i}$`, ' '))],
  'sql: views over views': [20, (n) => sql('CREATE VIEW v0 AS SELECT 1 AS a;\n' + many(n, (i) => `CREATE VIEW v${i + 1} AS SELECT a FROM v${i};`))],
  'sql: views over two views': [20, (n) => sql('CREATE VIEW v0 AS SELECT 1 AS a;\n' + many(n, (i) => `CREATE VIEW v${i + 1} AS SELECT x.a FROM v${i} x JOIN v${i} y ON x.a = y.a;`) + '\nDROP VIEW v0 CASCADE;')],
  'sql: views with all columns': [10, (n) => sql('CREATE VIEW v0 AS SELECT 1 AS a;\n' + many(n, (i) => `CREATE VIEW v${i + 1} AS SELECT x.*, x.a AS a${i} FROM v${i} x;`))],
  'sql: inheritance': [20, (n) => sql('CREATE TABLE t0 (a int);\n' + many(n, (i) => `CREATE TABLE t${i + 1} (b${i} int) INHERITS (t${i});`) + '\nALTER TABLE t0 ADD COLUMN z int;\nDROP TABLE t0 CASCADE;')],
  'sql: inheritance without columns': [100, (n) => sql('CREATE TABLE t0 (a int);\n' + many(n, (i) => `CREATE TABLE t${i + 1} () INHERITS (t${i});`) + '\nALTER TABLE t0 ADD COLUMN z int;\nDROP TABLE t0 CASCADE;')],
  'sql: partitions': [100, (n) => sql('CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);\n' + many(n, (i) => `CREATE TABLE t${i} PARTITION OF t FOR VALUES FROM (${i}) TO (${i + 1});`) + '\nCREATE INDEX ON t (b);\nALTER TABLE t ADD COLUMN z int;')],
  'sql: nested partitions': [20, (n) => sql('CREATE TABLE t0 (a int, b int) PARTITION BY RANGE (a);\n' + many(n, (i) => `CREATE TABLE t${i + 1} PARTITION OF t${i} FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (a);`) + '\nCREATE INDEX ON t0 (b);\nALTER TABLE t0 ADD COLUMN z int;')],
  'sql: parentheses': [500, (n) => sql(`CREATE TABLE t (a int CHECK (${'('.repeat(n)}a > 0${')'.repeat(n)}));\n`)],
  'sql: additions in parentheses': [500, (n) => sql(`CREATE TABLE t (a int CHECK (${'(1 + '.repeat(n)}a${')'.repeat(n)} > 0));\n`)],
  'sql: NOT chain': [500, (n) => sql(`CREATE TABLE t (a int CHECK (${'NOT '.repeat(n)} a > 0));\n`)],
  'sql: minus chain': [500, (n) => sql(`CREATE TABLE t (a int CHECK (${'- '.repeat(n)} a > 0));\n`)],
  'sql: AND chain': [500, (n) => sql(`CREATE TABLE t (a int CHECK (${many(n, (i) => `a <> ${i}`, ' AND ')}));\n`)],
  'sql: AND and OR': [500, (n) => sql(`CREATE TABLE t (a int CHECK (${many(n, (i) => `(a <> ${i} OR a > 7)`, ' AND ')}));\n`)],
  'sql: text chain': [500, (n) => sql(`CREATE VIEW v AS SELECT ${many(n, (i) => `'${i}'`, ' || ')} AS a;\n`)],
  'sql: cast chain': [500, (n) => sql(`CREATE VIEW v AS SELECT 1${'::int'.repeat(n)} AS a;\n`)],
  'sql: subscript chain': [500, (n) => sql(`CREATE VIEW v AS SELECT ARRAY[1]${'[1]'.repeat(n)} AS a;\n`)],
  'sql: COLLATE chain': [500, (n) => sql(`CREATE VIEW v AS SELECT 'a'${' COLLATE "C"'.repeat(n)} AS a;\n`)],
  'sql: IN list': [1_000, (n) => sql(`CREATE TABLE t (a int CHECK (a IN (${many(n, (i) => i, ',')})));\n`)],
  'sql: subqueries': [50, (n) => sql(`CREATE VIEW v AS ${'SELECT a FROM ('.repeat(n)}SELECT 1 AS a${') x'.repeat(n)};\n`)],
  'sql: scalar subqueries': [50, (n) => sql(`CREATE VIEW v AS SELECT ${'(SELECT '.repeat(n)}1${')'.repeat(n)} AS a;\n`)],
  'sql: CASE': [50, (n) => sql(`CREATE VIEW v AS SELECT ${'CASE WHEN true THEN '.repeat(n)}1${' END'.repeat(n)} AS a;\n`)],
  'sql: CASE branches': [500, (n) => sql(`CREATE VIEW v AS SELECT CASE 1 ${many(n, (i) => `WHEN ${i} THEN ${i}`, ' ')} END AS a;\n`)],
  'sql: function calls': [50, (n) => sql(`CREATE VIEW v AS SELECT ${'abs('.repeat(n)}1${')'.repeat(n)} AS a;\n`)],
  'sql: arrays': [50, (n) => sql(`CREATE VIEW v AS SELECT ${'ARRAY['.repeat(n)}1${']'.repeat(n)} AS a;\n`)],
  'sql: rows': [50, (n) => sql(`CREATE VIEW v AS SELECT ${'ROW('.repeat(n)}1${')'.repeat(n)} AS a;\n`)],
  'sql: UNION chain': [50, (n) => sql(`CREATE VIEW v AS ${many(n, (i) => `SELECT ${i} AS a`, ' UNION ')};\n`)],
  'sql: UNION in parentheses': [50, (n) => sql(`CREATE VIEW v AS ${'(SELECT 1 UNION '.repeat(n)}SELECT 1${')'.repeat(n)};\n`)],
  'sql: WITH': [50, (n) => sql(`CREATE VIEW v AS WITH a0 AS (SELECT 1 AS a)${many(n, (i) => `, a${i + 1} AS (SELECT x.a FROM a${i} x, a${i} y)`, '')} SELECT a FROM a${n};\n`)],
  'sql: joins': [50, (n) => sql(`CREATE TABLE t (a int);\nCREATE VIEW v AS SELECT t0.a FROM ${many(n, (i) => i ? `JOIN t t${i} ON t${i}.a = t${i - 1}.a` : 't t0', ' ')};\n`)],
  'sql: natural joins': [20, (n) => sql(`CREATE TABLE t (a int, b int);\nCREATE VIEW v AS SELECT a FROM ${many(n, (i) => i ? `NATURAL JOIN t t${i}` : 't t0', ' ')};\n`)],
  'sql: joins in parentheses': [50, (n) => sql(`CREATE TABLE t (a int);\nCREATE VIEW v AS SELECT 1 AS a FROM ${'('.repeat(n)}t t0${many(n, (i) => ` CROSS JOIN t t${i + 1})`, '')};\n`)],
  'sql: targets': [100, (n) => sql(`CREATE VIEW v AS SELECT ${many(n, (i) => `${i} AS a${i}`, ', ')};\n`)],
  'sql: cubes': [3, (n) => sql(`CREATE TABLE t (${many(n, (i) => `a${i} int`, ', ')});\nCREATE VIEW v AS SELECT count(*) FROM t GROUP BY CUBE (${many(n, (i) => `a${i}`, ', ')});\n`)],
  'sql: functions': [100, (n) => sql(many(n, (i) => `CREATE FUNCTION f${i}() RETURNS int LANGUAGE sql AS 'SELECT ${i}';`))],
  'sql: functions that call each other': [30, (n) => sql('CREATE FUNCTION f0() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;\n' + many(n, (i) => `CREATE FUNCTION f${i + 1}() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM f${i}(); PERFORM f${i}(); RETURN 1; END $$;`) + `\nSELECT f${n}();`)],
  'sql: overloads': [100, (n) => sql(many(n, (i) => `CREATE DOMAIN d${i} AS int; CREATE FUNCTION f(a d${i}) RETURNS int LANGUAGE sql AS 'SELECT 1';`) + '\nCREATE VIEW v AS SELECT f(NULL);')],
  'sql: enum values': [100, (n) => sql(`CREATE TYPE e AS ENUM (${many(n, (i) => `'v${i}'`, ', ')});\n`)],
  'sql: enum values added': [100, (n) => sql("CREATE TYPE e AS ENUM ('a');\n" + many(n, (i) => `ALTER TYPE e ADD VALUE 'v${i}' BEFORE 'a';`))],
  'sql: domains over domains': [100, (n) => sql('CREATE DOMAIN d0 AS int CHECK (VALUE > 0);\n' + many(n, (i) => `CREATE DOMAIN d${i + 1} AS d${i};`) + `\nCREATE TABLE t (a d${n});`)],
  'sql: composite types': [50, (n) => sql('CREATE TYPE c0 AS (a int, b int);\n' + many(n, (i) => `CREATE TYPE c${i + 1} AS (a c${i}, b c${i});`) + `\nCREATE TABLE t (a c${n});`)],
  'sql: policies': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, (i) => `CREATE POLICY p${i} ON t USING (a = ${i});`))],
  'sql: triggers': [100, (n) => sql("CREATE TABLE t (a int);\nCREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n" + many(n, (i) => `CREATE TRIGGER g${i} BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();`))],
  'sql: grants': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, (i) => `CREATE ROLE r${i}; GRANT SELECT ON t TO r${i};`))],
  'sql: roles in roles': [50, (n) => sql('CREATE ROLE r0;\n' + many(n, (i) => `CREATE ROLE r${i + 1}; GRANT r${i} TO r${i + 1};`) + '\nCREATE TABLE t (a int);\nGRANT SELECT ON t TO r0;')],
  'sql: comments on': [100, (n) => sql('CREATE TABLE t (a int);\n' + many(n, (i) => `COMMENT ON TABLE t IS '${i}';`))],
  'sql: savepoints': [100, (n) => sql('BEGIN;\n' + many(n, (i) => `SAVEPOINT s${i}; CREATE TABLE t${i} (a int);`) + '\nROLLBACK;')],
  'sql: renames': [100, (n) => sql('CREATE TABLE t0 (a int);\n' + many(n, (i) => `ALTER TABLE t${i} RENAME TO t${i + 1};`))],
  'sql: json': [10_000, (n) => sql(`CREATE TABLE t (a jsonb DEFAULT '${'['.repeat(n)}${']'.repeat(n)}');\n`)],
  'sql: array literal': [10_000, (n) => sql(`CREATE TABLE t (a int[] DEFAULT '${'{'.repeat(n)}${'}'.repeat(n)}');\n`)],
  'migrations': [20, (n) => repository(Object.fromEntries(Array.from({ length: n }, (_, i) => [`prisma/migrations/${20250101000000 + i}_m/migration.sql`, `CREATE TABLE t${i} (a int);\nALTER TABLE t${Math.max(0, i - 1)} ADD COLUMN b int;\n`])))],
  'migrations of one time': [5, (n) => repository(Object.fromEntries(Array.from({ length: n }, (_, i) => [`prisma/migrations/20250101000000_m${i}/migration.sql`, `CREATE TABLE t${i} (a int);\n`])))],
  'migrations out of order': [5, (n) => repository(Object.fromEntries(Array.from({ length: n }, (_, i) => [`prisma/migrations/${20250101000000 + i}_m/migration.sql`, `CREATE TABLE t${i} (a int PRIMARY KEY, b int REFERENCES t${i + 1});\n`])))],
  'catalog: schemas with a table': [200, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i}; CREATE TABLE s${i}.t (id int primary key);`))],
  'catalog: schemas renamed': [100, (n) => sql('CREATE SCHEMA s0; CREATE TABLE s0.t (id int);\n' + many(n, (i) => `ALTER SCHEMA s${i} RENAME TO s${i + 1};`))],
  'catalog: long path, missing functions': [50, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i};`) + `\nSET search_path TO ${many(n, (i) => `s${i}`, ', ')};\n` + many(n, (i) => `SELECT absent${i}(1);`))],
  'catalog: long path, missing relations': [50, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i};`) + `\nSET search_path TO ${many(n, (i) => `s${i}`, ', ')};\n` + many(n, (i) => `ALTER TABLE absent${i} ADD COLUMN a int;`))],
  'catalog: long path, missing types': [50, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i};`) + `\nSET search_path TO ${many(n, (i) => `s${i}`, ', ')};\n` + many(n, (i) => `CREATE TABLE t${i} (a absent${i});`))],
  'catalog: long path, operators': [50, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i};`) + `\nSET search_path TO ${many(n, (i) => `s${i}`, ', ')};\n` + many(n, (i) => `CREATE TABLE t${i} (a int CHECK (a > ${i}));`))],
  'catalog: long path, triggers': [50, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i};`) + `\nSET search_path TO ${many(n, (i) => `s${i}`, ', ')};\nCREATE TABLE t (a int);\n` + many(n, (i) => `CREATE TRIGGER g${i} BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION absent${i}();`))],
  'catalog: long path, drops': [50, (n) => sql(many(n, (i) => `CREATE SCHEMA s${i};`) + `\nSET search_path TO ${many(n, (i) => `s${i}`, ', ')};\n` + many(n, (i) => `DROP FUNCTION IF EXISTS absent${i}; DROP TYPE IF EXISTS absent${i}; DROP INDEX IF EXISTS absent${i};`))],
  'catalog: overloads called': [30, (n) => sql(many(n, (i) => `CREATE DOMAIN d${i} AS int; CREATE FUNCTION f(a d${i}) RETURNS int LANGUAGE sql AS 'SELECT 1';`) + '\n' + many(n, (i) => `SELECT f(${i});`))],
  'catalog: overloads in views': [30, (n) => sql(many(n, (i) => `CREATE DOMAIN d${i} AS int; CREATE FUNCTION f(a d${i}) RETURNS int LANGUAGE sql AS 'SELECT 1';`) + '\n' + many(n, (i) => `CREATE VIEW v${i} AS SELECT f(${i}::d${i}) AS a;`))],
  'catalog: overloads dropped': [30, (n) => sql(many(n, (i) => `CREATE DOMAIN d${i} AS int; CREATE FUNCTION f(a d${i}) RETURNS int LANGUAGE sql AS 'SELECT 1';`) + '\n' + many(n, (i) => `DROP FUNCTION f(d${i});`))],
  'catalog: overloads renamed': [30, (n) => sql(many(n, (i) => `CREATE DOMAIN d${i} AS int; CREATE FUNCTION f(a d${i}) RETURNS int LANGUAGE sql AS 'SELECT 1';`) + '\n' + many(n, (i) => `ALTER FUNCTION f(d${i}) RENAME TO g;`))],
  'catalog: operators': [30, (n) => sql(`CREATE FUNCTION f(a int, b int) RETURNS bool LANGUAGE sql AS 'SELECT true';\n` + many(n, (i) => `CREATE TYPE e${i} AS ENUM ('a'); CREATE FUNCTION f(a e${i}, b int) RETURNS bool LANGUAGE sql AS 'SELECT true'; CREATE OPERATOR === (LEFTARG = e${i}, RIGHTARG = int, FUNCTION = f);`) + '\n' + many(n, () => `SELECT 1 === 1;`))],
  'catalog: casts': [30, (n) => sql(many(n, (i) => `CREATE TYPE e${i} AS ENUM ('a'); CREATE FUNCTION f${i}(e${i}) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE CAST (e${i} AS int) WITH FUNCTION f${i}(e${i}) AS IMPLICIT;`) + '\n' + many(n, (i) => `CREATE TABLE t${i} (a int DEFAULT 'a'::e${i});`))],
  'catalog: generated columns of a renamed one': [60, (n) => sql(`CREATE TABLE t (a0 int, ${many(Math.ceil(n / 4), (i) => `g${i} int GENERATED ALWAYS AS (a0 + ${i}) STORED`, ', ')});\n` + many(n, (i) => `ALTER TABLE t RENAME COLUMN a${i} TO a${i + 1};`))],
  'catalog: checks of a renamed column': [60, (n) => sql(`CREATE TABLE t (a0 int, ${many(Math.ceil(n / 4), (i) => `CHECK (a0 > ${i})`, ', ')});\n` + many(n, (i) => `ALTER TABLE t RENAME COLUMN a${i} TO a${i + 1};`))],
  'catalog: indexes of a renamed column': [60, (n) => sql(`CREATE TABLE t (a0 int);\n` + many(Math.ceil(n / 4), (i) => `CREATE INDEX i${i} ON t (a0) WHERE a0 > ${i};`) + many(n, (i) => `ALTER TABLE t RENAME COLUMN a${i} TO a${i + 1};`))],
  'catalog: views of a renamed table': [60, (n) => sql(`CREATE TABLE t0 (a int);\n` + many(Math.ceil(n / 4), (i) => `CREATE VIEW v${i} AS SELECT a FROM t0 WHERE a > ${i};`) + many(n, (i) => `ALTER TABLE t${i} RENAME TO t${i + 1};`))],
  'catalog: foreign keys of a renamed table': [60, (n) => sql(`CREATE TABLE t0 (a int PRIMARY KEY);\n` + many(Math.ceil(n / 4), (i) => `CREATE TABLE u${i} (a int REFERENCES t0);`) + many(n, (i) => `ALTER TABLE t${i} RENAME TO t${i + 1};`))],
  'catalog: policies of a renamed column': [60, (n) => sql(`CREATE TABLE t (a0 int);\n` + many(Math.ceil(n / 4), (i) => `CREATE POLICY p${i} ON t USING (a0 > ${i});`) + many(n, (i) => `ALTER TABLE t RENAME COLUMN a${i} TO a${i + 1};`))],
  'catalog: columns of a renamed type': [60, (n) => sql(`CREATE TYPE e0 AS ENUM ('a');\nCREATE TABLE t (${many(Math.ceil(n / 4), (i) => `a${i} e0 DEFAULT 'a'`, ', ')});\n` + many(n, (i) => `ALTER TYPE e${i} RENAME TO e${i + 1};`))],
  'catalog: tables of a renamed schema': [60, (n) => sql(`CREATE SCHEMA s0;\n` + many(Math.ceil(n / 4), (i) => `CREATE TABLE s0.t${i} (a int PRIMARY KEY CHECK (a > ${i}));`) + many(n, (i) => `ALTER SCHEMA s${i} RENAME TO s${i + 1};`))],
  'catalog: tables of a moved type': [60, (n) => sql(`CREATE SCHEMA s;\nCREATE TYPE e AS ENUM ('a');\n` + many(Math.ceil(n / 4), (i) => `CREATE TABLE t${i} (a e DEFAULT 'a');`) + many(n, (i) => `ALTER TYPE ${i % 2 ? 's.' : ''}e SET SCHEMA ${i % 2 ? 'public' : 's'};`))],
  'catalog: type of a column with generated ones': [60, (n) => sql(`CREATE TABLE t (a int, ${many(Math.ceil(n / 4), (i) => `b${i} int CHECK (b${i} + a > 0)`, ', ')});\n` + many(n, (i) => `ALTER TABLE t ALTER COLUMN a TYPE ${i % 2 ? 'int' : 'bigint'};`))],
  'catalog: tables made and dropped': [200, (n) => sql(many(n, (i) => `CREATE TABLE a${i} (id int PRIMARY KEY); CREATE TABLE b${i} (id int REFERENCES a${i}); DROP TABLE a${i} CASCADE;`))],
  'catalog: views made and dropped': [200, (n) => sql(many(n, (i) => `CREATE TABLE a${i} (id int PRIMARY KEY); CREATE VIEW b${i} AS SELECT id FROM a${i}; DROP TABLE a${i} CASCADE;`))],
  'catalog: types made and dropped': [200, (n) => sql(many(n, (i) => `CREATE TYPE a${i} AS ENUM ('a'); CREATE TABLE b${i} (id a${i}); DROP TYPE a${i} CASCADE;`))],
  'catalog: one table made and dropped': [200, (n) => sql(many(n, () => `CREATE TABLE a (id int PRIMARY KEY); DROP TABLE a;`))],
  'catalog: temporary tables': [500, (n) => sql(many(n, (i) => `CREATE TEMP TABLE t${i} (a int);`))],
  'catalog: grants of roles on tables': [20, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (a int);`) + many(Math.ceil(n / 4), (i) => `CREATE ROLE r${i};`) + many(Math.ceil(n / 4), (i) => `GRANT SELECT ON ALL TABLES IN SCHEMA public TO r${i};`))],
  'catalog: grants on a table': [20, (n) => sql(many(n, (i) => `CREATE ROLE r${i};`) + many(n, (i) => `CREATE TABLE t${i} (a int); GRANT SELECT ON t${i} TO ${many(Math.ceil(n / 4), (j) => `r${j}`, ', ')};`))],
  'catalog: tables of one another': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (id int PRIMARY KEY, o int);`) + many(n, (i) => `ALTER TABLE t${i} ADD FOREIGN KEY (o) REFERENCES t${(i + 1) % n};`))],
  'catalog: a block over tables': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (a int);`) + "\nDO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN b int', r.tablename); END LOOP; END $$;")],
  'catalog: a block over columns': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (a int);`) + "\nDO $$ DECLARE r record; BEGIN FOR r IN SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' LOOP EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET NOT NULL', r.table_name, r.column_name); END LOOP; END $$;")],
  'catalog: a block that asks for each table': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (a int);`) + many(n, (i) => `\nDO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't${i}' AND column_name = 'b') THEN ALTER TABLE t${i} ADD COLUMN b int; END IF; END $$;`))],
  'catalog: a long default': [300_000, (n) => sql(`CREATE TABLE t (a text DEFAULT '${'x'.repeat(n)}');\n`)],
  'catalog: a long comment': [300_000, (n) => sql(`CREATE TABLE t (a text);\nCOMMENT ON TABLE t IS '${'x'.repeat(n)}';\n`)],
  'catalog: a long function': [300_000, (n) => sql(`CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT '${'x'.repeat(n)}' $$;\n`)],
  'catalog: long defaults': [300, (n) => sql(`CREATE TABLE t (a int);\n` + many(n, (i) => `ALTER TABLE t ADD COLUMN a${i} text DEFAULT '${'x'.repeat(1000)}';`))],
  'catalog: a long view': [100_000, (n) => sql(`CREATE VIEW v AS SELECT '${'x'.repeat(n)}' AS a;\n`)],
  'catalog: documentation comments': [30_000, (n) => schema(many(n, () => '/// x') + '\n' + model)],
  'catalog: locks': [3_000, (n) => sql('CREATE TABLE x (a int);\n' + many(n, () => 'LOCK TABLE x;'))],
  'catalog: unknown extensions': [1_000, (n) => sql(many(n, (i) => `CREATE EXTENSION unknown${i};`))],
  'catalog: unknown blocks': [1_000, (n) => sql(many(n, (i) => `DO LANGUAGE plperl 'x${i}';`))],
  'catalog: refused statements': [2_000, (n) => sql(many(n, (i) => `ALTER TABLE absent${i} ADD COLUMN a int;`))],
  'catalog: transactions': [2_000, (n) => sql(many(n, () => `BEGIN; COMMIT;`))],
  'catalog: dropped columns': [1_000, (n) => sql(many(n, (i) => `ALTER TABLE "User" ADD COLUMN a${i} int; ALTER TABLE "User" DROP COLUMN a${i};`))],
  'catalog: rows deleted': [2_000, (n) => sql(many(n, () => `DELETE FROM "User";`))],
  'catalog: rows updated': [2_000, (n) => sql(many(n, () => `UPDATE "User" SET id = 1;`))],
  'catalog: truncations': [2_000, (n) => sql(many(n, () => `TRUNCATE "User";`))],
  'catalog: indexes made and dropped': [1_000, (n) => sql(many(n, () => `CREATE INDEX i ON "User" (id); DROP INDEX i;`))],
  'catalog: settings': [3_000, (n) => sql(many(n, () => `SET lock_timeout = '1s';`))],
  'block: endless loop': [1, () => block('LOOP NULL; END LOOP;')],
  'block: growing text': [1, () => block("LOOP a := a || a; END LOOP; EXECUTE 'CREATE TABLE x (a int)';", "a text := 'x';")],
  'block: growing array': [1, () => block("LOOP a := a || a; END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a int[] := ARRAY[1];')],
  'block: array append': [1, () => block("LOOP a := a || 1; END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a int[] := ARRAY[1];')],
  'block: array_append': [1, () => block("LOOP a := array_append(a, 1); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a int[] := ARRAY[1];')],
  'block: nested arrays': [1, () => block("LOOP a := ARRAY[a, a]; END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a int[] := ARRAY[1];')],
  'block: nested arrays printed': [1, () => block("FOR i IN 1..40 LOOP a := ARRAY[a, a]; END LOOP; EXECUTE 'CREATE TABLE x (a int)' || a::text;", 'a int[] := ARRAY[1];')],
  'block: nested arrays compared': [1, () => block("FOR i IN 1..40 LOOP a := ARRAY[a, a]; b := ARRAY[b, b]; END LOOP; IF a = b THEN EXECUTE 'CREATE TABLE x (a int)'; END IF;", 'a int[] := ARRAY[1]; b int[] := ARRAY[1];')],
  'block: nested arrays unnested': [1, () => block("FOR i IN 1..40 LOOP a := ARRAY[a, a]; END LOOP; FOR i IN SELECT unnest(a) LOOP EXECUTE 'CREATE TABLE x (a int)'; END LOOP;", 'a int[] := ARRAY[1];')],
  'block: nested rows': [1, () => block("FOR i IN 1..40 LOOP a := ROW(a, a); END LOOP; EXECUTE 'CREATE TABLE x (a int)' || a::text;", 'a record;')],
  'block: concat': [1, () => block("LOOP a := concat(a, a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", "a text := 'x';")],
  'block: concat_ws': [1, () => block("LOOP a := concat_ws(a, a, a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", "a text := 'x';")],
  'block: array_to_string': [1, () => block("LOOP a := array_to_string(ARRAY[a, a], a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", "a text := 'x';")],
  'block: replace': [1, () => block("a := repeat('x', 1000000); LOOP a := replace(a, 'x', a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: regexp_replace': [1, () => block("a := repeat('x', 900000); LOOP a := regexp_replace(a, 'x', a, 'g'); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: quote_literal': [1, () => block("a := repeat('''', 999999); LOOP a := quote_literal(a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: quote_ident': [1, () => block("a := repeat('\"', 999999); LOOP a := quote_ident(a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: repeat': [1, () => block("LOOP a := repeat('x', 1000000000); a := repeat('', 2000000000); a := repeat(repeat('x', 1000), 1000); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: large texts in a loop': [1, () => block("FOR i IN 1..40000 LOOP a := repeat('x', 1000000) || i::text; a := upper(a); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: large texts kept': [1, () => block("FOR i IN 1..40000 LOOP a := a || (repeat('x', 900000) || i::text); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text[];')],
  'block: lpad and format': [1, () => block("LOOP a := format('%99999s%99999s%99999s%99999s%99999s%99999s%99999s%99999s%99999s%99999s%99999s', 1,2,3,4,5,6,7,8,9,1,1); a := lpad('x', 1000000000, 'y'); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: series': [1, () => block("FOR i IN SELECT * FROM generate_series(1, 1000000000) LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: large series': [1, () => block("FOR i IN SELECT * FROM generate_series(1, 200000) LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: series with small steps': [1, () => block("FOR i IN SELECT * FROM generate_series(1e20, 1e20 + 1, 0.0000000001) LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i numeric;')],
  'block: cross join': [1, () => block("FOR i IN SELECT count(*) FROM generate_series(1, 2000) a, generate_series(1, 2000) b, generate_series(1, 2000) c LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: EXCEPT': [1, () => block("FOR i IN SELECT * FROM generate_series(1, 200000) EXCEPT SELECT * FROM generate_series(200001, 400000) LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: INTERSECT': [1, () => block("FOR i IN SELECT * FROM generate_series(1, 200000) INTERSECT SELECT * FROM generate_series(200001, 400000) LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: UNION ALL': [1, () => block(`FOR i IN SELECT count(*) FROM (${'SELECT * FROM generate_series(1, 200000) UNION ALL '.repeat(100)}SELECT 1) x LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;`, 'i int;')],
  'block: DISTINCT': [1, () => block("FOR i IN SELECT DISTINCT a FROM generate_series(1, 200000) a LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: IN of a series': [1, () => block("FOR i IN SELECT a FROM generate_series(1, 100000) a WHERE a IN (SELECT b FROM generate_series(100001, 200000) b) LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;", 'i int;')],
  'block: string_agg': [1, () => block("FOR i IN 1..100 LOOP SELECT string_agg('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', repeat('y', 1000000)) INTO a FROM generate_series(1, 200000); END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a text;')],
  'block: array_agg': [1, () => block("FOR i IN 1..200 LOOP SELECT array_agg(x) INTO a FROM generate_series(1, 200000) x; b := b || a; END LOOP; EXECUTE 'CREATE TABLE x (a int)';", 'a int[]; b int[];')],
  'block: contains': [1, () => block("SELECT array_agg(x) INTO a FROM generate_series(1, 100000) x; SELECT array_agg(x) INTO b FROM generate_series(100001, 200000) x; IF a && b THEN EXECUTE 'CREATE TABLE x (a int)'; END IF;", 'a int[]; b int[];')],
  'block: ANY': [1, () => block("SELECT array_agg(x) INTO a FROM generate_series(1, 200000) x; FOR i IN 1..20000 LOOP IF 0 = ANY (a) THEN EXECUTE 'CREATE TABLE x (a int)'; END IF; END LOOP;", 'a int[];')],
  'block: pattern': [1, () => block("FOR i IN 1..1000 LOOP IF repeat('a', 1000) || 'b' ~ '^(a|a)*$' OR repeat('a', 5000) ~ '(a*)*(a*)*(a*)*c' THEN EXECUTE 'CREATE TABLE x (a int)'; END IF; END LOOP;")],
  'block: pattern size': [1, () => block("IF 'a' ~ '((((a{1,200}){1,200}){1,200}){1,200}){1,200}' OR 'a' ~ repeat('(', 100000) OR 'a' LIKE repeat('%a', 400000) THEN EXECUTE 'CREATE TABLE x (a int)'; END IF;")],
  'block: generated text': [1, () => block("a := 'SELECT 1'; FOR i IN 1..40 LOOP a := format('DO %L', 'BEGIN EXECUTE ' || quote_literal(a) || '; EXECUTE ' || quote_literal(a) || '; END'); END LOOP; EXECUTE a;", 'a text;')],
  'block: generated blocks': [20, (n) => block(`EXECUTE 'DO $a$ BEGIN ${"EXECUTE ''SELECT 1'';".repeat(n)} END $a$';`)],
  'block: recursion': [1, () => sql("CREATE FUNCTION f(n int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE IF NOT EXISTS x (a int)'; PERFORM f(n - 1); PERFORM f(n - 1); END $$;\nSELECT f(100);\nDO $$ BEGIN PERFORM f(100); END $$;")],
  'block: tables in a loop': [1, () => block("FOR i IN 1..100000 LOOP EXECUTE 'CREATE TABLE x' || i || ' (a int)'; END LOOP;")],
  'block: exceptions in a loop': [1, () => block("FOR i IN 1..100000 LOOP BEGIN EXECUTE 'CREATE TABLE x' || i || ' (a int)'; RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP;")],
  'block: catalog in a loop': [100, (n) => sql(many(n, (i) => `CREATE TABLE t${i} (a int);`) + "DO $$ DECLARE r record; BEGIN FOR r IN SELECT a.relname FROM pg_class a, pg_class b, pg_attribute c WHERE a.oid = c.attrelid LOOP EXECUTE 'SELECT 1'; CREATE TABLE IF NOT EXISTS q (a int); END LOOP; END $$;")],
  'block: nested blocks': [500, (n) => block('BEGIN '.repeat(n) + 'NULL; ' + 'END; '.repeat(n))],
  'block: nested IF': [500, (n) => block('IF true THEN '.repeat(n) + 'NULL; ' + 'END IF; '.repeat(n))],
  'block: ELSIF': [500, (n) => block('IF false THEN NULL; ' + 'ELSIF false THEN NULL; '.repeat(n) + 'END IF;')],
  'block: statements': [500, (n) => block(many(n, (i) => `CREATE TABLE x${i} (a int);`))],
  'block: many blocks': [50, (n) => sql("DO $$ BEGIN FOR i IN 1..49000 LOOP PERFORM 1; CREATE TABLE IF NOT EXISTS q (a int); END LOOP; END $$;\n".repeat(n))],
};

/** A snapshot, as `plumb inspect --format json` writes it, with other tables, enums or other members of the schema. */
const snapshot = (schema) => JSON.stringify({
  version: 1,
  source: 'sql',
  schemas: [{
    name: 'public', isImplied: false, changedBy: [], tables: [], views: [], enums: [], domains: [], compositeTypes: [], rangeTypes: [], sequences: [], functions: [], ...schema,
  }],
  errors: [],
});
const list = (n, item) => Array.from({ length: n }, (_, i) => item(i));
const snapshotTable = (name, columns = 1, over = {}) => ({
  kind: 'ordinary', persistence: 'permanent', uniqueConstraints: [], foreignKeys: [], checks: [], exclusions: [], indexes: [], triggers: [], policies: [], rules: [],
  rowSecurity: false, forceRowSecurity: false, inherits: [], storageParameters: [], replicaIdentity: 'default', isIgnored: false, name, changedBy: [],
  columns: list(columns, (i) => ({
    name: `a${i}`, type: { name: 'integer', isArray: false }, isNullable: true, identity: 'none', isGeneratedStored: true, hasClientDefault: false, hasUnstatedDefault: false, changedBy: [],
  })),
  ...over,
});
const fenced = '```prisma\nmodel A {\n  id Int @id\n}\n```\n';
const snapshots = {
  'snapshot: depth': [10_000, (n) => '['.repeat(n) + ']'.repeat(n)],
  'snapshot: depth in an object': [10_000, (n) => '{"a":'.repeat(n) + '1' + '}'.repeat(n)],
  'snapshot: keys': [10_000, (n) => `{${many(n, (i) => `"a${i}":${i}`, ',')}}`],
  'snapshot: unknown members': [1_000, (n) => `{"version":1,"source":"sql","schemas":[],"errors":[],"x":{${many(n, (i) => `"a${i}":[${i}]`, ',')}}}`],
  'snapshot: deep unknown member': [10_000, (n) => `{"version":1,"source":"sql","schemas":[],"errors":[],"x":${'['.repeat(n)}${']'.repeat(n)}}`],
  'snapshot: schemas': [200, (n) => JSON.stringify({ ...JSON.parse(snapshot({})), schemas: list(n, (i) => ({ ...JSON.parse(snapshot({})).schemas[0], name: `s${i}` })) })],
  'snapshot: tables': [500, (n) => snapshot({ tables: list(n, (i) => snapshotTable(`t${i}`)) })],
  'snapshot: columns': [500, (n) => snapshot({ tables: [snapshotTable('t', n)] })],
  'snapshot: tables that inherit': [100, (n) => snapshot({ tables: list(n, (i) => snapshotTable(`t${i}`, 1, { inherits: i ? [`t${i - 1}`] : [] })) })],
  'snapshot: tables of one name': [500, (n) => snapshot({ tables: list(n, () => snapshotTable('t')) })],
  'snapshot: null at the end': [500, (n) => snapshot({ tables: [...list(n, (i) => snapshotTable(`t${i}`)), null] })],
  'markdown: fences': [1_000, (n) => many(n, (i) => '```prisma\nmodel M' + i + ' {\n  id Int @id\n}\n```\n'), '.md'],
  'markdown: nesting': [1_000, (n) => fenced + '> '.repeat(n) + '```prisma\nmodel A {\n}\n```\n', '.md'],
  'markdown: brackets': [1_000, (n) => fenced + '['.repeat(n) + '*'.repeat(n) + '_a'.repeat(n), '.md'],
  'markdown: list': [500, (n) => fenced + many(n, (i) => ' '.repeat(2 * (i % 500)) + '- a'), '.md'],
  'markdown: link definitions': [300, (n) => fenced + many(n, (i) => `[a${i}]: http://x/${i}`), '.md'],
  'markdown: comments': [1_000, (n) => fenced + 'a <!-- '.repeat(n), '.md'],
  'markdown: underlined headings': [1_000, (n) => fenced + many(n, () => 'a\n==='), '.md'],
  'markdown: paragraphs': [3_000, (n) => fenced + many(n, () => 'a\n'), '.md'],
  'sql file: statements': [2_000, (n) => many(n, (i) => `CREATE TABLE t${i} (a int);`), '.sql'],
};

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'budgets-'));
let failed = false;

/** Runs plumb once and measures it. */
function measure(args, cwd) {
  const figures = path.join(work, 'figures');
  // The limit is on processor time, so that a busy machine changes nothing.
  const script = `ulimit -t ${2 * seconds}; exec "$@"`;
  const ran = spawnSync('/usr/bin/time', ['-q', '-o', figures, '-f', '%U %S %M', 'bash', '-c', script, 'bash', program, ...args], {
    cwd, maxBuffer: 1 << 30, encoding: 'utf8', env: { ...process.env, DOTNET_DbgEnableMiniDump: '0' },
  });
  const [user, system, memory] = fs.existsSync(figures) ? fs.readFileSync(figures, 'utf8').trim().split('\n').at(-1).split(' ').map(Number) : [NaN, NaN, NaN];
  fs.rmSync(figures, { force: true });
  const isFault = ran.signal !== null || ran.status > 2 || ran.status === null || /fault of plumb|Unhandled exception|Stack overflow/i.test(ran.stderr + ran.stdout.slice(0, 100_000));
  return { seconds: user + system, memory: memory / 1024, isFault, exit: ran.signal ?? ran.status, error: ran.stderr };
}

function show(name, runs) {
  const growth = (i, value) => i && runs[i - 1] ? ` (${(value(runs[i]) / value(runs[i - 1])).toFixed(1)} ×)` : '';
  const figures = runs.map((run, i) => `${run.seconds.toFixed(1)} s${growth(i, (r) => r.seconds)} ${run.memory.toFixed(0)} MiB`);
  const isBad = runs.some((run) => run.isFault || !(run.seconds <= seconds) || !(run.memory <= mebibytes));
  failed ||= isBad;
  console.log(`${isBad ? 'FAILED' : 'ok    '} ${name.padEnd(42)} ${figures.join(' · ')}${isBad ? ` exit ${runs.at(-1).exit}` : ''}`);
  if (isBad && process.env.VERBOSE) console.log(runs.at(-1).error.slice(0, 1500));
}

function each(name, [size, make, ending], run) {
  if (only.length && !only.some((word) => name.includes(word))) return;
  const runs = [];
  for (const factor of size === 1 ? [1] : (process.env.SIZES ?? '1,10,100').split(',').map(Number)) {
    const folder = path.join(work, 'repository');
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    runs.push(run(folder, make(size * factor), ending));
    if (runs.at(-1).isFault || runs.at(-1).seconds > seconds) break;
  }
  show(name, runs);
}

try {
  for (const [name, item] of Object.entries(cases)) {
    each(name, item, (folder, files) => {
      for (const [file, text] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), text);
      }
      return measure(['audit', '.'], folder);
    });
  }
  for (const [name, item] of Object.entries(snapshots)) {
    each(name, item, (folder, text, ending = '.json') => {
      fs.writeFileSync(path.join(folder, 'a' + ending), text);
      return measure(['inspect', 'a' + ending], folder);
    });
  }
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}

process.exit(failed ? 1 : 0);
