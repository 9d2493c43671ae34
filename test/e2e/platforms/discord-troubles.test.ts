import { describe } from 'vitest';
import { openDiscordStage } from './discord-stage.ts';
import { describeFaults } from './faults.contract.ts';

describe('on Discord: faults', () => describeFaults(openDiscordStage, ['channel'], true));
