import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { requestsFor } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { type Company, expectGoodManners, openCompany } from './company.ts';
import { describeFaults } from './faults.contract.ts';
import { describeLateDeletion, describeRefusals } from './refusals.contract.ts';
import { openSlackStage, type SlackStage } from './slack-stage.ts';

describe('on Slack: faults', () => describeFaults(openSlackStage, ['channel'], true));
describe('on Slack: refusals', () => describeRefusals(openSlackStage, []));
describe('on Slack: a late deletion', () => describeLateDeletion(openSlackStage, 'embedded'));

describe('on Slack: a channel that takes no posts by its settings', () => {
	let company: Company;
	let stage: SlackStage;
	beforeAll(async () => {
		const openStage = async () => {
			stage = await openSlackStage();
			return stage;
		};
		company = await openCompany(openStage, { ollama: { tokensPerSecond: 100 } });
		company.ollama.answer(answerText(2_000));
	});
	afterAll(async () => {
		expectGoodManners(company);
		await company.close();
	});

	it.each(['restricted_action', 'restricted_action_thread_only_channel', 'restricted_action_thread_locked'] as const)(
		'as "%s" says: its asker is told why, alone, and no button is named that is not there',
		async (postingRefusal) => {
			const room = stage.openRoom('channel');
			Object.assign(stage.slack.workspace.channel(room.id) ?? {}, { postingRefusal });
			const asked = await stage.ask({ room, text: question(`may you post under ${postingRefusal}`) });
			await eventually(() => stage.privateWords(room, asked.user).length > 0);
			await eventually(() => requestsFor(company, asked.text).every(({ record }) => record.hungUpAtMs !== null));
			await settled(company.program);
			// Where not even private words are taken, they come in the chat of two, and name the channel.
			expect(stage.privateWords(room, asked.user)).toEqual([expect.stringMatching(new RegExp(`^(<#${room.id}>: )?I may not post`))]);
			expect(stage.privateWords(room, asked.user)[0]).toContain(english.undelivered.mayNotPost);
			expect(stage.answers(asked)).toEqual([]);
		},
	);
});
