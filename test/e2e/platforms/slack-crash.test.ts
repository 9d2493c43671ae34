import { describe } from 'vitest';
import { describeCrash } from './crash.contract.ts';
import { openSlackStage } from './slack-stage.ts';

describe('on Slack: crash', () => describeCrash(openSlackStage, ['channel'], 'embedded'));
