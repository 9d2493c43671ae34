import { describe } from 'vitest';
import { describeAnswers } from './answers.contract.ts';
import { openDiscordStage } from './discord-stage.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Discord: answers', () => describeAnswers(openDiscordStage));
describe('on Discord: writing', () => describeWriting(openDiscordStage));
