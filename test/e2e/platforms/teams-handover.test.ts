import { describe } from 'vitest';
import { describeHandover } from './handover.contract.ts';
import { openTeamsStage } from './teams-stage.ts';

describe('on Teams: processes', () => describeHandover(openTeamsStage));
