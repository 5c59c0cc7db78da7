import { action, Button, Card, Form, FormButtons, Notice, page, redirect, screen } from '../../admin/index.ts';
import { type Profile, profiles } from '../../connection/index.ts';
import { presetFor } from '../preset/presets.ts';
import { difference } from '../version/difference.ts';
import { DifferenceList, differenceWords } from './difference-list.tsx';
import { amendAndReturn } from './draft-change.ts';
import { backToMapping, benchOf, benchParts, mappingPath, visited } from './workbench.ts';

const path = '/admin/connections/:code/mapping/preset' as const;

const profileNames: Readonly<Record<Profile, string>> = {
  generic: 'Generic SCIM 2.0',
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  miniorange: 'miniOrange',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  google: 'Google Workspace',
  pingone: 'PingOne',
  centrify: 'Centrify / CyberArk',
  'interop-strict': 'Strict (interoperability events)',
};
const profileIn = (text: string | null): Profile | undefined => profiles.find((profile) => profile === text);

const presetPage = page(path, {
  acl: 'attribute-mapping::edit',
  inject: benchParts,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const { document, draft, revision } = await benchOf(connection, parts.database, parts.versions);
    const profile = profileIn(visit.query.get('profile')) ?? connection.profile;
    const differs = difference(document, presetFor(profile));
    return screen({
      title: 'Presets',
      back: backToMapping(connection),
      lead: 'What mappings begin with, by identity provider.',
      body: (
        <div class="stack">
          <nav class="tabs" aria-label="Presets">
            <ul>
              {profiles.map((one) => (
                <li key={one}>
                  <a
                    href={`${mappingPath(connection, '/preset')}?profile=${one}`}
                    aria-current={one === profile ? 'page' : undefined}
                  >
                    {profileNames[one]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <Card title={differs.same ? 'Nothing would change' : differenceWords(differs)}>
            <p class="muted">
              From the {draft ? 'draft' : 'mapping in effect'} to the preset of {profileNames[profile]}:
            </p>
            <DifferenceList difference={differs} />
          </Card>
          {!differs.same && (
            <Form action={mappingPath(connection, '/preset')} class="card">
              <div class="card-body">
                <input type="hidden" name="revision" value={String(revision)} />
                <input type="hidden" name="profile" value={profile} />
                {draft && (
                  <Notice kind="note">
                    The draft is replaced. <a href={`${mappingPath(connection, '/export')}?version=draft`}>Export it</a>{' '}
                    first if it may be wanted again.
                  </Notice>
                )}
                <FormButtons>
                  <Button look="primary">Take this Preset as the Draft</Button>
                </FormButtons>
              </div>
            </Form>
          )}
        </div>
      ),
    });
  },
});

const takePreset = action(path, {
  acl: 'attribute-mapping::edit',
  inject: benchParts,
  async perform(visit, parts) {
    const profile = profileIn(visit.form.get('profile'));
    const connection = await visited(visit, parts);
    if (!profile) return redirect(mappingPath(connection, '/preset'), { problem: 'Choose one of the presets.' });
    return amendAndReturn(
      visit,
      parts,
      () => presetFor(profile),
      `The draft is the preset of ${profileNames[profile]} now.`,
    );
  },
});

export const presetPages = [presetPage, takePreset];
