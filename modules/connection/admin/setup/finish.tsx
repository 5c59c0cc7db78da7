import { Activities } from '../../../activity/index.ts';
import {
  action,
  Button,
  Card,
  CheckField,
  Form,
  FormButtons,
  LinkButton,
  Notice,
  page,
  screen,
} from '../../../admin/index.ts';
import { Environment } from '../../../framework/index.ts';
import { Storefronts } from '../../../store/index.ts';
import { ConnectionError } from '../../connection.ts';
import { type BearerToken, Tokens } from '../../token.ts';
import { type Held, linkServices, publicBecause, whileHeld } from './held-link.tsx';
import { SettingsCard, settingsOf } from './settings-card.tsx';
import { SetupFacts } from './setup-facts.ts';

/** The tokens of a rotation that can be completed: the new one was made with this link and has been used. */
function endable(tokens: readonly BearerToken[], { link }: Held): BearerToken | undefined {
  const made = tokens.find(({ publicId }) => publicId === link.tokenPublicId);
  if (!made || made.lastUsedAt === null || made.revokedAt !== null) return undefined;
  return tokens.find(({ replacedBy, revokedAt }) => replacedBy === made.publicId && revokedAt === null);
}

const inject = {
  ...linkServices,
  tokens: Tokens,
  environment: Environment,
  storefronts: Storefronts,
  facts: SetupFacts,
};

/** What has been set up, to be looked at, printed and closed. */
export const finishPage = page('/setup/:link/finish', {
  public: publicBecause,
  inject,
  view: (visit, given) =>
    whileHeld(visit, given, async (held) => {
      const { link } = held;
      const tokens = await given.tokens.list(given.database, held.connection.id);
      const old = endable(tokens, held);
      const unused = tokens.every(({ lastUsedAt }) => lastUsedAt === null);
      return screen({
        title: 'Is everything in place?',
        layout: 'guest',
        back: { href: `/setup/${link.publicId}/guide`, label: 'Guide' },
        body: (
          <>
            {unused && (
              <Notice kind="note">
                <p>
                  <strong>Nothing has come in yet.</strong> Use the connection test of your identity provider before you
                  finish; the guide shows what arrives.
                </p>
              </Notice>
            )}
            <SettingsCard settings={await settingsOf(given, held, tokens)} />
            <Form action={`/setup/${link.publicId}/finish`} class="card narrow">
              <div class="card-body">
                <p>
                  When you are done this link ends. What you have set up goes on, and {link.createdBy} looks after it.
                </p>
                {old && (
                  <CheckField
                    name="endOld"
                    label={`End the token before yours (${old.name})`}
                    checked
                    help="Yours has been used, so nothing should need the old one any more."
                  />
                )}
                <FormButtons>
                  <Button look="primary" icon="check">
                    I'm Done
                  </Button>
                  <LinkButton href={`/setup/${link.publicId}/guide`}>Back to the Guide</LinkButton>
                </FormButtons>
              </div>
            </Form>
          </>
        ),
      });
    }),
});

/** "I'm done": ends the link, and the old token of a rotation where that was ticked and still can be. */
export const finish = action('/setup/:link/finish', {
  public: publicBecause,
  inject: { ...inject, activities: Activities },
  perform: (visit, given) =>
    whileHeld(visit, given, async (held) => {
      const { link, connection, actor, now } = held;
      const { database, links, tokens, activities } = given;
      const before = await tokens.list(database, connection.id);
      const endsOld = visit.form.has('endOld') && endable(before, held) !== undefined;
      const ended = await database.transaction(async (tx) => {
        const done = endsOld && (await completed(() => tokens.completeRotation(tx, connection, now)));
        await links.end(tx, link, now);
        activities.record(tx, {
          at: now,
          operation: 'setup-link.finish',
          outcome: 'done',
          status: 200,
          connectionId: connection.id,
          subject: link.name,
          actor,
          notes: done ? ['The rotation of the token was completed: the old one ended.'] : [],
        });
        return done;
      });
      const after = await tokens.list(database, connection.id);
      return screen({
        title: 'Done',
        layout: 'guest',
        lead: 'The link has ended; this page is the last that it shows. Print it if you keep records.',
        body: (
          <>
            <Notice kind="done">
              <p>
                {connection.name} is in the hands of {link.createdBy} now.
                {ended && ' The token before yours has ended.'}
              </p>
            </Notice>
            <SettingsCard settings={await settingsOf(given, held, after)} />
            <Card title="What happens next">
              <ul class="plain-list">
                <li>Your identity provider sends changes of its own accord; nothing has to be started here.</li>
                <li>
                  Keep the token where your identity provider has it and nowhere else. When it is to be replaced,{' '}
                  {link.createdBy} makes another, and both work meanwhile.
                </li>
                <li>Something is wrong later? {link.createdBy} sees every request with its reason.</li>
              </ul>
            </Card>
          </>
        ),
      });
    }),
});

/** Somebody else may have completed or cancelled it a moment ago. */
async function completed(complete: () => Promise<unknown>): Promise<boolean> {
  try {
    await complete();
    return true;
  } catch (error) {
    if (error instanceof ConnectionError && error.code === 'TOKEN_ROTATION') return false;
    throw error;
  }
}
