// Compares, object by object and in both directions, the SQL with which Prisma would turn the database into the schema and the
// occurrences of drift of severity low or higher in the JSON of `plumb audit`. Called by verify-drift.sh; docs/drift-against-prisma.md
// has the result for 15 repositories. Exits 1 where a difference has none of the reasons below.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const names = ['repository', 'project', 'schema', 'namespace', 'audit', 'prisma', 'defaults', 'migrations', 'refused'];
const { values: given } = parseArgs({ options: Object.fromEntries(names.map(name => [name, { type: 'string' }])) });
const read = file => fs.readFileSync(file, 'utf8');

// A fact is what happens to one object. An index goes by its own name, since Prisma drops it without naming the table.
const objectOf = fact => [fact.kind, fact.kind === 'index' ? '' : fact.table, fact.name].join(' ');
const keyOf = fact => `${fact.action} ${objectOf(fact)}`;
const show = fact => `${fact.action} ${fact.kind} ${[fact.table, fact.name].filter(Boolean).join('.')}`;

// What Prisma says.
function factsOf(sql) {
  const quoted = '"((?:[^"]|"")+)"', qualified = `(?:${quoted}\\.)?${quoted}`;
  const facts = [], unquote = name => name?.replaceAll('""', '"');
  // Values of an enum are removed by building the type anew, in a transaction of its own that ends by dropping the old type.
  const whole = sql.replace(/^--.*$/gm, '').replace(/^BEGIN;[^]*?^DROP TYPE (.*)_old";[^]*?^COMMIT;/gm, 'ALTER TYPE $1" REBUILT;');
  for (const statement of whole.split(/;\s*$/m).map(s => s.trim()).filter(Boolean)) {
    const match = (pattern, describe) => {
      const found = statement.match(new RegExp('^' + pattern.replace('{object}', qualified).replace('{name}', quoted)))?.map(unquote);
      if (found) describe(...found);
      return Boolean(found);
    };
    const in_ = (schema, name) => schema && schema !== given.namespace ? `${schema}.${name}` : name;
    const add = (action, kind, table, name, text = statement) => facts.push({ action, kind, table, name, text });
    const clause = (table, text) => {
      const [, verb, what, name, rest] = text.match(/^\s*(ADD|DROP|ALTER) (COLUMN|CONSTRAINT)\s+"((?:[^"]|"")+)"\s*([^]*)$/) ?? [];
      if (!verb) throw new Error(`not understood: ${statement}`);
      const kind = verb !== 'ALTER' ? what.toLowerCase()
        : rest.startsWith('SET DATA TYPE') ? 'column type' : rest.endsWith('NOT NULL') ? 'nullability' : 'default';
      add(verb === 'ALTER' ? 'change' : verb.toLowerCase(), kind, table, unquote(name), rest);
    };
    const known =
      match('CREATE TABLE {object}', (_, s, t) => add('add', 'table', in_(s, t), '')) ||
      match('DROP TABLE {object}', (_, s, t) => add('drop', 'table', in_(s, t), '')) ||
      match('CREATE TYPE {object} AS ENUM', (_, s, t) => add('add', 'enum', in_(s, t), '')) ||
      match('DROP TYPE {object}', (_, s, t) => add('drop', 'enum', in_(s, t), '')) ||
      match('ALTER TYPE {object}', (_, s, t) => add('change', 'enum', in_(s, t), '')) ||
      match('CREATE (?:UNIQUE )?INDEX {name} ON {object}', (_, name, s, t) => add('add', 'index', in_(s, t), name)) ||
      match('DROP INDEX {object}', (_, s, name) => add('drop', 'index', '', name)) ||
      match('ALTER INDEX {object} RENAME TO', (_, s, name) => add('change', 'index', '', name)) ||
      match('CREATE SEQUENCE {object}', (_, s, name) => add('add', 'sequence', '', name)) ||
      match('DROP SEQUENCE {object}', (_, s, name) => add('drop', 'sequence', '', name)) ||
      match('ALTER SEQUENCE {object} OWNED BY', () => {}) ||
      match('ALTER TABLE {object} RENAME CONSTRAINT {name} TO', (_, s, t, name) => add('change', 'constraint', in_(s, t), name)) ||
      match('ALTER TABLE {object} ', (head, s, t) => statement.slice(head.length).split(/,\n/).forEach(text => clause(in_(s, t), text)));
    if (!known) throw new Error(`not understood: ${statement}`);
  }
  return merged(facts);
}

