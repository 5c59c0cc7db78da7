import type { Request } from 'express';
import type { ErrorPages, Refusal } from '../../framework/index.ts';
import { Button, LinkButton } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Form, FormButtons } from '../kit/form.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { redirect } from '../kit/visit.ts';
import { tokenField } from './authorizer.ts';
import type { Frame } from './frame.ts';
import { codeField, passwordField } from './step-up.ts';

/** Refusals in the administration: to the login, to the password, or as a page that says what to do. */
export function createErrorPages(frame: Frame): ErrorPages {
  return {
    async show(request, response, refusal) {
      if (!isForPeople(request)) return false;
      const visit = await frame.visit(request);
      if (refusal.status === 401 && visit.signedIn?.stage === 'full')
        refusal = { status: 403, code: 'FORBIDDEN', message: 'You are not allowed to do this.' };
      if (refusal.status === 401) {
        const back = request.method === 'GET' ? request.originalUrl : pageBefore(request);
        const to = visit.signedIn ? '/admin/second-factor' : `/admin/login?back=${encodeURIComponent(back)}`;
        await frame.answer(request, response, redirect(to as '/admin'));
        return true;
      }
      const asks = ['CONFIRMATION_NEEDED', 'CONFIRMATION_WRONG', 'CODE_WRONG'].includes(refusal.code);
      await frame.answer(
        request,
        response,
        asks
          ? confirmationScreen(request, refusal, visit.signedIn?.secondFactor === true)
          : errorScreen(refusal, visit.signedIn, isGuest(request)),
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

const ownFields = [tokenField, passwordField, codeField];

/** Where the form was: a page of ours, or the start. */
function pageBefore({ headers }: Request): string {
  const { referer = '' } = headers;
  if (!URL.canParse(referer)) return '/admin';
  const { pathname, search } = new URL(referer);
  return /^\/admin(\/|$)/.test(pathname) ? pathname + search : '/admin';
}

/** Asks for the password (and a code), and carries the form that was sent, so that nothing is typed twice. */
function confirmationScreen(request: Request, { status, code, message }: Refusal, secondFactor: boolean): Screen {
  const fields = Object.entries((request.body ?? {}) as Record<string, unknown>)
    .filter(([name]) => !ownFields.includes(name))
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] as const));
  return screen({
    title: "Confirm that it's you",
    status,
    lead: `What you are about to do is sensitive. Enter your password${secondFactor ? ' and a code' : ''}, and it goes on where you were.`,
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
          {secondFactor && (
            <TextField
              name={codeField}
              label="Code of your authenticator app"
              help="Each code is good once: wait for the next one if you have just logged in with it. Or take a recovery code."
              autocomplete="one-time-code"
              required
              error={code === 'CODE_WRONG' ? message : undefined}
              code
            />
          )}
          <FormButtons>
            <Button look="primary">Go on</Button>
            <LinkButton href={pageBefore(request)}>Cancel</LinkButton>
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
