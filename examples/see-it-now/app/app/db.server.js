import { PrismaClient } from '@prisma/client';
import { getConnectionInfo, getDatabaseUrlWithPooling } from '../lib/db-url.js';

const { url } = getDatabaseUrlWithPooling();
console.info('database', getConnectionInfo());

export const prisma = new PrismaClient({ datasourceUrl: url });
