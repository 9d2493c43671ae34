import { describe } from 'vitest';
import { openDiscordStage } from './discord-stage.ts';
import { describeFaults } from './faults.contract.ts';
import { describeLateDeletion, describeRefusals } from './refusals.contract.ts';

describe('on Discord: faults', () => describeFaults(openDiscordStage, ['channel'], true));
describe('on Discord: refusals', () => describeRefusals(openDiscordStage));
describe('on Discord: a late deletion', () => describeLateDeletion(openDiscordStage));
