import { action, counted, redirect } from '../../admin/index.ts';
import { actorOfVisit } from '../../connection/index.ts';
import { SamlError } from '../error.ts';
import { IdpMetadata, type MetadataReport } from '../metadata/idp-metadata.ts';
import { actedOn, tabPath } from './back.ts';
import { type MetadataErrors, type MetadataFields, sentMetadata } from './metadata-form.tsx';
import { heldConfiguration, partScreen, samlServices } from './page.tsx';
import { SetUp } from './set-up.tsx';

const acl = 'saml::manage';

/** What taking metadata over came to, in a sentence or a few. */
export function reportInWords({ entityId, trusted, offered, vanished, facts, applied }: MetadataReport): string {
  const told = [
    trusted.length > 0 &&
      `${counted(trusted.length, 'certificate')} of it count${trusted.length === 1 ? 's' : ''} now.`,
    offered.length > 0 &&
      `${counted(offered.length, 'certificate')} ${offered.length === 1 ? 'waits' : 'wait'} for your word below.`,
    vanished.length > 0 &&
      `${counted(vanished.length, 'trusted certificate')} ${vanished.length === 1 ? 'is' : 'are'} no longer listed; distrust what is not used any more.`,
    !applied && facts.length > 0 && 'It says other addresses than before: take them over below.',
  ].filter((sentence): sentence is string => sentence !== false);
  return [`The metadata of ${entityId} was read.`, ...(told.length > 0 ? told : ['Nothing is new.'])].join(' ');
}

/** At which field a refusal stands. */
function errorsOf(error: SamlError, { url, entityId }: MetadataFields): MetadataErrors {
  if (entityId !== '' && error.message.includes(entityId)) return { metadataEntityId: error.message };
  return url !== '' ? { metadataUrl: error.message } : { metadataText: error.message };
}

/** Takes metadata over, by its address or as a text: the administrator's word makes its certificates count. */
export const importMetadata = action('/admin/connections/:code/saml/metadata', {
  acl,
  fresh: true,
  inject: { ...samlServices, metadata: IdpMetadata },
  async perform(visit, { metadata, ...given }) {
    const held = await heldConfiguration(visit, given);
    const { code } = held.connection;
    const fields = sentMetadata(visit.form);
    const again = (metadataErrors: MetadataErrors) =>
      partScreen(
        held,
        'setup',
        <SetUp held={held} now={given.clock.now()} typed={{ metadata: fields, metadataErrors }} />,
        422,
      );
    if (fields.url === '' && fields.text === '')
      return again({ metadataUrl: 'Give the address of the metadata, or the metadata itself.' });
    if (fields.url !== '' && fields.text !== '')
      return again({ metadataText: 'Give either the address or the metadata itself: which of the two counts?' });
    const entityId = fields.entityId === '' ? undefined : fields.entityId;
    try {
      const report = await metadata.import(
        code,
        fields.url === '' ? { text: fields.text, entityId } : { url: fields.url, entityId },
        actorOfVisit(visit),
      );
      return redirect(tabPath(code), { done: reportInWords(report) });
    } catch (error) {
      if (!(error instanceof SamlError)) throw error;
      return again(errorsOf(error, fields));
    }
  },
});

export const refreshMetadata = action('/admin/connections/:code/saml/metadata/refresh', {
  acl,
  inject: { metadata: IdpMetadata },
  perform: (visit, { metadata }) =>
    actedOn(visit, async (code) => reportInWords(await metadata.refresh(code, actorOfVisit(visit)))),
});

export const takeOverMetadata = action('/admin/connections/:code/saml/metadata/take-over', {
  acl,
  fresh: true,
  inject: { metadata: IdpMetadata },
  perform: (visit, { metadata }) =>
    actedOn(visit, async (code) => {
      await metadata.takeOver(code, actorOfVisit(visit));
      return 'The addresses of the metadata count now.';
    }),
});
