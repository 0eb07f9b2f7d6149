/** Puts the parts of a sound document together. */
import { MINUTE } from '../engine/time.ts';
import type { AlertSettings } from '../model/control/settings.ts';
import type { SoundDocument } from './check-document.ts';
import { hashOf } from './hash.ts';
import { resolveObjective } from './objective.ts';
import type { WrittenScenario } from './scenario-schema.ts';
import type { ProvenanceEntry, Scenario, ScenarioDocument } from './scenario.ts';
import { resolveSystem } from './system.ts';
import { resolveTimeline } from './timeline.ts';

/** How far an alert looks back that does not say. */
const usualLookBackNs = MINUTE;

/**
 * The scenario of a document without faults; `file` names it if the document does not, `files` are those
 * that the document names.
 */
export function resolveScenario(
  { written, surroundings, changes }: SoundDocument,
  document: ScenarioDocument,
  file: string,
  files: Scenario['files'],
): Scenario {
  const name = written.name ?? baseName(file);
  const system = resolveSystem(written, surroundings);
  const services = system.services.map((service) => service.name);
  const resolved = {
    name,
    title: written.title ?? name,
    startMs: surroundings.startMs,
    utcOffsetMinutes: surroundings.utcOffsetMinutes,
    durationNs: written.duration,
    // Without one, a scenario has the hash that it had before there were any.
    ...(written.warmup === 0 ? {} : { warmupNs: written.warmup }),
    system,
    objectives: written.objectives.map((o) => resolveObjective(o, surroundings, written.duration)),
    alerts: written.alerts.map(resolveAlert),
    timeline: resolveTimeline(written.timeline, changes, services, surroundings),
    provenance: Object.entries(written.provenance).map(resolveProvenance),
    readings: written.readings,
  };
  // What a timeline entry changes is in its settings; how it was written makes no difference.
  const timeline = resolved.timeline.map((entry) => ({ ...entry, set: null }));
  const hash = hashOf({ ...resolved, timeline });
  return { warmupNs: 0, ...resolved, seed: written.seed, hash, document, files };
}

function resolveProvenance([path, graded]: [
  string,
  WrittenScenario['provenance'][string],
]): ProvenanceEntry {
  if (typeof graded === 'string') return { path, grade: graded, note: '' };
  return { path, grade: graded.grade, note: graded.note ?? '' };
}

function resolveAlert(written: WrittenScenario['alerts'][number]): AlertSettings {
  const { name, kind, when, every, for: forNs, per } = written;
  const overNs = when.scope?.kind === 'over' ? when.scope.ns : usualLookBackNs;
  return { name, kind, condition: when.condition, overNs, forNs, everyNs: every, per };
}

/** `scenarios/january-2024.yaml` is called january-2024. */
function baseName(file: string): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return name.replace(/\.(ya?ml|json)$/i, '') || 'scenario';
}
