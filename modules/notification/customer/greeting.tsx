import { Paragraph } from '../../mail/index.ts';

/** The first line of a mail. A name may run from right to left: it is kept from turning the words around it. */
export function Greeting({ name }: { name: string }) {
  return (
    <Paragraph>
      Hello
      {name !== '' && (
        <>
          {' '}
          <bdi>{name}</bdi>
        </>
      )}
      ,
    </Paragraph>
  );
}

/** Whom previews of mails are about. */
export const example = { customerId: 42, name: 'Ann Lee', email: 'ann@work.example', organisation: 'Acme' } as const;
