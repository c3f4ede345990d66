// Answers, one line of JSON for each line of JSON, with the SQL that Prisma's own schema engine would create a schema with; or, where
// the question says so, with the SQL that turns the database into the schema, as `prisma migrate dev` writes it.
//   question: {"id": 1, "files": [["schema.prisma", "datasource db { … }"]], "fromDatabase": true}
//   answer:   {"id": 1, "sql": "CREATE TABLE …"}  or  {"id": 1, "error": "…"}
// DATABASE_URL names a PostgreSQL that the engine can reach; it changes nothing there.
// Run with: node --no-warnings --experimental-wasm-modules prisma-sql-server.mjs
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { Adapter } from './prisma-adapter.mjs';
import readline from 'node:readline';

const adapter = bindMigrationAwareSqlAdapterFactory(new Adapter({ connectionString: process.env.DATABASE_URL }));
const filters = { externalTables: [], externalEnums: [] };

// Prisma 7 refuses these settings of the datasource and the preview features that have become general, which every real schema has.
const previews = ['views', 'postgresqlExtensions', 'fullTextSearchPostgres', 'nativeDistinct', 'partialIndexes', 'relationJoins'];
const prepare = text => text
  .replace(/^\s*(url|directUrl|shadowDatabaseUrl)\s*=.*$/gm, '')
  .replace(/previewFeatures\s*=\s*\[[^\]]*\]/g,
    list => `previewFeatures = [${previews.filter(f => list.includes(`"${f}"`)).map(f => `"${f}"`).join(', ')}]`);

let engine;
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, files, fromDatabase } = JSON.parse(line);
  let answer;
  try {
    const prepared = files.map(([path, content]) => ({ path, content: prepare(content) }));
    engine ??= await SchemaEngine.new({ datamodels: [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}']] }, () => {}, adapter);
    const { stdout } = await engine.diff({
      from: fromDatabase ? { tag: 'schemaDatasource', files: prepared, configDir: '.' } : { tag: 'empty' }, to: { tag: 'schemaDatamodel', files: prepared }, script: true, exitCode: null, shadowDatabaseUrl: null, filters,
    });
    answer = { id, sql: stdout };
  } catch (error) {
    answer = { id, error: String(error?.message ?? error) };
  }

  process.stdout.write(JSON.stringify(answer) + '\n');
}

// The adapter's pool keeps connections open for a while; nothing more will be asked of it.
process.exit(0);
