import { randomUUID } from 'node:crypto';
import type { Clock } from '../../framework/index.ts';
import type { Storefronts } from '../../store/index.ts';
import { MailError } from '../mail-error.ts';
import { isPlaceholder, readRecipient } from '../message/address.ts';
import { composeMessage } from '../message/message.ts';
import { Facts, Footer, Heading, Paragraph } from '../template/letter.tsx';
import { renderLetter } from '../template/render.tsx';
import type { TestMails } from '../test-mail.ts';
import { type PostOffice, senderPath } from './post-office.ts';
import { createSessions } from './sessions.ts';

/** The service behind the token `TestMails`. */
export function createTestMails(room: {
  readonly postOffice: PostOffice;
  readonly storefronts: Storefronts;
  readonly greetAs: string;
  readonly clock: Clock;
}): TestMails {
  const { postOffice, storefronts, greetAs, clock } = room;
  return {
    async send(address, websiteId) {
      const to = readRecipient({ address });
      if (!to || isPlaceholder(to.address))
        throw new MailError(
          'MAIL_ADDRESS',
          `"${address}" is no address that can be mailed; give one like name@shop.example.`,
        );
      const server = await postOffice.server(websiteId);
      if ('missing' in server) throw new MailError('MAIL_UNCONFIGURED', server.missing);
      const from = await postOffice.sender('general', websiteId);
      if (!from) throw new MailError('MAIL_ADDRESS', `The sender has no address; set ${senderPath('general')}.`);
      const { name } = await storefronts.of(websiteId);
      const where = `${server.host}:${server.port}`;
      const letter = {
        subject: `Test mail of ${name}`,
        body: (
          <>
            <Heading>Mails arrive</Heading>
            <Paragraph>This mail was sent to try the SMTP server of {name}.</Paragraph>
            <Facts
              facts={[
                ['Server', where],
                ['Encryption', server.encryption],
                ['Sender', from.address],
              ]}
            />
            <Footer>Somebody asked for it in the administration or on the command line of Vestibule.</Footer>
          </>
        ),
      };
      const messageId = `${randomUUID()}@${from.address.split('@').at(-1)}`;
      const message = await composeMessage({
        from,
        to,
        subject: letter.subject,
        ...renderLetter(letter),
        messageId,
        date: clock.now(),
      });
      const sessions = createSessions(greetAs, new AbortController().signal);
      const failure = await sessions.handOver(server, { from, to, message });
      sessions.close();
      if (failure) throw new MailError('MAIL_TEST', failure.message);
      return { server: where, encryption: server.encryption, from: from.address, to: to.address };
    },
  };
}
