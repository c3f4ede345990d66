// What dotenv and dotenv-expand make of an environment file. One JSON question a line, { text, process }; one JSON answer a line,
// { parsed, expanded }.
import { createInterface } from 'node:readline';
import dotenv from 'dotenv';
import { expand } from 'dotenv-expand';

for await (const line of createInterface({ input: process.stdin })) {
  const { text, process: variables } = JSON.parse(line);
  const parsed = dotenv.parse(text);
  const processEnv = { ...parsed, ...variables };
  const expanded = expand({ parsed: { ...parsed }, processEnv }).parsed;
  process.stdout.write(JSON.stringify({ parsed, expanded }) + '\n');
}
