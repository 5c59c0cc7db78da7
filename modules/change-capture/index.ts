export {
  type CapturedChange,
  type ChangeAspect,
  type ChangeKind,
  ChangesCaptured,
  changeAspects,
  changeKinds,
} from './captured-change.ts';
