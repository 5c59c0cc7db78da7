/**
 * Stops the process's clocks while the tests of a suite run, so that nothing that is kept for seconds is read anew while its
 * statements are counted. Called after the suite's own `before`, which has let everything be read once.
 */
export function withFrozenClocks(): void {
  const { now } = Date;
  before(() => {
    const [time, elapsed] = [Date.now(), performance.now()];
    Date.now = () => time;
    Object.defineProperty(performance, 'now', { value: () => elapsed, configurable: true });
  });
  after(() => {
    Date.now = now;
    Reflect.deleteProperty(performance, 'now');
  });
}
