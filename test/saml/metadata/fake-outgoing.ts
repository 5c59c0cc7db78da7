import { type Outgoing, OutgoingError } from '../../../modules/framework/index.ts';

/** A server for metadata: answers what `xml` is set to, or refuses the connection. */
export interface FakeServer extends Outgoing {
  xml: string | undefined;
  status: number;
  readonly asked: { readonly url: string; readonly allowed: readonly string[] | undefined }[];
}

export const fakeServer = (): FakeServer => ({
  xml: undefined,
  status: 200,
  asked: [],
  async send({ url, allowed }) {
    this.asked.push({ url, allowed });
    if (this.xml === undefined)
      throw new OutgoingError('OUTGOING_CONNECTION', "https://idp.example can't be reached: ECONNREFUSED.");
    return { status: this.status, headers: {}, body: Buffer.from(this.xml), address: '93.184.216.34' };
  },
});
