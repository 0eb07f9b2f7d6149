// Loaded before a bench: what it imports of `src` is taken from what is built of it, as users run that.
import { register } from 'node:module';

register('./built-modules.js', import.meta.url);
