import type { MappingDocument } from '../document/document.ts';
import { amend } from './amendment.ts';
import { type Desk, issuesOf } from './desk.ts';
import { discardDraft, saveDraft } from './draft.ts';
import { mapAttribute } from './map-attribute.ts';
import { MappingError } from './mapping-error.ts';
import { publish, publishDraft, rollback, unknownVersion } from './publication.ts';
import { purgeVersions } from './purge.ts';
import { findDraft, findVersion, listVersions, readHead } from './storage.ts';
import type { MappingVersions } from './version.ts';

const largest = 4_294_967_295;

/** The service behind the token `MappingVersions`. */
export function createVersions(desk: Desk): MappingVersions {
  const version: MappingVersions['version'] = async (db, connection, number) => {
    if (number === 0) return { version: 0, document: desk.language.preset(connection.profile) };
    const found = Number.isInteger(number) && number > 0 ? await findVersion(db, connection, number) : undefined;
    if (!found) throw unknownVersion(connection, number);
    return found;
  };
  const inEffect: MappingVersions['inEffect'] = async (db, connection) =>
    version(db, connection, (await readHead(db, connection)).version);
  return {
    inEffect,
    version,
    draft: findDraft,
    async get(db, connection, which) {
      if (which === 'preset') return desk.language.preset(connection.profile);
      if (which === 'published') return (await inEffect(db, connection)).document;
      if (which !== 'draft') return (await version(db, connection, which)).document;
      const draft = await findDraft(db, connection);
      if (draft) return draft.document;
      throw new MappingError(
        'DRAFT_MISSING',
        `There is no draft of "${connection.code}"; mapping:import --connection ${connection.code} --file <file> --draft begins one.`,
      );
    },
    list: (db, connection, { limit = 100, before = largest } = {}) =>
      listVersions(db, connection, before, Math.min(Math.max(1, limit), 1000)),
    check: (db, document, made) => issuesOf(desk, db, document, made),
    saveDraft: (tx, connection, document, change, now) => saveDraft(desk, tx, connection, document, change, now),
    discardDraft: (tx, connection, { revision }) => discardDraft(tx, connection, revision),
    publishDraft: (tx, connection, change, now) => publishDraft(desk, tx, connection, change, now),
    publish: (tx, connection, document, change, now) => publish(desk, tx, connection, document, change, now),
    rollback: (tx, connection, to, change, now) => rollback(desk, tx, connection, to, change, now),
    purge: (database, now) => purgeVersions(database, desk.config, now),
    async mapAttribute(tx, connection, attribute, source, change, now) {
      const { isKnownSource } = desk.language;
      const made = [...(change.made ?? []), attribute];
      const amendment = (document: MappingDocument) => mapAttribute(document, attribute, source, isKnownSource);
      return amend(desk, tx, connection, amendment, { ...change, made }, now);
    },
  };
}
