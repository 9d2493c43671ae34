import { describe } from 'vitest';
import { describeFaults } from './faults.contract.ts';
import { openSlackStage } from './slack-stage.ts';

describe('on Slack: faults', () => describeFaults(openSlackStage, ['channel'], true));
