import type { ComponentChildren } from 'preact';
import { usePage } from '../kit/context.ts';
import { Moment } from '../kit/moment.tsx';
import { Notice } from '../kit/notice.tsx';
import type { Task } from './task.ts';

/**
 * How far a task has come; what it came to stands in `children`. With scripts it looks again by itself while the task is
 * at work, without them a link does.
 */
export function TaskPanel({
  task,
  what,
  children,
}: {
  task: Task;
  /** What is counted: "customers". */
  what: string;
  children?: ComponentChildren;
}) {
  const { path } = usePage().visit;
  const running = task.state === 'running';
  const polling = running
    ? {
        'hx-get': path,
        'hx-select': '#task',
        'hx-target': '#task',
        'hx-swap': 'outerHTML',
        'hx-trigger': 'load delay:1s',
      }
    : {};
  return (
    <div id="task" class="task" {...polling}>
      {running && (
        <>
          <p>
            <label for="task-progress">
              {task.total > 0
                ? `${task.done.toLocaleString('en')} of ${task.total.toLocaleString('en')} ${what}`
                : 'At work …'}
            </label>{' '}
            <a href={path}>Look now</a>
          </p>
          <progress id="task-progress" {...(task.total > 0 ? { value: task.done, max: task.total } : {})} />
        </>
      )}
      {task.state === 'failed' && <Notice kind="problem">It failed: {String(task.result)}</Notice>}
      {task.state === 'stopped' && (
        <Notice kind="problem">Nothing has been heard of it for half a minute: begin it again.</Notice>
      )}
      {task.state === 'done' && children}
      <p class="muted">
        Begun by {task.by}, <Moment at={task.startedAt} />.
      </p>
    </div>
  );
}
