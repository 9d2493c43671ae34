import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { answerText, question } from '../promises.ts';
import { begun, expectGoodManners, openCompany, whole } from './company.ts';
import { type DiscordStage, openDiscordStage } from './discord-stage.ts';
import { describeFaults } from './faults.contract.ts';
import { describeLateDeletion, describeRefusals } from './refusals.contract.ts';

describe('on Discord: faults', () => describeFaults(openDiscordStage, ['channel'], true));
describe('on Discord: refusals', () => describeRefusals(openDiscordStage, ['before']));
describe('on Discord: a late deletion', () => describeLateDeletion(openDiscordStage, 'server'));

describe('on Discord: Auto Moderation', () => {
	it.each([
		['in the middle', 'quokka40', english.undelivered.restBlocked, /^quokka0 /],
		['from its first word on', 'quokka0', english.undelivered.blocked, /^/],
	])(
		'an answer that it blocks %s is closed, says so, and stops its model',
		async (_name, word, notice, shown) => {
			await using company = await openCompany(openDiscordStage, { ollama: { tokensPerSecond: 60 } });
			const { ollama } = company;
			const stage = company.stage as DiscordStage;
			ollama.answer(answerText(2_000));
			stage.discord.world.guild(stage.guild)?.blockedWords.push(`${word} `);
			const asked = await stage.ask({ room: stage.openRoom('channel'), text: question('say it all') });
			await begun(company, asked);
			const [answer, ...others] = await whole(company, asked);
			expect(others).toEqual([]);
			expect(answer?.text).toMatch(shown);
			expect(answer?.text.endsWith(notice)).toBe(true);
			expect(answer?.buttons).toEqual(['retry']);
			expect(company.ollama.requests.at(-1)?.hungUpAtMs).not.toBeNull();
			expectGoodManners(company);
		},
		60_000,
	);
});
