import type { Request } from 'express';
import { Body, httpErrorOf as connectionRefusal } from '../../../connection/index.ts';
import { actorOf, Database, HttpError, type Route, route } from '../../../framework/index.ts';
import { SamlError } from '../../error.ts';
import { IdpMetadata } from '../../metadata/idp-metadata.ts';
import { SamlCertificates } from '../../provider/certificate/certificates.ts';
import { keyBits } from '../../provider/key/key-pairs.ts';
import { SamlKeys } from '../../provider/key/keys.ts';
import { SamlProviders } from '../../provider/providers.ts';
import { readChanges } from './changes.ts';
import { samlOperations } from './operations.ts';

const base = '/admin/api/v1/connections/:code/saml';
const view = { area: 'admin', acl: 'saml::view' } as const;
const manage = { area: 'admin', acl: 'saml::manage' } as const;

const codeOf = (request: Request): string => String(request.params.code);
const actorName = (request: Request): string => actorOf(request)?.name ?? 'administration';

const missing: ReadonlySet<string> = new Set(['SAML_CERTIFICATE_UNKNOWN']);

/** Does the work, whose refusals the caller may read. @throws HttpError */
async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SamlError)) throw connectionRefusal(error);
    const status = missing.has(error.code) ? 404 : error.code === 'SAML_KEY_ROLLOVER' ? 409 : 400;
    throw new HttpError(status, error.code, error.message, { cause: error });
  }
}

const show = route(`GET ${base}`, {
  operation: samlOperations.show,
  ...view,
  inject: { database: Database, providers: SamlProviders },
  handle: (request, response, { database, providers }) =>
    orRefuse(async () => {
      response.json(await providers.configuration(database, codeOf(request)));
    }),
});

const change = route(`PATCH ${base}`, {
  operation: samlOperations.change,
  ...manage,
  reads: 'json',
  inject: { providers: SamlProviders },
  handle: (request, response, { providers }) =>
    orRefuse(async () => {
      const changes = readChanges(Body.of(request));
      response.json(await providers.change(codeOf(request), changes, actorName(request)));
    }),
});

const importMetadata = route(`POST ${base}/metadata`, {
  operation: samlOperations.importMetadata,
  ...manage,
  reads: 'json',
  fresh: true,
  inject: { metadata: IdpMetadata },
  handle: (request, response, { metadata }) =>
    orRefuse(async () => {
      const body = Body.of(request).only('text', 'url', 'entityId');
      const [text, url] = [body.text('text'), body.text('url')];
      if ((text === undefined) === (url === undefined))
        throw new HttpError(400, 'BODY_INVALID', 'Say one of "text" and "url".');
      const source = url === undefined ? { text: text ?? '' } : { url };
      const given = { ...source, entityId: body.text('entityId') };
      response.json(await metadata.import(codeOf(request), given, actorName(request)));
    }),
});

const refresh = route(`POST ${base}/metadata/refresh`, {
  operation: samlOperations.refresh,
  ...manage,
  inject: { metadata: IdpMetadata },
  handle: (request, response, { metadata }) =>
    orRefuse(async () => {
      response.json(await metadata.refresh(codeOf(request), actorName(request)));
    }),
});

const takeOver = route(`POST ${base}/metadata/take-over`, {
  operation: samlOperations.takeOver,
  ...manage,
  fresh: true,
  inject: { database: Database, metadata: IdpMetadata, providers: SamlProviders },
  handle: (request, response, { database, metadata, providers }) =>
    orRefuse(async () => {
      await metadata.takeOver(codeOf(request), actorName(request));
      response.json(await providers.configuration(database, codeOf(request)));
    }),
});

const trust = route(`POST ${base}/certificates/trust`, {
  operation: samlOperations.trust,
  ...manage,
  reads: 'json',
  fresh: true,
  inject: { certificates: SamlCertificates },
  handle: (request, response, { certificates }) =>
    orRefuse(async () => {
      const certificate = Body.of(request).only('certificate').required('certificate');
      response.json(await certificates.trust(codeOf(request), certificate, actorName(request)));
    }),
});

const distrust = route(`POST ${base}/certificates/:fingerprint/distrust`, {
  operation: samlOperations.distrust,
  ...manage,
  inject: { certificates: SamlCertificates },
  handle: (request, response, { certificates }) =>
    orRefuse(async () => {
      const fingerprint = String(request.params.fingerprint);
      response.json(await certificates.distrust(codeOf(request), fingerprint, actorName(request)));
    }),
});

const rotate = route(`POST ${base}/keys/rotate`, {
  operation: samlOperations.rotate,
  ...manage,
  reads: 'json',
  inject: { keys: SamlKeys },
  handle: (request, response, { keys }) =>
    orRefuse(async () => {
      const body = Body.of(request).only('step', 'bits');
      body.required('step');
      const step = body.oneOf('step', ['start', 'complete', 'cancel'] as const);
      const wanted = body.number('bits');
      const bits = keyBits.find((known) => known === wanted);
      if (wanted !== undefined && bits === undefined)
        throw new HttpError(400, 'BODY_INVALID', `"bits" has to be one of ${keyBits.join(', ')}.`);
      const [code, actor] = [codeOf(request), actorName(request)];
      if (step === 'complete') response.json(await keys.complete(code, actor));
      else if (step === 'cancel') response.json(await keys.cancel(code, actor));
      else response.json(await keys.start(code, { actor, ...(bits === undefined ? {} : { bits }) }));
    }),
});

/** SAML of a connection over the admin API. Private keys are in no answer. */
export const samlAdminRoutes: readonly Route[] = [
  show,
  change,
  importMetadata,
  refresh,
  takeOver,
  trust,
  distrust,
  rotate,
];
