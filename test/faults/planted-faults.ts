/** All faults, from the bottom of the house to its top. */

import { checkFaults } from './check-faults.ts';
import { compareFaults } from './compare-faults.ts';
import { databaseFaults } from './database-faults.ts';
import { draftFaults } from './draft-faults.ts';
import { engineFaults } from './engine-faults.ts';
import { figureFaults } from './figure-faults.ts';
import { generalPoolFaults } from './general-pool-faults.ts';
import { importFaults } from './import-faults.ts';
import { libraryFaults } from './library-faults.ts';
import { mechanismFaults } from './mechanism-faults.ts';
import { plainFaults } from './plain-faults.ts';
import type { PlantedFault } from './planted-fault.ts';
import { poolerFaults } from './pooler-faults.ts';
import { poolFaults } from './pool-faults.ts';
import { questionFaults } from './question-faults.ts';
import { requestFaults } from './request-faults.ts';
import { reviewFaults } from './review-faults.ts';
import { scenarioFaults } from './scenario-faults.ts';
import { theoryFaults } from './theory-faults.ts';
import { trafficFaults } from './traffic-faults.ts';
import { watchFaults } from './watch-faults.ts';

export const plantedFaults: readonly PlantedFault[] = [
  ...engineFaults,
  ...theoryFaults,
  ...poolFaults,
  ...generalPoolFaults,
  ...poolerFaults,
  ...requestFaults,
  ...databaseFaults,
  ...trafficFaults,
  ...plainFaults,
  ...watchFaults,
  ...figureFaults,
  ...mechanismFaults,
  ...compareFaults,
  ...questionFaults,
  ...checkFaults,
  ...libraryFaults,
  ...reviewFaults,
  ...scenarioFaults,
  ...importFaults,
  ...draftFaults,
];
