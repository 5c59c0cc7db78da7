import type { Connection } from '../../connection/index.ts';
import type { Database } from '../../framework/index.ts';
import { MappingPreview, type Preview, SignInUsers } from '../../provisioning/index.ts';
import { PATCH_OP_SCHEMA, userSchema } from '../../scim/index.ts';
import type { SamlSettings } from '../provider/provider.ts';
import type { ShownClaims } from '../test-login/test-login.ts';

/** What a login with these claims would do to the store. */
export interface WouldBe {
  /** In a sentence: made, updated, or refused. */
  readonly words: string;
  /** The customer that would come of it; undefined where nothing would be written. */
  readonly preview: Preview | undefined;
}

export const wouldBeServices = { previews: MappingPreview, users: SignInUsers };

/**
 * Tries the claims as a request: a creation of somebody unknown, a change of somebody known by those of the claims that
 * may change something. Writes nothing.
 */
export async function wouldBe(
  db: Database,
  { previews, users }: { previews: MappingPreview; users: SignInUsers },
  { connection, settings }: { readonly connection: Connection; readonly settings: SamlSettings },
  { identifier, document }: ShownClaims,
): Promise<WouldBe> {
  const [customerId] = (await users.meantBy(db, connection, [identifier])).get(identifier) ?? [];
  const user = customerId === undefined ? undefined : (await users.of(db, connection, [customerId])).get(customerId);
  if (!user) {
    const preview = await previews.preview({
      connection,
      method: 'POST',
      // Who logs in is active; SCIM says it, and required-attribute checks ask for it.
      body: { schemas: [userSchema.id], active: true, ...document },
      database: db,
    });
    return settings.createAtLogin
      ? { words: 'Nobody is known by this identifier: the login would make this customer.', preview }
      : {
          words:
            'Nobody is known by this identifier, and “Create Customers at Login” is off: the login would be refused. With it on, this customer would come of it.',
          preview,
        };
  }
  const known = `The person is known as ${user.userName}`;
  if (!settings.updateAtLogin)
    return { words: `${known}; “Update Customers at Login” is off, so nothing would change.`, preview: undefined };
  const value = Object.fromEntries(
    Object.entries(document).filter(([name]) => settings.samlWins || user.document[name] === undefined),
  );
  if (Object.keys(value).length === 0)
    return { words: `${known}, and SCIM has said all of this already: nothing would change.`, preview: undefined };
  const preview = await previews.preview({
    connection,
    method: 'PATCH',
    id: user.userId,
    body: { schemas: [PATCH_OP_SCHEMA], Operations: [{ op: 'replace', value }] },
    database: db,
  });
  return { words: `${known}. What SCIM has not said would be taken from the assertion.`, preview };
}
