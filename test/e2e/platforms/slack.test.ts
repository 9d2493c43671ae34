import { describe } from 'vitest';
import { describeAnswers } from './answers.contract.ts';
import { openSlackStage } from './slack-stage.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Slack: answers', () => describeAnswers(openSlackStage));
describe('on Slack: writing', () => describeWriting(openSlackStage));
