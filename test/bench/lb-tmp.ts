import { getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import { parseXml } from '../../modules/saml/xml/document.ts';
import { child } from '../../modules/saml/xml/element.ts';
import { saml } from '../../modules/saml/xml/names.ts';
import { identity } from '../saml/idp/identity.ts';
import { loginCost } from './saml-login.ts';

const pem = identity('idp').certificate;
console.log(
  await loginCost(9, (field) => {
    const text = Buffer.from(field, 'base64').toString('utf8');
    const { root } = parseXml(text);
    const p = child(root, saml, 'Assertion');
    if (!p || getVerifiedXml(text, p, [pem]) === null) throw new Error('bad');
  }),
);
