import { SAML } from '@node-saml/node-saml';
import { getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import type { SamlProvider } from '../../modules/saml/provider/provider.ts';
import { decryptAssertion } from '../../modules/saml/verification/decryption/decrypt.ts';
import { createAssertionVerifier } from '../../modules/saml/verification/verify-assertion.ts';
import { parseXml } from '../../modules/saml/xml/document.ts';
import { child } from '../../modules/saml/xml/element.ts';
import { saml } from '../../modules/saml/xml/names.ts';
import { type Forgery, forge } from '../saml/idp/forge.ts';
import { identity } from '../saml/idp/identity.ts';
import { samlProvider } from '../saml/idp/provider.ts';
import { aligned, median } from './report.ts';
import { loginCost } from './saml-login.ts';

/** A kind of response whose verification is measured. */
interface Case {
  readonly name: string;
  readonly forgery: Partial<Forgery>;
}

const attributes = ['mail', 'givenName', 'sn', 'department', 'telephoneNumber'].map((name) => ({
  name: `urn:example:attributes:${name}`,
  values: [`${name} of Ada Lovelace`],
  typed: true,
}));
const groups = { name: 'groups', values: Array.from({ length: 200 }, (_, i) => `CN=Group ${i},OU=Groups,DC=example`) };
const cases: readonly Case[] = [
  { name: 'assertion signed', forgery: { assertion: { attributes } } },
  { name: 'response signed', forgery: { sign: 'response', assertion: { attributes } } },
  { name: 'both signed', forgery: { sign: 'both', assertion: { attributes } } },
  { name: 'both signed, 200 groups', forgery: { sign: 'both', assertion: { attributes: [...attributes, groups] } } },
  { name: 'assertion signed, encrypted', forgery: { assertion: { attributes }, encrypt: {} } },
  { name: 'response signed, encrypted', forgery: { sign: 'response', assertion: { attributes }, encrypt: {} } },
];

/** What nobody can leave out: reading the document, decrypting, and the one signature that is relied upon. */
function bareCheck(field: string, { keys }: SamlProvider, { sign }: Partial<Forgery>, pem: string): void {
  const text = Buffer.from(field, 'base64').toString('utf8');
  const { root } = parseXml(text);
  const [plain, encrypted] = [child(root, saml, 'Assertion'), child(root, saml, 'EncryptedAssertion')];
  const wanted = sign === 'response' || sign === 'both';
  let verified = wanted && getVerifiedXml(text, root, [pem]) !== null;
  const inner = encrypted && decryptAssertion(encrypted, keys.decryption, { envelopeVerified: wanted });
  if (!wanted && inner) verified = getVerifiedXml(inner, parseXml(inner).root, [pem]) !== null;
  else if (!wanted && plain) verified = getVerifiedXml(text, plain, [pem]) !== null;
  if (!verified) throw new Error('The signature of the bench is not good.');
}

/** CPU of this process in µs per call. */
async function cpuOf(times: number, call: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  for (let i = 0; i < times; i++) await call();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / times;
}

/**
 * What verifying a response costs next to the signature check in it, and next to node-saml's class without any guard; and
 * what a whole login costs the server.
 * The three take turns; medians of `rounds`. True when no ratio is above 2.
 */
export async function samlBench(rounds = 9, times = 100): Promise<boolean> {
  const verifier = createAssertionVerifier();
  const rows: string[][] = [['response', 'KiB', 'guard', 'signature check', 'ratio', 'node-saml alone']];
  let worst = 0;
  for (const { name, forgery } of cases) {
    const provider = samlProvider();
    const now = new Date();
    const { field, xml } = forge({ provider, now, inResponseTo: '_request', ...forgery });
    const pem = identity('idp').certificate;
    const upstream = new SAML({
      ...{ issuer: provider.entityId, audience: provider.entityId, callbackUrl: provider.acsUrl, idpCert: pem },
      ...{ wantAssertionsSigned: false, wantAuthnResponseSigned: false, decryptionPvk: identity('sp').privateKey },
    });
    const calls = [
      () => verifier.verify({ provider, response: field, now }),
      () => bareCheck(field, provider, forgery, pem),
      () => upstream.validatePostResponseAsync({ SAMLResponse: field }),
    ] as const;
    for (const call of calls) await cpuOf(times, call);
    const costs: number[][] = [[], [], []];
    for (let round = 0; round < rounds; round++)
      for (const [i, call] of calls.entries()) costs[i]?.push(await cpuOf(times, call));
    const [guard = 0, bare = 0, alone = 0] = costs.map(median);
    const ratio = median((costs[0] ?? []).map((cost, round) => cost / (costs[1]?.[round] ?? Number.NaN)));
    worst = Math.max(worst, ratio);
    const figures = [guard, bare].map((cost) => `${Math.round(cost)} µs`);
    rows.push([name, (xml.length / 1024).toFixed(1), ...figures, `${ratio.toFixed(2)}×`, `${Math.round(alone)} µs`]);
  }
  const pem = identity('idp').certificate;
  const whole = await loginCost(rounds, { attributes }, (field, provider) => bareCheck(field, provider, {}, pem));
  worst = Math.max(worst, whole.ratio);
  const figures = [whole.login, whole.check].map((cost) => `${Math.round(cost)} µs`);
  rows.push(['a whole login, assertion signed', '–', ...figures, `${whole.ratio.toFixed(2)}×`, '–']);
  console.log(`CPU per SAML response; medians of ${rounds} rounds of ${times}\n${aligned(rows)}`);
  return worst <= 2;
}
