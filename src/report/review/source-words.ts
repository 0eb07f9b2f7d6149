/** Where a fact comes from, in words and for programs. */
import type { Source } from '../../experiment/review/facts.ts';
import { placeWords } from '../../scenario/import/configuration.ts';

/** `deployment.yaml:7`, `--db-max`, `PostgreSQL's default`. */
export function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'file':
      return placeWords(source.place);
    case 'option':
      return source.name;
    case 'default':
      return `${source.of}${source.of.endsWith('s') ? "'" : "'s"} default`;
  }
}

export function sourceDocument(source: Source): object {
  switch (source.kind) {
    case 'file':
      return { file: source.place.file, line: source.place.line };
    case 'option':
      return { option: source.name };
    case 'default':
      return { default: source.of };
  }
}
