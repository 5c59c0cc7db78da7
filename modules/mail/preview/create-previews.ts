import type { Storefronts, Websites } from '../../store/index.ts';
import type { PostOffice } from '../delivery/post-office.ts';
import { MailError } from '../mail-error.ts';
import { oneLine } from '../message/address.ts';
import { renderLetter } from '../template/render.tsx';
import type { MailStore, MailTemplate } from '../template/template.ts';
import type { MailPreviews } from './previews.ts';

/** The service behind the token `MailPreviews`. */
export function createPreviews(room: {
  readonly templates: readonly MailTemplate<never>[];
  readonly storefronts: Storefronts;
  readonly websites: Websites;
  readonly postOffice: PostOffice;
}): MailPreviews {
  const { storefronts, websites, postOffice } = room;
  const templates = [...room.templates].sort((a, b) => (a.name < b.name ? -1 : 1));

  async function speakerOf(code: string | undefined): Promise<MailStore> {
    if (code === undefined) return storefronts.of(0);
    const store = await websites.storeByCode(code);
    if (store?.active && store.websiteId !== 0) return storefronts.view(store.websiteId, store.id);
    const known = (await websites.stores()).filter(({ active, websiteId }) => active && websiteId !== 0);
    const codes = known.map((one) => one.code).join(', ');
    throw new MailError('MAIL_STORE', `There is no open store view with the code "${code}"; there are ${codes}.`);
  }

  return {
    list: () => templates.map(({ name, label }) => ({ template: name, label })),
    async of(name, code) {
      const template = templates.find((one) => one.name === name);
      if (!template) {
        const known = templates.map((one) => one.name).join(', ');
        throw new MailError('MAIL_TEMPLATE', `No enabled module sends a mail "${name}"; there are ${known}.`);
      }
      const store = await speakerOf(code);
      const from = await postOffice.sender(template.sender, store.websiteId, store.storeId);
      const letter = await template.example(store);
      const sender = from && (from.name === undefined ? from.address : `${from.name} <${from.address}>`);
      const subject = oneLine(letter.subject);
      return { template: name, label: template.label, from: sender ?? null, subject, ...renderLetter(letter) };
    },
  };
}
