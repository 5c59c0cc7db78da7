import {
  action,
  Button,
  Card,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  page,
  redirect,
  type Screen,
  screen,
} from 'vestibule/admin';
import type { Connection } from 'vestibule/connection';
import { CourseError } from '../course/course-error.ts';
import type { Mapping } from '../course/mapping.ts';
import { kindWords, SubjectWords } from './map.tsx';
import { actorOf, mapPath, mappingPath } from './places.tsx';
import { askedMapping, mapServices as services } from './services.ts';
import { CourseFields, typedIn } from './typed.tsx';

const acl = 'course-sync::manage';
const editPath = '/admin/courses/mappings/:id';

function editScreen(mapping: Mapping, connections: readonly Connection[], problem?: CourseError): Screen {
  return screen({
    title: mapping.subject,
    lead: (
      <>
        {kindWords[mapping.kind]} <SubjectWords mapping={mapping} connections={connections} />
      </>
    ),
    back: { href: mapPath, label: 'Courses' },
    ...(problem ? { status: 422 } : {}),
    actions: (
      <LinkButton href={mappingPath(mapping, 'remove')} look="danger">
        Remove
      </LinkButton>
    ),
    body: (
      <Card title="Course">
        <Form action={mappingPath(mapping)} label="Mapping">
          <FormErrors errors={{ course: problem?.message }} />
          <CourseFields course={mapping.course} keeps={mapping.keeps} error={problem?.message} />
          <p class="muted">
            With another course, whoever has this one by this mapping changes over. Keeping applies to refunds and
            leavings from then on.
          </p>
          <FormButtons>
            <Button look="primary">Save</Button>
            <LinkButton href={mapPath}>Cancel</LinkButton>
          </FormButtons>
        </Form>
      </Card>
    ),
  });
}

export const editPage = page(editPath, {
  acl,
  inject: services,
  view: async (visit, given) =>
    editScreen(await askedMapping(visit, given), await given.connections.list(given.database)),
});

export const saveMapping = action(editPath, {
  acl,
  inject: services,
  async perform(visit, given) {
    const { database, mappings, clock, connections } = given;
    const mapping = await askedMapping(visit, given);
    const { course, keeps } = typedIn(visit.form);
    try {
      await database.transaction((tx) =>
        mappings.change(tx, mapping.id, { course, keeps }, clock.now(), actorOf(visit)),
      );
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      return editScreen({ ...mapping, course, keeps }, await connections.list(database), error);
    }
    return redirect(mapPath, { done: `The mapping of ${mapping.subject} was saved.` });
  },
});
