import { action, Button, Form, FormButtons, LinkButton, page, redirect, screen } from 'vestibule/admin';
import { Clock, Database, sql } from 'vestibule/framework';
import { Mappings, partings } from '../course/mapping.ts';
import { actorOf, mapPath, mappingPath } from './places.tsx';
import { askedMapping } from './services.ts';

const acl = 'course-sync::manage';
const path = '/admin/courses/mappings/:id/remove';
const services = { database: Database, mappings: Mappings, clock: Clock };
/** Counted no further. */
const mostCounted = 10_000;

export const removePage = page(path, {
  acl,
  inject: services,
  async view(visit, given) {
    const mapping = await askedMapping(visit, given);
    const row = await given.database.first<{ count: number }>(
      sql`SELECT COUNT(*) AS count FROM (SELECT DISTINCT customer_id FROM {vestibule_course_reason} WHERE mapping_id = ${mapping.id} AND kept_ms IS NULL LIMIT ${mostCounted}) having_it`,
    );
    const count = row?.count ?? 0;
    const whom = `${count.toLocaleString('en')}${count >= mostCounted ? ' or more' : ''} ${count === 1 ? 'customer has' : 'customers have'}`;
    return screen({
      title: `Remove the mapping of ${mapping.subject}?`,
      back: { href: mappingPath(mapping), label: mapping.subject },
      body: (
        <Form action={mappingPath(mapping, 'remove')} class="confirmation card">
          <div class="card-body">
            <p>
              {whom} the course <span class="code">{mapping.course}</span> by it. Taken back, they leave the course,
              unless another order or group grants it; kept, they stay in it for good.
            </p>
            <FormButtons>
              <Button look="danger" name="enrolments" value="take-back">
                Take Back
              </Button>
              <Button name="enrolments" value="keep">
                Keep Enrolments
              </Button>
              <LinkButton href={mappingPath(mapping)}>Cancel</LinkButton>
            </FormButtons>
          </div>
        </Form>
      ),
    });
  },
});

export const removeMapping = action(path, {
  acl,
  inject: services,
  async perform(visit, given) {
    const mapping = await askedMapping(visit, given);
    const parting = partings.find((one) => one === visit.form.get('enrolments'));
    if (!parting) return redirect(mappingPath(mapping, 'remove'), { problem: 'Say what becomes of the enrolments.' });
    await given.database.transaction((tx) =>
      given.mappings.remove(tx, mapping.id, parting, given.clock.now(), actorOf(visit)),
    );
    return redirect(mapPath, {
      done: `The mapping of ${mapping.subject} is removed; its enrolments ${parting === 'keep' ? 'stay' : 'are taken back'}.`,
    });
  },
});
