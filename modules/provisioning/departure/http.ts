import { Body, orRefuse } from '../../connection/index.ts';
import { HttpError, type Route, route } from '../../framework/index.ts';
import { departureOperation } from '../http/operations.ts';
import { fateOf } from './delete-connection.ts';
import { ConnectionDepartures } from './departures.ts';

const remove = route('DELETE /admin/api/v1/connections/:code', {
  operation: departureOperation,
  area: 'admin',
  acl: 'provisioning::departure',
  reads: 'json',
  fresh: true,
  inject: { departures: ConnectionDepartures },
  handle: (request, response, { departures }) =>
    orRefuse(async () => {
      const body = Body.of(request).only('customers', 'dryRun');
      const customers = fateOf(body.required('customers'));
      if (!customers)
        throw new HttpError(
          400,
          'BODY_INVALID',
          '"customers" is keep, deactivate or transfer:<code of another connection>.',
        );
      const code = String(request.params.code);
      response.json(await departures.delete({ code, customers, dryRun: body.flag('dryRun') ?? false }));
    }),
});

/** What becomes of the customers of a connection that goes, over the admin API; `{"dryRun": true}` only tells. */
export const departureRoutes: readonly Route[] = [remove];
