import { describe } from 'vitest';
import { describeFaults } from './faults.contract.ts';
import { describeLateDeletion, describeRefusals } from './refusals.contract.ts';
import { openTeamsStage } from './teams-stage.ts';

describe('on Teams: faults', () => describeFaults(openTeamsStage, ['direct', 'channel'], false));
describe('on Teams: refusals', () => describeRefusals(openTeamsStage));
describe('on Teams: a late deletion', () => describeLateDeletion(openTeamsStage));
