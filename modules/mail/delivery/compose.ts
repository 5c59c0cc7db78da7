import type { Clock, Database, Logger } from '../../framework/index.ts';
import type { Storefronts } from '../../store/index.ts';
import type { Recipient } from '../mail.ts';
import { MailError } from '../mail-error.ts';
import { isPlaceholder, readRecipient } from '../message/address.ts';
import { composeMessage } from '../message/message.ts';
import { renderLetter } from '../template/render.tsx';
import type { MailTemplate } from '../template/template.ts';
import type { ClaimedMail } from './claim.ts';
import type { Attempt } from './mark.ts';
import { type PostOffice, senderPath } from './post-office.ts';

/** A message ready to be handed over. */
export interface ComposedMail {
  readonly from: Recipient;
  readonly to: Recipient;
  readonly message: Buffer;
}

export type Composer = (mail: ClaimedMail) => Promise<ComposedMail | Attempt>;

/** Makes the message of a mail. What stands in its way ends the attempt; it never rejects. */
export function createComposer(room: {
  readonly database: Database;
  readonly templates: readonly MailTemplate<never>[];
  readonly storefronts: Storefronts;
  readonly postOffice: PostOffice;
  readonly clock: Clock;
  readonly logger: Logger;
}): Composer {
  const templates = new Map(room.templates.map((template) => [template.name, template]));

  async function compose(mail: ClaimedMail): Promise<ComposedMail | Attempt> {
    const template = templates.get(mail.template);
    if (!template)
      return {
        end: 'failed',
        note: `No enabled module knows the mail "${mail.template}"; enable its module and retry it.`,
      };
    const now = room.clock.now();
    const data = JSON.parse(mail.data) as never;
    const { letter, storeId } = await room.database.transaction(async (tx) => {
      const wanted = await template.storeOf?.(tx, data);
      const store =
        wanted === undefined
          ? await room.storefronts.of(mail.websiteId)
          : await room.storefronts.view(mail.websiteId, wanted);
      const speaker = wanted === undefined ? undefined : store.storeId;
      return { letter: await template.write(tx, data, store, now), storeId: speaker };
    });
    if ('withdrawn' in letter) return { end: 'withdrawn', note: letter.withdrawn };
    const queued = mail.address === null ? undefined : { address: mail.address, name: mail.name ?? undefined };
    const wanted = letter.to ?? queued;
    if (!wanted || isPlaceholder(wanted.address)) return { end: 'withdrawn', note: 'There is no address to mail.' };
    const to = readRecipient(wanted);
    if (!to) return { end: 'failed', note: 'This is no address that can be mailed.', to: undefined };
    const from = await room.postOffice.sender(template.sender, mail.websiteId, storeId);
    if (!from)
      return { end: 'failed', note: `The sender has no address; set ${senderPath(template.sender)} and retry it.`, to };
    const messageId = `${mail.id}.${mail.createdMs}@${from.address.split('@').at(-1)}`;
    const message = await composeMessage({
      from,
      to,
      subject: letter.subject,
      ...renderLetter(letter),
      messageId,
      date: now,
    });
    return { from, to, message };
  }

  return async (mail) => {
    try {
      return await compose(mail);
    } catch (err) {
      if (err instanceof MailError) return { end: 'failed', note: err.message };
      // Whatever it is, it may hold what the mail says; the log gets it, whoever looks at the queue does not.
      room.logger.error(
        { err, mail: mail.id, template: mail.template },
        'a mail could not be written; it is tried again',
      );
      return { end: 'later', note: 'The mail could not be written; the log tells more.' };
    }
  };
}
