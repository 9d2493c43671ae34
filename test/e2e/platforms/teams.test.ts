import { describe } from 'vitest';
import { describeAnswers } from './answers.contract.ts';
import { openTeamsStage } from './teams-stage.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Teams: answers', () => describeAnswers(openTeamsStage));
describe('on Teams: writing', () => describeWriting(openTeamsStage));
