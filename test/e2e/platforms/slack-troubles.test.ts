import { describe } from 'vitest';
import { describeFaults } from './faults.contract.ts';
import { describeLateDeletion, describeRefusals } from './refusals.contract.ts';
import { openSlackStage } from './slack-stage.ts';

describe('on Slack: faults', () => describeFaults(openSlackStage, ['channel'], true));
describe('on Slack: refusals', () => describeRefusals(openSlackStage));
describe('on Slack: a late deletion', () => describeLateDeletion(openSlackStage));
