// Hooks for loading modules, see built.js.

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  const built = specifier.replace(/^\.\.\/src\/(.*)\.ts$/, '../dist/$1.js');
  return next(built, context);
}
