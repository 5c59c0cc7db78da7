import { UserMapping } from 'vestibule/attribute-mapping';
import { plugin } from 'vestibule/framework';
import { SampleRoom } from './service.ts';

/** Behind the attribute mapping: it is given what was mapped, and what it returns is written. */
export const mappingPlugin = plugin(UserMapping, {
  id: 'sample-room.mapping',
  sortOrder: 50,
  inject: { room: SampleRoom },
  advise: ({ room }) => ({
    toCustomer: {
      async after(customer) {
        const answer = await room.answerFor(String(customer.attributes.department ?? ''));
        if (answer === undefined) return customer;
        return { ...customer, attributes: { ...customer.attributes, job_title: answer } };
      },
    },
  }),
});
