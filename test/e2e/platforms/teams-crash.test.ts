import { describe } from 'vitest';
import { describeCrash } from './crash.contract.ts';
import { openTeamsStage } from './teams-stage.ts';

describe('on Teams: crash', () => describeCrash(openTeamsStage, ['direct', 'channel'], 'server'));
describe('on Teams, where an update closes a stream: crash', () =>
	describeCrash((options) => openTeamsStage({ ...options, putOnOpenStream: 'closes' }), ['direct'], 'embedded'));
