import { Clock, Database, HttpError, route, sendError } from '../../framework/index.ts';
import { Authentication, LoginError } from '../access/authentication.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { Sessions } from '../access/session.ts';
import { AdministrativeActs } from '../act/act.ts';
import { failedLogin } from '../act/failed-login.ts';
import { Administrators } from '../administrator.ts';
import { ownAccount } from '../role/permissions.ts';
import { security } from '../settings.ts';
import { tokenOperations } from './operations.ts';
import { Visitors } from './visitors.ts';

const path = '/admin/api/v1/token';

/** A program logs in: user, password and, where a second factor is set up, its code as `otp`. Good for four hours. */
export const tokenRoute = route(`POST ${path}`, {
  operation: tokenOperations.create,
  area: 'admin',
  public: 'programs log in here',
  reads: 'json',
  inject: {
    authentication: Authentication,
    secondFactors: SecondFactors,
    sessions: Sessions,
    administrators: Administrators,
    acts: AdministrativeActs,
    settings: security.token,
    database: Database,
    clock: Clock,
  },
  async handle(request, response, parts) {
    const { authentication, secondFactors, sessions, acts, settings, database, clock } = parts;
    const { user, password, otp } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof user !== 'string' || typeof password !== 'string')
      throw new HttpError(400, 'BAD_REQUEST', 'Send {"user": "…", "password": "…"}, and "otp" with a second factor.');
    const now = clock.now();
    const address = request.ip;
    try {
      const { id } = await authentication.login(user, password, address ?? '', now);
      if (await secondFactors.has(id)) {
        if (typeof otp !== 'string' || otp === '')
          throw new LoginError('CODE_WRONG', 'Send the code of the second factor as "otp".');
        if (!(await secondFactors.verify(id, otp, now))) {
          await authentication.failed(id, now);
          throw new LoginError('CODE_WRONG', 'The code of the second factor is not right, or was used before.');
        }
      } else if (await settings.get('require_second_factor')) {
        throw new LoginError('CODE_WRONG', 'This store asks for a second factor. Log in at /admin once to set it up.');
      }
      await authentication.completed(id, now);
      const made = {
        administratorId: id,
        kind: 'bearer',
        stage: 'full',
        address,
        agent: request.headers['user-agent'],
      } as const;
      const { secret, seconds } = await sessions.open(database, made, now);
      const notes = [`From ${address ?? 'an unknown address'}.`];
      await acts.told({ operation: 'admin.token', outcome: 'done', by: user, subject: user, notes });
      response.status(201).set('Cache-Control', 'no-store').json({ token: secret, expiresIn: seconds });
    } catch (error) {
      if (!(error instanceof LoginError)) throw error;
      const failed = { user, address: address ?? '', operation: 'admin.token' } as const;
      if (error.code !== 'LOGIN_THROTTLED') await acts.told(await failedLogin(failed, parts, now));
      sendError(response, error.code === 'LOGIN_THROTTLED' ? 429 : 401, error.code, error.message);
    }
  },
});

/** Ends the bearer that the request carries. */
export const tokenEnd = route(`DELETE ${path}`, {
  operation: tokenOperations.end,
  area: 'admin',
  acl: ownAccount,
  inject: { sessions: Sessions, visitors: Visitors, database: Database },
  async handle(request, response, { sessions, visitors, database }) {
    const visitor = await visitors.of(request);
    if (visitor) await sessions.close(database, visitor.signedIn.sessionId);
    response.status(204).end();
  },
});
