import { Body } from '../../../connection/index.ts';
import type { IdpFacts } from '../../provider/idp-facts.ts';
import type { ClaimRow, Endpoints, SamlSettings } from '../../provider/provider.ts';
import type { SamlChanges } from '../../provider/providers.ts';
import { samlChoiceNames, samlChoices, samlSwitchNames, samlTextNames } from '../../provider/setting-words.ts';

/** Leaves out what was not said, so that it stays as it is. */
const said = <T extends Readonly<Record<string, unknown>>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const orNull = (body: Body, name: string): string | null | undefined =>
  body.value(name) === null ? null : body.text(name);

/** What a body says of a connection's SAML half. @throws HttpError 400 */
export function readChanges(body: Body): SamlChanges {
  body.only('on', 'settings', 'idp', 'metadataUrl', 'metadataCertificate');
  return said({
    on: body.flag('on'),
    settings: body.has('settings') ? readSettings(new Body(body.value('settings'), 'settings')) : undefined,
    idp: body.has('idp') ? readFacts(new Body(body.value('idp'), 'idp')) : undefined,
    metadataUrl: orNull(body, 'metadataUrl'),
    metadataCertificate: orNull(body, 'metadataCertificate'),
  });
}

function readSettings(body: Body): Partial<SamlSettings> {
  body.only(...samlSwitchNames, ...samlChoiceNames, ...samlTextNames, 'claims', 'redirects');
  return said({
    ...Object.fromEntries(samlSwitchNames.map((name) => [name, body.flag(name)])),
    ...Object.fromEntries(samlChoiceNames.map((name) => [name, body.oneOf(name, samlChoices[name].values)])),
    ...Object.fromEntries(samlTextNames.map((name) => [name, orNull(body, name)])),
    claims: body.has('claims') ? readClaims(body.value('claims')) : undefined,
    redirects: body.texts('redirects'),
  });
}

const readClaims = (value: unknown): readonly ClaimRow[] =>
  (Array.isArray(value) ? value : [value]).map((row, index) => {
    const body = new Body(row ?? '', `settings.claims[${index}]`).only('claim', 'path');
    return { claim: body.required('claim'), path: body.required('path') };
  });

function readFacts(body: Body): Partial<IdpFacts> {
  body.only('entityId', 'ssoUrls', 'sloUrls', 'sloResponseUrls', 'nameIdFormats', 'wantsSignedRequests');
  const endpoints = (name: string): Endpoints | undefined => {
    if (!body.has(name)) return undefined;
    const given = new Body(body.value(name), `idp.${name}`).only('redirect', 'post', 'soap');
    return said({ redirect: given.text('redirect'), post: given.text('post'), soap: given.text('soap') });
  };
  return said({
    entityId: body.text('entityId'),
    ssoUrls: endpoints('ssoUrls'),
    sloUrls: endpoints('sloUrls'),
    sloResponseUrls: endpoints('sloResponseUrls'),
    nameIdFormats: body.texts('nameIdFormats'),
    wantsSignedRequests: body.flag('wantsSignedRequests'),
  });
}
