import type { Request } from 'express';
import type { ErrorPages, Refusal } from '../../framework/index.ts';
import { Button, LinkButton } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Form, FormButtons } from '../kit/form.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { redirect } from '../kit/visit.ts';
import { passwordField, tokenField } from './authorizer.ts';
import type { Frame } from './frame.ts';

/** Refusals in the administration: to the login, to the password, or as a page that says what to do. */
export function createErrorPages(frame: Frame): ErrorPages {
  return {
    async show(request, response, refusal) {
      if (!isForPeople(request)) return false;
      const visit = await frame.visit(request);
      if (refusal.status === 401 && visit.signedIn?.stage === 'full')
        refusal = { status: 403, code: 'FORBIDDEN', message: 'You are not allowed to do this.' };
      if (refusal.status === 401) {
        const back = request.method === 'GET' ? request.originalUrl : '/admin';
        const to = visit.signedIn ? '/admin/second-factor' : `/admin/login?back=${encodeURIComponent(back)}`;
        await frame.answer(request, response, redirect(to as '/admin'));
        return true;
      }
      const asks = refusal.code === 'CONFIRMATION_NEEDED' || refusal.code === 'CONFIRMATION_WRONG';
      await frame.answer(
        request,
        response,
        asks ? passwordScreen(request, refusal) : errorScreen(refusal, visit.signedIn, isGuest(request)),
      );
      return true;
    },
  };
}

const isForPeople = ({ path, headers }: Request): boolean =>
  /^\/(admin|setup)(\/|$)/.test(path) &&
  !path.startsWith('/admin/api/') &&
  !path.startsWith('/admin/assets/') &&
  /text\/html/.test(headers.accept ?? '');

/** Asks for the password, and carries the form that was sent, so that nothing is typed twice. */
function passwordScreen(request: Request, { status, code, message }: Refusal): Screen {
  const fields = Object.entries((request.body ?? {}) as Record<string, unknown>)
    .filter(([name]) => name !== tokenField && name !== passwordField)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] as const));
  return screen({
    title: "Confirm that it's you",
    status,
    lead: 'What you are about to do is sensitive. Enter your password, and it goes on where you were.',
    body: (
      <Form action={request.originalUrl} class="card narrow">
        <div class="card-body">
          {fields.map(([name, value], index) => (
            <input key={`${name}${index}`} type="hidden" name={name} value={value} />
          ))}
          <TextField
            name={passwordField}
            label="Your Password"
            type="password"
            autocomplete="current-password"
            autofocus
            required
            error={code === 'CONFIRMATION_WRONG' ? message : undefined}
          />
          <FormButtons>
            <Button look="primary">Go on</Button>
            <LinkButton href="/admin">Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}

const titles: Readonly<Record<number, string>> = {
  400: 'This request cannot be understood',
  403: 'You are not allowed to do this',
  404: 'There is nothing here',
  409: 'Somebody else was quicker',
  413: 'This is too much at once',
  503: 'The store cannot be reached',
};

/** Pages for people who have no account to log in to. */
const isGuest = ({ path }: Request): boolean => !/^\/admin(\/|$)/.test(path);

function errorScreen({ status, code, message }: Refusal, signedIn: unknown, guest: boolean): Screen {
  const title = status >= 500 && status !== 503 ? 'Something went wrong' : (titles[status] ?? 'This was refused');
  return screen({
    title,
    status,
    ...(guest ? { secretAddress: true } : {}),
    ...(signedIn && !guest ? {} : { layout: 'alone' as const }),
    body: (
      <div class="card narrow">
        <div class="card-body">
          <p>{message}</p>
          <p class="muted">
            {status} {code}
          </p>
          {!guest && (
            <FormButtons>
              <LinkButton href="/admin" look="primary">
                {signedIn ? 'To the start' : 'To the login'}
              </LinkButton>
            </FormButtons>
          )}
        </div>
      </div>
    ),
  });
}
