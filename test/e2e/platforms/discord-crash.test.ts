import { describe } from 'vitest';
import { describeCrash } from './crash.contract.ts';
import { openDiscordStage } from './discord-stage.ts';

describe('on Discord: crash', () => describeCrash(openDiscordStage, ['channel'], 'server'));
