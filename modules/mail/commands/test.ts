import { type Command, CommandError, command } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { TestMails } from '../test-mail.ts';

/** `mail:test`: tries the configuration, with the server's own words where it fails. */
export const testCommand: Command = command('mail:test', {
  describe: 'Send a test mail at once and say what the SMTP server answers',
  options: {
    to: { type: 'string', describe: 'Address that it goes to', required: true, position: 0 },
    website: {
      type: 'string',
      describe: 'Code of the website whose settings are tried; else those of the installation',
    },
  },
  inject: { mails: TestMails, websites: Websites },
  async run({ to, website: code }, { mails, websites }) {
    const website = code === undefined ? undefined : await websites.byCode(code);
    if (code !== undefined && !website) {
      const known = (await websites.websites()).map((one) => one.code).join(', ');
      throw new CommandError(`There is no website with the code "${code}"; there are ${known}.`);
    }
    return mails.send(to, website?.id ?? 0);
  },
  print: ({ server, encryption, from, to }) =>
    `${server} took the mail from ${from} to ${to} (${encryption === 'none' ? 'not encrypted' : encryption.toUpperCase()}).`,
});
