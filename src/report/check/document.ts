/** A check for programs. */
import type { CheckAnswer, CheckedFile } from '../../experiment/check/answer.ts';
import type { JudgedMetric } from '../../experiment/check/regressions.ts';
import { formatPath } from '../../scenario/path.ts';
import { findingDocument } from '../review/review-json.ts';
import { writtenChanges } from './change-words.ts';
import type { CheckDocument, CheckedFileDocument, MetricDocument } from './check-document.ts';
import { reviewerSentence } from './sentence.ts';

export function checkDocument(answer: CheckAnswer): CheckDocument {
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

function fileDocument(file: CheckedFile): CheckedFileDocument {
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

function metricDocument(metric: JudgedMetric): MetricDocument {
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
