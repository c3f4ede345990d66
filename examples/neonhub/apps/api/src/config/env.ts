import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().default(3001),
  DATABASE_URL: z.string().default('postgresql://neonhub:neonhub@localhost:5432/neonhub'),
});

export const env = schema.parse(process.env);
