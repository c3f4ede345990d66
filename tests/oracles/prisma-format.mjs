// Prints one .prisma file as Prisma's own formatter prints it: node prisma-format.mjs FILE
import { format } from '@prisma/prisma-schema-wasm';
import fs from 'node:fs';

const path = process.argv[2];
const files = [[path, fs.readFileSync(path, 'utf8')]];
const options = { textDocument: { uri: `file://${path}` }, options: { tabSize: 2, insertSpaces: true } };
const formatted = JSON.parse(format(JSON.stringify(files), JSON.stringify(options)));
process.stdout.write(formatted[0][1]);
