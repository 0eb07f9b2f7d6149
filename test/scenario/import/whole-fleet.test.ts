import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/scenario/import/facts-of.ts';
import { ordinaryReplicas, podsDown, podsUp } from '../../../src/scenario/import/whole-fleet.ts';
import { imported } from './importing.ts';
import { autoscaler, deployment, deploymentWith } from './manifests.ts';

/** How many instances a scenario has of these manifests, and why. */
function instances(...texts: string[]) {
  const files = texts.map((text, i) => [`${i}.yaml`, text] as const);
  const { facts } = factsOf(imported(Object.fromEntries(files)));
  const found = facts.find(({ path }) => path.join('.') === 'service.instances');
  return found === undefined ? null : [found.value, found.note];
}

const without = deploymentWith('  replicas: 8\n', '');

describe('the pods of an ordinary day', () => {
  it.each([
    ['as many as the Deployment says', [deployment], [8, '0.yaml:7']],
    ['within the bounds of its autoscaler', [deployment, autoscaler], [8, '0.yaml:7']],
    [
      'no fewer than its floor',
      [deploymentWith('replicas: 8', 'replicas: 3'), autoscaler],
      [4, '1.yaml:6'],
    ],
    [
      'no more than its ceiling',
      [deploymentWith('replicas: 8', 'replicas: 30'), autoscaler],
      [20, '1.yaml:7'],
    ],
    ['its floor when the Deployment does not say', [without, autoscaler], [4, '1.yaml:6']],
    ['its floor when there is no Deployment', [autoscaler], [4, '0.yaml:6']],
  ])('are %s', (_, texts, expected) => {
    expect(instances(...texts)).toEqual(expected);
  });

  it('are not said without either', () => {
    expect(ordinaryReplicas({})).toBeUndefined();
  });
});

describe('shares of pods', () => {
  it('are rounded up for a surge and down for those that may be missing', () => {
    expect([podsUp({ share: 0.25 }, 9), podsDown({ share: 0.25 }, 9)]).toEqual([3, 2]);
    expect([podsUp({ share: 0.07 }, 100), podsDown({ share: 0.29 }, 100)]).toEqual([7, 29]);
    expect([podsUp({ pods: 2 }, 9), podsDown({ pods: 2 }, 9)]).toEqual([2, 2]);
  });
});
