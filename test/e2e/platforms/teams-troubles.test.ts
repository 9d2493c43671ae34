import { describe } from 'vitest';
import { describeFaults } from './faults.contract.ts';
import { openTeamsStage } from './teams-stage.ts';

describe('on Teams: faults', () => describeFaults(openTeamsStage, ['direct', 'channel'], false));
