// Where the app's database is. On Railway the private network is used by the deployed service; from outside only the TCP proxy answers.

const DEFAULT_POOL_SIZE_HINT = 'connections per process';

export function isRailwayInternalHost(url) {
  return new URL(url).hostname.endsWith('.railway.internal');
}

export function isRailwayTcpProxyHost(url) {
  return new URL(url).hostname.endsWith('.proxy.rlwy.net');
}

function hasPassword(url) {
  return new URL(url).password.length > 0;
}

/** The URL to use, and the variable that it came from. */
export function resolveDatabaseUrl(env = process.env) {
  const candidates = [
    ['DATABASE_URL', env.DATABASE_URL],
    ['DATABASE_PUBLIC_URL', env.DATABASE_PUBLIC_URL],
  ];
  for (const [source, url] of candidates) {
    if (url && !isRailwayInternalHost(url)) {
      if (!hasPassword(url)) {
        console.warn(`${source} has no password`);
      }
      return { url, source };
    }
  }
  throw new Error('Set DATABASE_URL to a host that can be reached from here, or DATABASE_PUBLIC_URL.');
}

/** The URL with the settings of the pool; what it says itself is kept. */
export function getDatabaseUrlWithPooling() {
  const { url, source } = resolveDatabaseUrl();
  const pooled = new URL(url);
  const size = process.env.DB_POOL_SIZE || '10';
  const timeout = process.env.DB_POOL_TIMEOUT || '20';
  if (!pooled.searchParams.has('connection_limit')) pooled.searchParams.set('connection_limit', size);
  if (!pooled.searchParams.has('pool_timeout')) pooled.searchParams.set('pool_timeout', timeout);
  if (process.env.DB_PGBOUNCER === 'true' && !pooled.searchParams.has('pgbouncer')) pooled.searchParams.set('pgbouncer', 'true');
  return { url: pooled.toString(), source };
}

export function getSslConfig(url) {
  return isRailwayTcpProxyHost(url) ? { rejectUnauthorized: false } : false;
}

/** What may be logged. */
export function getConnectionInfo() {
  const { url, source } = getDatabaseUrlWithPooling();
  const parsed = new URL(url);
  return { source, host: parsed.hostname, port: parsed.port, database: parsed.pathname.slice(1), pool: DEFAULT_POOL_SIZE_HINT };
}
