// Answers, for each line of JSON `{ "files": [[path, content], …], "action": "lint" | "format", "version": "6.12" }` on standard input, what Prisma says. Without a version, Prisma 7.10.
//   lint:   { "isValid": …, "errors": [{ "file", "start", "end", "text" }, …] }, with offsets in UTF-16 code units
//   format: { "files": [[path, content], …] }
// Where the engine itself breaks down: { "isBroken": true }; it is then started anew.
// Prisma 7 does not know some of the preview features of Prisma 4 to 6; those are blanked out first, in place, so that all offsets stay.
import { createRequire } from 'node:module';
import readline from 'node:readline';

const require = createRequire(import.meta.url);
const load = version => {
  const path = require.resolve(version ? `prisma-schema-wasm-${version}` : '@prisma/prisma-schema-wasm');
  delete require.cache[path];
  return require(path);
};
const removed = ['esm', 'metrics', 'insensitiveFilters', 'sqlServer'];
const prepare = text => text
  .replace(/^([ \t]*previewFeatures[ \t]*=[ \t]*)\[([^\]]*)\]/gm, (_, before, list) => {
    const kept = list.split(',').filter(f => !removed.includes(f.trim().slice(1, -1))).join(',');
    return `${before}[${kept}${' '.repeat(list.length - kept.length)}]`;
  });

const engines = {};
let engine;
const answers = {
  lint(files) {
    let isValid = true;
    try {
      engine.validate(JSON.stringify({ prismaSchema: files, noColor: true }));
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      isValid = false;
    }
    const errors = JSON.parse(engine.lint(JSON.stringify(files))).filter(d => !d.is_warning)
      .map(d => ({ file: d.file_name, start: d.start, end: d.end, text: d.text }));
    return { isValid, errors };
  },
  format(files) {
    const options = { textDocument: { uri: `file:///${files[0][0]}` }, options: { tabSize: 2, insertSpaces: true } };
    return { files: JSON.parse(engine.format(JSON.stringify(files), JSON.stringify(options))) };
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { files, action, version } = JSON.parse(line);
  engine = engines[version] ??= load(version);
  let answer;
  try {
    answer = answers[action](action === 'lint' && !version ? files.map(([path, content]) => [path, prepare(content)]) : files);
  } catch {
    answer = { isBroken: true };
    delete engines[version];
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