// What Plumbline says. Where it sees a rename, Prisma drops and adds.
const kinds = {
  'column-type': 'column type', nullability: 'nullability', default: 'default', identity: 'default', generated: 'default',
  'missing-column': 'column', 'extra-column': 'column', 'renamed-column': 'column',
  'missing-table': 'table', 'extra-table': 'table', 'renamed-table': 'table',
  index: 'index', unique: 'index', 'primary-key': 'constraint', 'foreign-key': 'constraint', 'referential-action': 'constraint',
  enum: 'enum', 'enum-value': 'enum',
};
const local = name => name.startsWith(`${given.namespace}.`) ? name.slice(given.namespace.length + 1) : name;
function factsOfOccurrence({ rule, subject, expected, found, title }) {
  const name = rule.slice('drift/'.length), kind = kinds[name] ?? name;
  const prefix = subject.schema && subject.schema !== given.namespace ? `${subject.schema}.` : '';
  const table = prefix + (subject.table ?? subject.name);
  const fact = { kind, table, name: ['table', 'enum'].includes(kind) ? '' : subject.name, expected, found, title };
  if (name === 'implicit-join-table')
    return [{ ...fact, action: 'add', kind: 'constraint', name: `${table}_AB_pkey` }, { ...fact, action: 'drop', kind: 'index', name: found }];
  // The unique index takes the name of a plain one, which goes.
  const taken = / in the migrations and (.+) in the schema, the name of another index$/.exec(title)?.[1];
  if (taken) return [{ ...fact, action: 'change' }, { ...fact, action: 'drop', name: taken }];
  if (name === 'name-too-long') {
    const [kind, part] = [subject.kind, { ...fact, kind: subject.kind }];
    return kind === 'column' ? [{ ...part, action: 'drop' }, { ...part, action: 'add', name: expected }]
      : [{ ...part, action: 'drop', name: '' }, { ...part, action: 'add', table: prefix + expected, name: '' }];
  }
  if (name === 'renamed-column') return [{ ...fact, action: 'drop', name: found }, { ...fact, action: 'add' }];
  if (name === 'renamed-table' || (name === 'enum' && expected !== null && found !== null))
    return [{ ...fact, action: 'drop', table: local(found) }, { ...fact, action: 'add' }];
  const isPart = name === 'enum-value' || ['column type', 'nullability', 'default'].includes(kind);
  return [{ ...fact, action: isPart || (expected !== null && found !== null) ? 'change' : expected === null ? 'drop' : 'add' }];
}

// What is dropped and made again under its name is changed; a column is when Prisma cannot convert its type.
function merged(facts) {
  const objects = new Map();
  for (const fact of facts) {
    const other = objects.get(objectOf(fact));
    objects.set(objectOf(fact), other && other.action !== fact.action ? { ...fact, action: 'change' } : fact);
  }
  return [...objects.values()].map(fact => fact.action === 'change' && fact.kind === 'column'
    ? { ...fact, kind: 'column type', isMadeAnew: true } : fact);
}

const audit = JSON.parse(read(given.audit));
const prisma = factsOf(read(given.prisma));
const occurrences = audit.findings.filter(f => f.area === 'drift' && f.project === given.project).flatMap(f => f.occurrences)
  .filter(o => o.rule.startsWith('drift/') && o.severity !== 'info');
const plumb = merged(occurrences.flatMap(factsOfOccurrence));

