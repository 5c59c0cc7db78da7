import { MappingError } from '../../attribute-mapping/index.ts';
import { ConnectionError } from '../../connection/index.ts';
import { HttpError } from '../../framework/index.ts';
import { ScimError } from '../../scim/index.ts';
import { MappingRunError } from '../impact/mapping-run.ts';

/** Refusals of the rooms, in HTTP's words. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof ConnectionError && error.code === 'CONNECTION_UNKNOWN')
    return new HttpError(404, error.code, error.message);
  if (error instanceof MappingError)
    return new HttpError(/UNKNOWN|MISSING/.test(error.code) ? 404 : 409, error.code, error.message);
  if (error instanceof MappingRunError) return new HttpError(409, error.code, error.message);
  if (error instanceof ScimError) return new HttpError(error.status, error.code, error.message);
  return error;
}
