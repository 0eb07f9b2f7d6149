// A worker thread does not take over the loader of TypeScript, so it sets up its own and then begins.
import { register } from 'tsx/esm/api';

register();
await import('./worker-task.ts');
