import { Database } from '../database/executor.ts';
import { sql } from '../database/sql.ts';
import type { Phase } from './front.ts';
import { healthOperations } from './health-operations.ts';
import { type Route, route } from './route.ts';

const PING_MS = 2_000;

/** `/health/live`: the process answers. `/health/ready`: it can work, the database included; 503 otherwise. */
export function healthRoutes(phase: () => Phase): readonly Route[] {
  return [
    route('GET /health/live', {
      operation: healthOperations.live,
      public: 'load balancers and process managers ask without credentials; it tells nothing',
      handle(_request, response) {
        response.set('Cache-Control', 'no-store').json({ status: 'live' });
      },
    }),
    route('GET /health/ready', {
      operation: healthOperations.ready,
      public: 'load balancers ask without credentials; it tells only whether the host can work',
      inject: { database: Database },
      async handle(_request, response, { database }) {
        const status =
          phase() === 'stopping' ? 'stopping' : (await answers(database)) ? 'ready' : 'database unreachable';
        response
          .status(status === 'ready' ? 200 : 503)
          .set('Cache-Control', 'no-store')
          .json({ status });
      },
    }),
  ];
}

async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, PING_MS, false);
  });
  try {
    return await Promise.race([database.first(sql`SELECT 1 AS answer`).then(Boolean, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
