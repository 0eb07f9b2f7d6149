/** Everything about one pool: what can be set, how it behaves, and what its users see. */
import { allowedWords } from '../scenario/native-value.ts';
import {
  startUpExample,
  type NativeValues,
  type Profile,
  type ProfileSetting,
} from '../scenario/profiles.ts';
import { defaultWords, withUnit } from './profile-words.ts';
import { tableLines, type Column } from './table.ts';
import { wrap } from './text.ts';

/** The page on a terminal, at most 80 columns wide, a line feed at the end. */
export function renderProfilePage(profile: Profile): string {
  const sections = [
    head(profile),
    settings(profile),
    list('How it works', profile.semantics),
    errors(profile),
    metrics(profile),
    startUp(profile),
    list('Traps', profile.traps),
    undocumented(profile),
    list('Not simulated', profile.leftOut),
  ];
  const lines = sections.filter((section) => section.length > 0).flatMap((s) => [...s, '']);
  return `${lines.slice(0, -1).join('\n')}\n`;
}

function head({ id, aliases = [], product, home, version, source, asPooler }: Profile): string[] {
  const others = aliases.length === 0 ? '' : ` (or ${aliases.join(', ')})`;
  return [
    ...wrap(`${product}: ${home}`),
    ...wrap(`In a scenario: service: { pool: { profile: ${id} } }${others}`),
    ...(asPooler === undefined
      ? []
      : wrap(`In front of the database: database: { pooler: { pool: { profile: ${id} } } }`)),
    ...wrap(`Version: ${version}`),
    ...wrap(`Source: ${source}`),
  ];
}

function settings(profile: Profile): string[] {
  return tableLines(
    [
      { head: 'Setting', whenLong: 'wrap' },
      { head: 'Default', whenLong: 'wrap' },
      { head: 'What it does; what it may be', whenLong: 'wrap' },
    ],
    profile.settings.map((setting) => [setting.name, defaultWords(setting), aboutSetting(setting)]),
  );
}

function aboutSetting(setting: ProfileSetting): string {
  const { aliases = [], note } = setting;
  const names = aliases.length === 0 ? '' : ` Also ${aliases.join(', ')}.`;
  return `${note} Takes ${allowedWords(setting)}.${names}`;
}

function list(title: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return [title, ...sentences.flatMap((sentence) => wrap(`- ${sentence}`, 80, '  '))];
}

const PAIR: readonly Column[] = [
  { head: '', whenLong: 'wrap' },
  { head: '', whenLong: 'wrap' },
];

function errors({ errors: texts }: Profile): string[] {
  const lines = Object.entries(texts).flatMap(([error, text]) => [
    `${error}:`,
    ...wrap(text, 78).map((line) => `  ${line}`),
  ]);
  return lines.length === 0 ? [] : ['What stands in its logs', ...lines];
}

function metrics({ metrics: names }: Profile): string[] {
  const rows = Object.entries(names).map(([neutral, own]) => [neutral, own]);
  if (rows.length === 0) return [];
  return [
    'Metrics: db.client.connection. … of OpenTelemetry, and its own',
    ...tableLines(PAIR, rows),
  ];
}

function startUp(profile: Profile): string[] {
  const sentences = profile.startUp.map((rule) => {
    const example = startUpExample(profile, rule);
    if (example === null) return `It looks at ${rule.settings.join(', ')}.`;
    return `With ${valuesWords(profile, example.values)}: ${example.says}`;
  });
  return list('What it corrects or warns of when it starts', sentences);
}

function valuesWords({ settings: all }: Profile, values: NativeValues): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const unit = all.find((setting) => setting.name === name)?.unit ?? 'count';
      return `${name} ${value === null ? 'none' : withUnit(value, unit)}`;
    })
    .join(' and ');
}

function undocumented({ undocumented: open }: Profile): string[] {
  return list(
    'Not documented, and assumed here',
    open.map(({ axis, assumed }) => `${axis}: ${assumed}`),
  );
}
