import { Card, Copyable, LinkButton, Moment, Notice, type Screen, screen } from '../../../admin/index.ts';
import type { Connection } from '../../connection.ts';
import type { SetupLink } from '../../setup/setup-link.ts';

/** A link in the one moment in which it is known. */
export const invitationShown = (connection: Connection, link: SetupLink, url: string): Screen =>
  screen({
    title: 'Copy the Link',
    back: { href: `/admin/connections/${connection.code}/guide`, label: connection.name },
    actions: (
      <LinkButton href={`/admin/connections/${connection.code}/guide`} look="primary">
        Done
      </LinkButton>
    ),
    body: (
      <Card title={`For ${link.name}`}>
        <Notice kind="note">
          <p>
            <strong>Copy the link now.</strong> It is shown only here: the store keeps a digest of it. Whoever begins
            with it first has it, in that browser alone, so send it to nobody but {link.name}.
          </p>
        </Notice>
        <div class="copy-value">
          <Copyable label="Setup Link" value={url} id="setup-link" />
          <p class="field-help">
            Good until <Moment at={link.expiresAt} />. Opening it does not use it up; beginning does.
          </p>
        </div>
      </Card>
    ),
  });
