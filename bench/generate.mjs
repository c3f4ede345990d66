// Writes a repository of a given size, to see how time grows with it:
//   node generate.mjs FOLDER migrations N     N migrations like those of real projects: tables, columns, indexes, foreign keys, enums
//   node generate.mjs FOLDER models N         a schema of N models with the one migration that creates them
import fs from 'node:fs';
import path from 'node:path';

const [folder, kind, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const prisma = path.join(folder, 'prisma');
const head = 'generator client {\n  provider = "prisma-client-js"\n}\n\ndatasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\n';
const write = (name, text) => {
  const file = path.join(prisma, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};
const stamp = i => String(20200101000000n + BigInt(i));
const models = [];
const enums = [];

// One table and what Prisma writes for it; every model after the first refers to one before it.
function model(i) {
  const parent = i === 0 ? null : Math.floor(i / 2);
  models.push(
    `model Model${i} {\n  id        String   @id @default(cuid())\n  name      String\n  score     Int      @default(0)\n  note      String?\n  createdAt DateTime @default(now()) @map("created_at")\n` +
    (parent === null ? '' : `  parentId  String   @map("parent_id")\n  parent    Model${parent}   @relation("r${i}", fields: [parentId], references: [id], onDelete: Cascade)\n`) +
    children(i).map(c => `  children${c} Model${c}[] @relation("r${c}")\n`).join('') +
    `\n  @@index([createdAt])\n` + (parent === null ? '' : '  @@index([parentId])\n') + `  @@map("model_${i}")\n}\n`);
  return `-- CreateTable\nCREATE TABLE "model_${i}" (\n    "id" TEXT NOT NULL,\n    "name" TEXT NOT NULL,\n    "score" INTEGER NOT NULL DEFAULT 0,\n    "note" TEXT,\n` +
    `    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,\n` + (parent === null ? '' : '    "parent_id" TEXT NOT NULL,\n') +
    `\n    CONSTRAINT "model_${i}_pkey" PRIMARY KEY ("id")\n);\n\n-- CreateIndex\nCREATE INDEX "model_${i}_created_at_idx" ON "model_${i}"("created_at");\n` +
    (parent === null ? '' : `\n-- CreateIndex\nCREATE INDEX "model_${i}_parent_id_idx" ON "model_${i}"("parent_id");\n\n-- AddForeignKey\nALTER TABLE "model_${i}" ADD CONSTRAINT "model_${i}_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "model_${parent}"("id") ON DELETE CASCADE ON UPDATE CASCADE;\n`);
}

let modelCount = 0;
function children(i) {
  const all = i === 0 ? [1] : [2 * i, 2 * i + 1];
  return all.filter(c => c < modelCount && c !== i);
}

if (kind === 'migrations') {
  // Of eight migrations, one creates a table and seven change one: about the mix of a project that has lived for some years.
  modelCount = Math.ceil(count / 8);
  for (let i = 0; i < count; i++) {
    const table = Math.floor(i / 8);
    const column = `extra_${i % 8}`;
    const sql = [
      () => model(table),
      () => `-- AlterTable\nALTER TABLE "model_${table}" ADD COLUMN "${column}" TEXT;\n`,
      () => `-- AlterTable\nALTER TABLE "model_${table}" ADD COLUMN "${column}" INTEGER NOT NULL DEFAULT 1;\n`,
      () => `-- CreateIndex\nCREATE INDEX "model_${table}_name_idx" ON "model_${table}"("name");\n`,
      () => `-- AlterTable\nALTER TABLE "model_${table}" DROP COLUMN "extra_1";\n`,
      () => `-- CreateEnum\nCREATE TYPE "Enum${table}" AS ENUM ('A', 'B');\n\n-- AlterTable\nALTER TABLE "model_${table}" ADD COLUMN "kind" "Enum${table}" NOT NULL DEFAULT 'A';\n`,
      () => `-- AlterEnum\nALTER TYPE "Enum${table}" ADD VALUE 'C';\n`,
      () => `-- AlterTable\nALTER TABLE "model_${table}" RENAME COLUMN "extra_2" TO "rank";\n`,
    ][i % 8]();
    write(path.join('migrations', `${stamp(i)}_step_${i}`, 'migration.sql'), sql);
  }
} else {
  modelCount = count;
  const sql = [];
  for (let i = 0; i < count; i++) {
    sql.push(model(i));
  }
  write(path.join('migrations', `${stamp(0)}_init`, 'migration.sql'), sql.join('\n'));
}
write('schema.prisma', head + models.concat(enums).join('\n'));
write('migrations/migration_lock.toml', 'provider = "postgresql"\n');
