import { readEnvironment } from './config/environment.ts';
import {
  announcement,
  attachToProcess,
  boundHeap,
  createHost,
  fail,
  installationAt,
  Logger,
} from './modules/framework/index.ts';

try {
  boundHeap();
  const installation = installationAt(import.meta.url);
  const environment = readEnvironment(installation.root);
  const modules = await installation.load(await installation.enabled());
  const host = await createHost({ modules, environment, migrate: true });
  attachToProcess(host, host.resolve(Logger));
  const { told } = await host.listen();
  process.stdout.write(announcement(environment, told));
} catch (error) {
  fail(error);
}
