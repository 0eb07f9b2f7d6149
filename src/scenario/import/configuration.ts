/** A configuration file as somebody has it, read as far as its syntax goes. */
import type { Source } from '../yaml/yaml-source.ts';

/** How a file is written. */
export type Syntax = 'yaml' | 'json' | 'toml' | 'env' | 'ini' | 'properties' | 'xml' | 'text';

export interface Configuration {
  /** How messages call it. */
  readonly file: string;
  readonly syntax: Syntax;
  /** One, or those of a YAML file with several; values with their places. */
  readonly documents: readonly Source[];
}

/** Where something stands; lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `application.yml:6`. */
export function placeWords({ file, line }: Place): string {
  return `${file}:${line}`;
}
