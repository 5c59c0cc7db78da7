import type { Connection } from '../../connection/index.ts';
import type { SamlSettings } from './provider.ts';
import {
  samlChoiceNames,
  samlChoices,
  samlSwitches,
  samlSwitchNames,
  samlTextNames,
  samlTexts,
} from './setting-words.ts';
import { SamlSettingsError } from './settings-error.ts';
import { checkUrl } from './url-check.ts';

const most = { claims: 200, redirects: 50, text: 255 };

/** Checks settings as a whole: values first, then what they need of the connection. @throws SamlSettingsError */
export function checkSettings(settings: SamlSettings, connection: Connection, baseUrl: string): void {
  for (const name of samlSwitchNames)
    if (typeof settings[name] !== 'boolean')
      throw new SamlSettingsError(name, `"${samlSwitches[name].label}" has to be on or off.`);
  for (const name of samlChoiceNames) {
    const { label, values } = samlChoices[name];
    if (!values.some((value) => value === settings[name]))
      throw new SamlSettingsError(name, `"${label}" can't be "${settings[name]}"; there are ${values.join(', ')}.`);
  }
  for (const name of samlTextNames) {
    const value = settings[name];
    if (value !== null && !isName(value))
      throw new SamlSettingsError(
        name,
        `"${samlTexts[name].label}" has to be a text of 1 to ${most.text} characters without blanks around it, or nothing.`,
      );
  }
  checkClaims(settings);
  checkRedirects(settings, baseUrl);
  if (settings.linkByEmail && connection.policy.verifiedDomains.length === 0)
    throw new SamlSettingsError(
      'linkByEmail',
      `"${samlSwitches.linkByEmail.label}" needs a verified domain, or whoever runs the identity provider could take over any customer; Policies and Safeguards in the administration (connection:set --code ${connection.code} --verified-domains) names them.`,
    );
}

const isName = (value: unknown): value is string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  typeof value === 'string' && value === value.trim() && /^[^\u0000-\u001f\u007f]{1,255}$/.test(value);

function checkClaims({ claims }: SamlSettings): void {
  if (claims.length > most.claims)
    throw new SamlSettingsError('claims', `There are ${claims.length} rows of claims; keep at most ${most.claims}.`);
  for (const [index, row] of claims.entries())
    if (!isName(row.claim) || !isName(row.path))
      throw new SamlSettingsError(
        'claims',
        `Row ${index + 1} of the claims needs the name of an attribute and a SCIM path, such as "mail" and emails[type eq "work"].value.`,
      );
}

function checkRedirects({ redirects }: SamlSettings, baseUrl: string): void {
  if (redirects.length > most.redirects)
    throw new SamlSettingsError(
      'redirects',
      `There are ${redirects.length} return addresses; keep at most ${most.redirects}.`,
    );
  for (const redirect of redirects) {
    checkUrl('redirects', redirect, baseUrl);
    // "https://shop.example" would be compared as a text, and no address a browser is sent to looks like it.
    if (new URL(redirect).href !== redirect)
      throw new SamlSettingsError('redirects', `Write the return address ${redirect} as ${new URL(redirect).href}.`);
  }
}
