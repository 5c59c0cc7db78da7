export type { Flash, SignedIn } from './access/session.ts';
export { type AdministrativeAct, AdministratorActed } from './act/act.ts';
export {
  type Administrator,
  AdministratorError,
  type AdministratorErrorCode,
  Administrators,
} from './administrator.ts';
export { type AdminPage, action, type MenuPlace, page, type TabPlace } from './http/page.ts';
export { Badge, type Tone } from './kit/badge.tsx';
export { ActionButton, Button, LinkButton } from './kit/button.tsx';
export { Card, Cards, Figures } from './kit/card.tsx';
export { confirmation } from './kit/confirmation.tsx';
export { usePage } from './kit/context.ts';
export { CodeBlock, Copyable } from './kit/copy.tsx';
export { DefinitionList } from './kit/definition-list.tsx';
export { Empty } from './kit/empty.tsx';
export {
  type Concern,
  type DashboardCard,
  DashboardCards,
  type FirstStep,
  FirstSteps,
  type MenuLink,
  MenuLinks,
  type Panel,
  Panels,
  type Subject,
  Subjects,
} from './kit/extension-points.ts';
export {
  CheckField,
  FieldShell,
  FileIntoText,
  SelectField,
  SelectInput,
  TextAreaField,
  TextAreaInput,
  TextField,
  TextInput,
} from './kit/field.tsx';
export { FieldGroup, Form, FormButtons, FormErrors, fieldId, QueryForm } from './kit/form.tsx';
export { Grid, type GridColumn, type GridProps } from './kit/grid.tsx';
export type { GridFilter } from './kit/grid-filters.tsx';
export {
  cursorOf,
  type GridPlace,
  type GridState,
  gridHref,
  gridPage,
  gridState,
} from './kit/grid-state.ts';
export { Icon, type IconName } from './kit/icon.tsx';
export { Looked } from './kit/looked.tsx';
export { Moment } from './kit/moment.tsx';
export { Notice } from './kit/notice.tsx';
export { PanelStack } from './kit/panel-stack.tsx';
export { type Answer, type Screen, screen } from './kit/screen.ts';
export { Tabs } from './kit/tabs.tsx';
export { type Download, download, type Keepsake, type Redirect, redirect, type Visit } from './kit/visit.ts';
export { counted, titleOf } from './kit/words.ts';
export { type Progress, type Task, type TaskKey, Tasks } from './task/task.ts';
export { TaskPanel } from './task/task-panel.tsx';
export { gridViews, type SavedView } from './view/saved-view.ts';
