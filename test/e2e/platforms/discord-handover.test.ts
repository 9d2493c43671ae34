import { describe } from 'vitest';
import { openDiscordStage } from './discord-stage.ts';
import { describeHandover } from './handover.contract.ts';

describe('on Discord: processes', () => describeHandover(openDiscordStage));
