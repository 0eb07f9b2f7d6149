/** A check for programs. */
import type { CheckAnswer, CheckedFile } from '../../experiment/check/answer.ts';
import { formatPath } from '../../scenario/path.ts';
import { findingDocument } from '../review/review-json.ts';
import { writtenChanges } from './change-words.ts';
import { reviewerSentence } from './sentence.ts';

export function checkDocument(answer: CheckAnswer): object {
  const { verdict, against, tolerances, notices, files } = answer;
  return {
    format: 1,
    command: 'check',
    passed: verdict === 'pass',
    verdict,
    against,
    tolerance: tolerances.usual,
    tolerances: tolerances.own,
    notices,
    files: files.map(fileDocument),
  };
}

function fileDocument(file: CheckedFile): object {
  const { now, checked, findings, regressions, verdict } = file;
  const { scenario } = now;
  return {
    file: file.file,
    scenario: { name: scenario.name, title: scenario.title, hash: scenario.hash },
    verdict,
    says: reviewerSentence(file),
    seed: checked.seed,
    replications: checked.replications,
    objectives: checked.objectives.map(({ text, state, value, low, high, met }, i) => ({
      text,
      state,
      value,
      low,
      high,
      met,
      before: checked.comparison?.objectives?.[i]?.value ?? null,
    })),
    regressions: regressions.map(({ name }) => name),
    comparison:
      checked.comparison === null
        ? null
        : {
            unchanged: checked.comparison.isUnchanged,
            metrics: checked.comparison.metrics.map(metricDocument),
          },
    changes: writtenChanges(file).map(({ path, words, place }) => ({
      path: formatPath(path, scenario.document),
      words,
      file: place?.file ?? null,
      line: place?.line ?? null,
    })),
    findings: findings.map((one) => ({ ...findingDocument(one), new: one.isNew })),
    bottleneck: checked.bottleneck,
  };
}

type Metric = NonNullable<CheckedFile['checked']['comparison']>['metrics'][number];

function metricDocument(metric: Metric): object {
  const { name, a, b, difference, low, high, significant, worseBy, isRegression } = metric;
  return {
    name,
    before: a,
    now: b,
    difference,
    low,
    high,
    significant,
    worseBy,
    detectable: metric.detectable,
    regression: isRegression,
  };
}
