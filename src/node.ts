/** The public library where there are files: all of it, and scenarios from files. */
export * from './index.ts';
export { loadScenario, type LoadOptions } from './files/load-scenario.ts';