// Why either alone reports something: where Plumbline sees a rename, Prisma drops and adds, with all that belongs to the object.
const renamed = new Set(occurrences.flatMap(({ rule, subject, expected, found }) => {
  const name = rule.slice('drift/'.length), both = expected !== null && found !== null;
  if (name === 'renamed-table' || (name === 'enum' && both)) return [subject.name, local(found)];
  if (name === 'renamed-column') return [`${subject.table}.${subject.name}`, `${subject.table}.${found}`];
  return ['index', 'constraint'].includes(kinds[name]) && both && !/\(/.test(found + expected) ? [found, expected] : [];
}));
function reasonOfRename(fact) {
  const text = fact.text ?? '';
  if (renamed.has(fact.table) || renamed.has(`${fact.table}.${fact.name}`) || columnsOf({ ...fact, text }).some(c => renamed.has(c)) ||
      (['index', 'constraint'].includes(fact.kind) && renamed.has(fact.name)) ||
      (fact.kind === 'column type' && [...text.matchAll(/"([^"]+)"/g)].some(([, type]) => renamed.has(type))))
    return 'Prisma drops and adds what Plumbline reports as renamed';
}

// Why Prisma alone reports something.
const tables = new Set(prisma.filter(f => f.kind === 'table').map(f => f.table));
const retyped = new Set(prisma.filter(f => f.kind === 'column type').map(f => `${f.table}.${f.name}`));
const defaults = JSON.parse(read(given.defaults));
const instantOf = text => Date.parse(/^'([^']+)'::timestamp/.exec(text)?.[1].replace(/([+-]\d\d)$/, '$1:00'));
const runner = audit.findings.filter(f => f.rule === 'migration/own-runner' && f.project === given.project)
  .flatMap(f => f.locations).filter(l => l.role === 'code').map(l => read(path.join(given.repository, l.path))).join('\n');

function columnsOf(fact) {
  const lists = [...fact.text.matchAll(/(?:REFERENCES (?:"[^"]+"\.)?"([^"]+)")?\s*\(([^)]*)\)/g)];
  return lists.flatMap(([, table, list]) => [...list.matchAll(/"([^"]+)"/g)].map(([, column]) => `${table ?? fact.table}.${column}`));
}

function majorOfPrisma() {
  for (let folder = path.join(given.repository, path.dirname(given.schema)); folder.startsWith(given.repository); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    const { dependencies, devDependencies } = fs.existsSync(file) ? JSON.parse(read(file)) : {};
    const version = { ...devDependencies, ...dependencies }.prisma ?? { ...devDependencies, ...dependencies }['@prisma/client'];
    if (version) return Number(/\d+/.exec(version));
  }
}

function reasonOfPrisma(fact) {
  const isKey = ['constraint', 'index'].includes(fact.kind);
  if (isKey && tables.has(fact.table)) return 'part of a table that is added or dropped';
  if (isKey && fact.action !== 'drop' && columnsOf(fact).some(c => retyped.has(c)))
    return 'built again, as the type of one of its columns changes';
  if (/^_.+_AB_(pkey|unique)$/.test(fact.name) && majorOfPrisma() < 6)
    return 'an implicit join table has a primary key since Prisma 6, and the project uses an older one';
  if (fact.kind === 'default' && instantOf(fact.text.replace('SET DEFAULT ', '')) === instantOf(defaults[`${fact.table}.${fact.name}`]))
    return 'the same instant, written in another time zone';
  if (fact.kind === 'sequence' && prisma.some(f => f.kind === 'default' && fact.name === `${f.table}_${f.name}_seq`))
    return 'belongs to a column whose default is added or dropped';
  if (fact.action === 'add' && fact.kind === 'table' && new RegExp(`CREATE TABLE (IF NOT EXISTS )?"?${fact.table}\\b`).test(runner))
    return "created by the team's own migration program";
}

// Why Plumbline alone does.
const invisible = ['check', 'collation', 'comment', 'constraint-state', 'extension', 'function', 'grant', 'other-object', 'owner',
  'partition', 'policy', 'rls', 'sequence', 'trigger', 'type', 'view', 'view-as-model'];
function reasonOfPlumb(fact) {
  if (invisible.includes(fact.kind)) return 'invisible to Prisma';
  if (prisma.some(f => f.isMadeAnew && f.table === fact.table && f.name === fact.name))
    return 'of a column that Prisma drops and adds, as its type changes';
  if (fact.kind === 'index' && / WHERE /.test(`${fact.expected} ${fact.found}`)) return 'Prisma ignores the predicate of a partial index';
  if (fact.kind === 'index' && / has INCLUDE \(/.test(fact.title)) return 'Prisma reads included columns as key columns';
  if (fact.kind === 'index' && /\b(twice|two equal)\b/.test(fact.title)) return 'Prisma ignores an index that equals another one';
}

let unexplained = 0;
function differences(side, facts, others, reasonOf) {
  const known = new Set(others.map(keyOf)), only = facts.filter(f => !known.has(keyOf(f)));
  for (const fact of only) {
    const reason = reasonOf(fact) ?? reasonOfRename(fact);
    if (!reason) unexplained++;
    console.log(`  only ${side}: ${show(fact)}: ${reason ?? 'UNEXPLAINED'}`);
  }
  return only.length;
}
const onlyPrisma = differences('Prisma', prisma, plumb, reasonOfPrisma);
const onlyPlumb = differences('Plumbline', plumb, prisma, reasonOfPlumb);
console.log(`${path.basename(given.repository)} ${given.project}: ${given.migrations} migrations, ${given.refused} statements refused; ` +
  `Prisma reports ${prisma.length}, both ${prisma.length - onlyPrisma}, only Prisma ${onlyPrisma}, only Plumbline ${onlyPlumb}, unexplained ${unexplained}`);
process.exit(unexplained === 0 ? 0 : 1);
