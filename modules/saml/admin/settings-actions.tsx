import { action, redirect } from '../../admin/index.ts';
import { UserMapping } from '../../attribute-mapping/index.ts';
import { actorOfVisit } from '../../connection/index.ts';
import { builtInClaims } from '../claims/claim-table.ts';
import { type ClaimIssue, checkClaims } from '../claims/row.ts';
import { SamlSettingsError } from '../provider/settings-error.ts';
import { tabPath } from './back.ts';
import { asRows, ClaimsPart, sentClaims } from './claims-form.tsx';
import { heldConfiguration, partScreen, samlServices } from './page.tsx';
import { SettingsForm, sentSettings } from './settings-form.tsx';

const acl = 'saml::manage';
const saved = 'You saved the configuration. Running servers follow within 5 seconds.';

export const saveSettings = action('/admin/connections/:code/saml/settings', {
  acl,
  inject: samlServices,
  async perform(visit, given) {
    const held = await heldConfiguration(visit, given);
    const { code } = held.connection;
    const settings = sentSettings(visit.form);
    try {
      await given.providers.change(code, { settings }, actorOfVisit(visit));
      return redirect(tabPath(code, 'settings'), { done: saved });
    } catch (error) {
      if (!(error instanceof SamlSettingsError)) throw error;
      const errors = { [error.field]: error.message };
      return partScreen(held, 'settings', <SettingsForm code={code} settings={settings} errors={errors} />, 422);
    }
  },
});

export const saveClaims = action('/admin/connections/:code/saml/claims', {
  acl,
  inject: { ...samlServices, mapping: UserMapping },
  async perform(visit, { mapping, ...given }) {
    const held = await heldConfiguration(visit, given);
    const { connection } = held;
    const claims = sentClaims(visit.form);
    const again = (issues: readonly ClaimIssue[]) =>
      partScreen(held, 'claims', <ClaimsPart connection={connection} rows={claims} issues={issues} />, 422);
    const unfinished = claims.flatMap(({ claim, path }, row) =>
      claim === '' || path === '' ? [{ row, message: 'Fill both fields, or empty both to take the row out.' }] : [],
    );
    if (unfinished.length > 0) return again(unfinished);
    const issues = checkClaims(claims, mapping.of(connection).resourceType());
    if (issues.length > 0) return again(issues);
    try {
      await given.providers.change(connection.code, { settings: { claims } }, actorOfVisit(visit));
      return redirect(tabPath(connection.code, 'claims'), { done: saved });
    } catch (error) {
      if (!(error instanceof SamlSettingsError)) throw error;
      return again([{ row: 0, message: error.message }]);
    }
  },
});

/** A table of one's own, which begins with what the built-in one takes. */
export const ownClaims = action('/admin/connections/:code/saml/claims/own', {
  acl,
  inject: samlServices,
  async perform(visit, given) {
    const { connection } = await heldConfiguration(visit, given);
    const claims = asRows(builtInClaims(connection.profile));
    await given.providers.change(connection.code, { settings: { claims } }, actorOfVisit(visit));
    return redirect(tabPath(connection.code, 'claims'), {
      done: 'This connection has a table of its own now; change its rows as you need them.',
    });
  },
});

export const builtInTable = action('/admin/connections/:code/saml/claims/built-in', {
  acl,
  inject: samlServices,
  async perform(visit, given) {
    const { connection } = await heldConfiguration(visit, given);
    await given.providers.change(connection.code, { settings: { claims: [] } }, actorOfVisit(visit));
    return redirect(tabPath(connection.code, 'claims'), { done: 'The built-in table counts again.' });
  },
});
