const known: Readonly<Record<string, string>> = {
  scim: 'SCIM',
  saml: 'SAML',
  smtp: 'SMTP',
  sso: 'SSO',
  api: 'API',
  url: 'URL',
  http: 'HTTP',
  oauth: 'OAuth',
  admin: 'Administration',
};

/** What Magento's administration calls it. */
const magento: Readonly<Record<string, string>> = { trans_email: 'Store Email Addresses' };

/** A name in code as people read it: `attribute-mapping` → "Attribute mapping", `scim` → "SCIM". */
export function titleOf(name: string): string {
  if (magento[name] !== undefined) return magento[name];
  const words = name.split(/[-_ ]+/).map((word) => known[word] ?? word);
  const text = words.join(' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `1 user`, `3 users`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
