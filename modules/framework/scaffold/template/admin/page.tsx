import { Button, Card, FormButtons, page, QueryForm, screen, TextField } from 'vestibule/admin';
import { SampleRoom } from '../service.ts';

const path = '/admin/sample-room';

/** A page of the administration, with its line in the menu. */
export const answerPage = page(path, {
  acl: 'sample-room::view',
  menu: { label: 'Sample Room', sortOrder: 70, icon: 'blocks' },
  inject: { room: SampleRoom },
  async view({ query }, { room }) {
    const subject = query.get('subject') ?? '';
    const answer = subject === '' ? undefined : await room.answerFor(subject);
    return screen({
      title: 'Sample Room',
      body: (
        <Card title={subject === '' ? 'Ask' : `${subject}: ${answer ?? 'no answer'}`}>
          <QueryForm action={path} label="Ask">
            <TextField name="subject" label="Subject" value={subject} />
            <FormButtons>
              <Button look="primary">Ask</Button>
            </FormButtons>
          </QueryForm>
        </Card>
      ),
    });
  },
});
