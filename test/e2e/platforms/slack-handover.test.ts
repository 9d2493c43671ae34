import { describe } from 'vitest';
import { describeHandover } from './handover.contract.ts';
import { openSlackStage } from './slack-stage.ts';

describe('on Slack: processes', () => describeHandover(openSlackStage));
