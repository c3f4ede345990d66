// PostgreSQL's own parser: for each line, a JSON string with SQL, writes what the parser makes of it:
// {"statements": [[start, end], ...]} with offsets in bytes, or {"message": ..., "position": ...} with the position in characters from 0.
import { createInterface } from 'node:readline';
import { loadModule, parseSync } from 'libpg-query';

await loadModule();
for await (const line of createInterface({ input: process.stdin })) {
  const sql = JSON.parse(line);
  let answer;
  try {
    const length = Buffer.byteLength(sql);
    const statements = (parseSync(sql).stmts ?? []).map(({ stmt_location: start = 0, stmt_len: size }) => [start, size ? start + size : length]);
    answer = { statements };
  } catch (error) {
    const { message, cursorPosition } = error.sqlDetails ?? error;
    answer = { message, position: cursorPosition ?? null };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
