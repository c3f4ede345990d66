import { PrismaClient } from '@prisma/client';

function isRailwayInternalHost(url: string): boolean {
  return new URL(url).hostname.endsWith('.railway.internal');
}

function getDatabaseUrl(): string {
  const main = process.env.DATABASE_URL;
  const outside = process.env.DATABASE_PUBLIC_URL;
  const chosen = main && !isRailwayInternalHost(main) ? main : outside;
  if (!chosen) {
    throw new Error('Neither DATABASE_URL nor DATABASE_PUBLIC_URL can be used.');
  }
  const url = new URL(chosen);
  if (!url.searchParams.has('connection_limit')) url.searchParams.set('connection_limit', process.env.DB_POOL_SIZE ?? '10');
  if (!url.searchParams.has('pool_timeout')) url.searchParams.set('pool_timeout', process.env.DB_POOL_TIMEOUT ?? '20');
  return url.toString();
}

export const prisma = new PrismaClient({ datasourceUrl: getDatabaseUrl() });
