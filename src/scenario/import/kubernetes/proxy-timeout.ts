/** How long the proxy of an Ingress waits for an answer of the service. */
import type { Path } from '../../path.ts';
import { read, refuse, show } from '../../reading.ts';
import type { Found } from '../findings.ts';
import type { DocumentFields } from './fields.ts';

/** What ingress-nginx reads, in whole seconds as text. */
const ANNOTATION = 'nginx.ingress.kubernetes.io/proxy-read-timeout';

/** @param path where the annotations begin */
export function proxyTimeoutAt(fields: DocumentFields, path: Path): Found<number> | undefined {
  return fields.read([...path, ANNOTATION], (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && /^\d{1,6}$/.test(text) && Number(text) > 0)
      return read(Number(text));
    return refuse('wrong-type', `${show(value)} is not allowed; whole seconds such as "60" are`);
  });
}
