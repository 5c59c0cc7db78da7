export { CaptureImpaired } from './capture-impaired.ts';
export {
  type CapturedChange,
  type ChangeAspect,
  type ChangeKind,
  ChangesCaptured,
  changeAspects,
  changeKinds,
} from './captured-change.ts';
export {
  type ChangeInterest,
  ChangeInterests,
  type ChangeOrigin,
} from './change-interest.ts';
export { ChangePump } from './pump/change-pump.ts';
export { CaptureTriggers, type TriggerState, type TriggerStatus, triggerStates } from './trigger/capture-triggers.ts';
